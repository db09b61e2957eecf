"""Layers of defence against a wrong injection, failing separately or from one cause; and what another container did to the reports."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILLION
from ...facts import risks
from ..sourced import Sourced
from .parts import Paper, many, one

OF, MOST = 100_000, 5
ERRORS = risks["vinca_syringe"]
NOT = "Vinca drugs belong in a vein: not for intrathecal use"


def said(count):
    """A count of 100 000 in words."""
    return one(count) if count < 100 else many(round(count, -1 if count >= 1000 else 0))


class WrongSyringe(Sourced):
    """How many of a hundred thousand wrong injections pass each layer (invented); reports by container (published)."""

    title = "Layers between a mistake and a person"
    longest = 330
    guess = "07.syringe"
    model = "layers are invented; the reports are published"
    facts = ("vinca_syringe",)
    size, narrow_size = (7.6, 4.8), (4.5, 8.8)
    room_size = (5.4, 3.2)

    layers = Slider("Number of layers", 3, low=1, high=MOST, step=1)
    lets = Steps("Each layer lets through", 10, {n: f"{n} of 100" for n in (1, 5, 10, 20)})
    cause = Steps("One cause opens all layers", 0, {n: f"{n:g} of 100" for n in (0, 0.1, 1, 5)})
    log = Switch("Stretched (log) axis", True, look=True, more=True)

    def compute(self, *, layers, lets, cause, log):
        k = np.arange(int(layers) + 1)
        apart = OF * (lets / 100.0) ** k
        together = np.where(k == 0, OF, OF * (cause / 100 + (1 - cause / 100) * (lets / 100.0) ** k))
        return SimpleNamespace(k=k, apart=apart, together=together, layers=int(layers), lets=lets, cause=cause, log=log)

    def setup(self, figure):
        paper = Paper(figure)
        width, height = paper.width, paper.height
        place = {"wide": (66, 66, 262, height - 102), "narrow": (66, 364, width - 84, height - 400), "room": (70, 50, 110, height - 96)}
        self.axes = paper.area(*place[self.layout])
        axes = self.axes
        axes.set(xlim=(-0.4, MOST + 0.6), xlabel="Layers passed", ylabel=f"Get through, of {many(OF)}")
        axes.set_title("Layers of defence (invented)", loc="left", fontsize=10.5, **({"x": -0.58, "y": 1.25, "pad": 0} if self.room else {}))
        axes.set_xticks(range(MOST + 1))
        axes.grid(axis="x", visible=False)
        self.plates = [axes.axvspan(i - 0.36, i - 0.24, ymax=0.8, fc=MUTED, ec=INK, lw=0.8, alpha=0.5) for i in range(1, MOST + 1)]
        self.together, = axes.plot([], [], color=VERMILLION, ls="--", lw=2, marker="^", ms=12, mfc="none", mec=VERMILLION, mew=2, zorder=4)
        self.apart, = axes.plot([], [], color=BLUE, lw=2, marker="s", ms=7, mec=PAPER)
        for line in (self.apart, self.together):
            line.may_leave = True  # below the foot of the log axis
        at, side, lines = (0.98, "right", (0.98, 0.9)) if not self.room else (-0.58, "left", (1.21, 1.11))
        self.names = [axes.text(at, y, "", transform=axes.transAxes, ha=side, va="top", fontsize=9.5, color=INK) for y in lines]
        self._reports(paper, *{"wide": (352, 66), "narrow": (14, 66), "room": (196, 50)}[self.layout])
        self._scale(True)
        self.live("plates", *self.plates, pin=False)
        self.live("lines", self.apart, self.together, *self.names, pin=False)

    def _reports(self, paper, x, y):
        """Counts only: boxes of marks, no axis and no share."""
        wide, tall, size = (84, 150, 5) if not self.room else (84, 98, 4)
        step, up = (tall - 10.8) / 12, (78, 44, 20) if not self.room else (70, 40, 15)
        paper.text(x, y + tall + up[0], NOT.replace(": ", ":\n"), size=10.5, weight="bold")
        paper.text(x, y + tall + up[1], "Reports of this error", size=10)
        for i, (name, count) in enumerate((("drug in a syringe", int(ERRORS.events)), ("drug in a minibag", 0))):
            left = x + i * (wide + 12)
            paper.text(left, y + tall + up[2], name, size=9.5)
            paper.axes.fill([left, left + wide, left + wide, left], [y, y, y + tall, y + tall], fc=GRID, ec=MUTED, lw=0.8, alpha=0.4)
            n = np.arange(count)
            paper.axes.plot(left + 8 + 7.5 * (n % 10), y + tall - 9 - step * (n // 10), ls="", marker="s", ms=size, mfc=VERMILLION, mec=INK, mew=0.5)
            paper.text(left, y - 3, f"{count} reports" if count else "no report", size=10, weight="bold")
        paper.text(x, y - 18, "Out of how many: not said.", size=9.5)

    def _scale(self, log):
        if getattr(self.axes, "log", None) == log:
            return
        self.axes.log = log
        self.axes.set(yscale="log" if log else "linear", ylim=(0.05, 8e6) if log else (0, 1.35 * OF))
        ticks = (0.1, 1, 10, 100, 1000, 1e4, 1e5) if log else (0, 25_000, 50_000, 75_000, 1e5)
        self.axes.set_yticks(ticks, [f"{tick:g}" if tick < 1 else many(tick) for tick in ticks])
        self.axes.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        for i, plate in enumerate(self.plates):
            plate.set_visible(i < r.layers)
        self.apart.set_data(r.k, r.apart)
        self.together.set_data(r.k if r.cause else [], r.together if r.cause else [])
        self.names[0].set_text(f"squares, separately: {said(r.apart[-1])}")
        self.names[1].set_text(f"triangles, with one cause: {said(r.together[-1])}" if r.cause else "")

    def describe(self, r):
        told = (f"Of {many(OF)} wrong injections, {said(r.apart[-1])} {'gets' if said(r.apart[-1]) == '1' else 'get'} "
                f"through {r.layers} layer{'s that fail' if r.layers > 1 else ' that fails'} separately, {r.lets} of 100 each")
        if r.cause:
            told += f"; {said(r.together[-1])} where one cause opens all layers at once in {r.cause:g} of 100"
        return told + f" (invented). Of vinca drugs, {ERRORS.events:g} reports tell of syringes and none of minibags; out of how many is not said. {NOT}."

    def readings(self, r):
        return {"Through, failing separately": (said(r.apart[-1]), f"of {many(OF)}"), "Through, with one cause": (said(r.together[-1]), f"of {many(OF)}")}

    def table(self, r):
        return ("Layers passed", "Failing separately", "With one cause"), [(str(k), said(a), said(b)) for k, a, b in zip(r.k, r.apart, r.together)]
