"""Core 3: carriers, whose seats can be taken."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Steps, Switch
from ...explore.theme import BLUE, GREEN, INK, MUTED, ORANGE, PAPER, PURPLE, VERMILLION
from ...facts import facts
from ...models.carriers import Carrier, level_gain, share_converted
from .wall import PLATE, WithMargin, crowd, label_aside, sugar

#: Glucose that counts as usual here (mM): the level at which `glc_PS_5mM` is given.
USUAL = 5.0
LEVELS = {x / 4: f"{x / 4:g} × the usual (glucose: {USUAL * x / 4:g} mM)" for x in range(2, 13)}
GLUCOSE = np.linspace(0, 30, 121)
RIVALS = np.linspace(0.5, 4, 71)
SEATS = 20
VIEWS = {"glucose": "Glucose", "levodopa": "Levodopa", "disguise": "Disguised drugs"}
DISGUISES = ("morphine", "codeine", "heroin")


class Carriers(WithMargin):
    """A carrier with a number of seats: sugar that fills it, a drug that has to queue, drugs in disguise."""

    title = "Carriers"
    longest = 310
    model = "carriers, levels held steady"
    facts = ("glc_Tmax", "glc_KT", "glc_PS_5mM", "glc_vmax", "ile_km_saline", "ile_km_plasma", "ldopa_cl_carbidopa", "fdopa_made", "fdopa_back",
             "fdopa_share", "fdopa_compete", "ldopa_protein", "ldopa_normal_diet", "dopamine_no_entry", "uptake_morphine", "uptake_codeine", "uptake_heroin",
             "pet_morphine", "pet_codeine", "pet_heroin", "heroin_thalf", "heroin_oral", "mam_vs_morphine")
    guess = "01.carrier"
    size = (7.6, 4.4)
    narrow_size = (4.5, 4.8)
    presets = {"Glucose, usual": {}, "Glucose, doubled": {"level": 2.0}, "Levodopa, usual": {"view": "levodopa"},
               "Levodopa, rivals doubled": {"view": "levodopa", "level": 2.0}, "Levodopa with a blocker": {"view": "levodopa", "blocker": True}}

    level = Steps("Level in blood", 1.0, LEVELS)
    view = Choice("View", "glucose", VIEWS, more=True)
    blocker = Switch("Blocker of levodopa's enzyme in blood", more=True)
    band = Switch("Published band", True, more=True, look=True)

    def compute(self, *, view, level, blocker, band):
        r = SimpleNamespace(view=view, level=level, blocker=blocker, band=band)
        if view == "glucose":
            carrier, r.x = sugar(), USUAL * level
            r.flux, r.twice, r.full = (float(f) for f in (carrier.flux(r.x), carrier.flux(2 * r.x), carrier.fullness(r.x)))
            r.least, r.most = (float(sugar(end).flux(r.x)) for end in ("low", "high"))
            r.ps, r.usual = float(carrier.ps(r.x)), float(carrier.flux(USUAL))
            r.far = max(2 * USUAL, r.x)
            r.curve, r.low, r.high = (sugar(end).flux(GLUCOSE) for end in ("value", "low", "high"))
        elif view == "levodopa":
            carrier, rivals = Carrier(1.0, 1.0), crowd()  # far below full: only what the others leave counts
            usual = carrier.ps(0.0, rivals)
            cleared = 1 - facts["ldopa_cl_carbidopa"].value
            r.blocked = float(level_gain(1.0, cleared))
            r.plain = carrier.ps(0.0, rivals * RIVALS) / usual
            r.entry = float(carrier.ps(0.0, rivals * level) / usual) * (r.blocked if blocker else 1.0)
            r.twice = float(carrier.ps(0.0, 2 * rivals * level) / carrier.ps(0.0, rivals * level))
            r.full = rivals * level / (1 + rivals * level)
            r.kept = float(share_converted(facts["fdopa_made"].value, facts["fdopa_back"].value))
        return r

    def setup(self, figure):
        self.axes, self.margin = figure.subplots(ncols=2, width_ratios=(1, 0.46 if self.narrow else 0.4 if self.room else 0.27))
        label_aside(self.axes, self.narrow, 0.08 if not self.room else 0.13)
        self.spread = self.axes.fill_between([0, 1], [0, 0], [1, 1], color=BLUE, alpha=0.15, lw=0)
        self.spread.set_visible(False)  # until there is one
        self.line, = self.axes.plot([], [], color=BLUE)
        self.other, = self.axes.plot([], [], color=VERMILLION, ls=(0, (5, 1.8)))
        self.steps, = self.axes.plot([], [], color=MUTED, lw=1.4, ls=(0, (1.2, 1.5)))
        self.now, = self.axes.plot([], [], "o", color=BLUE, mec=INK, ms=10, zorder=5)
        self.then, = self.axes.plot([], [], "o", color=PAPER, mec=BLUE, mew=2.2, ms=9, zorder=5, clip_on=False)
        self.level_line = self.axes.axhline(0, color=GREEN, lw=1.6, ls=(0, (8, 2, 1.5, 2)))
        self.level_name = self.axes.text(0.99, 0, "", transform=self.axes.get_yaxis_transform(), ha="right", va="bottom", fontsize=10, color=INK, bbox=PLATE)
        self.axes.set_title(" \n ", fontsize=10.5)  # room for two lines of words
        above = {"transform": self.axes.transAxes, "fontsize": 10.5, "color": INK, "va": "bottom"}
        self.asked = self.axes.text(0, 1.025, "", **above)
        self.ring = self.axes.text(0, 1.025, "", **above | {"color": BLUE, "fontweight": "bold"})
        self.dash = self.axes.text(0, 1.025, "", **above | {"color": VERMILLION, "fontweight": "bold"})
        self.meant = self.axes.annotate("", (0, 1.025), (68, 0), xycoords="axes fraction", textcoords="offset points", fontsize=10.5, color=INK, va="bottom")
        self.told = self.axes.annotate("", (0, 1.025), (18, 0), xycoords="axes fraction", textcoords="offset points", fontsize=10.5, fontweight="bold", color=INK, va="bottom")
        self._disguises()
        rows, columns = np.divmod(np.arange(SEATS), 4)
        self.places = np.column_stack([columns, rows])
        self.free, = self.margin.plot([], [], "s", color=PAPER, mec=MUTED, mew=1.4, ms=10 if self.narrow else 13)
        self.taken, = self.margin.plot([], [], "s", color=ORANGE, mec=INK, mew=0.8, ms=10 if self.narrow else 13)
        self.margin.set(xlim=(-0.7, 3.7), ylim=(-0.8, 7.4))
        self.margin.axis("off")
        self.seats_name = self.margin.text(-0.5, 7.3, "", fontsize=10, color=INK, va="top")
        self.share = self.margin.text(-0.5, 5.2, "", fontsize=13, fontweight="bold", color=INK)
        for artist in (*self.drugs, self.then):
            artist.set_in_layout(False)
        self.live("disguises", self.drugs[0], pin=False)
        for artist in (*self.drugs, self.level_name):
            artist.set_visible(False)  # until there is something to show
        self.live("spread", self.spread, pin=False)
        self.live("curves", self.line, self.other)
        self.live("marks", self.steps, self.now, self.then, self.level_line, pin=False)
        self.live("words", self.told, self.share, self.asked, self.ring, self.dash, self.meant, self.seats_name)
        self.live("seats", self.free, self.taken, pin=False)
        self._scale("glucose")

    def _disguises(self):
        """Opioids that differ by one or two small groups: one passage in rats against PET in monkeys."""
        points = [(facts[f"uptake_{d}"].value or 0.0, facts[f"pet_{d}"].value) for d in DISGUISES]
        self.drugs = self.axes.plot(*zip(*points), "D", color=PURPLE, mec=INK, ms=10, ls="none")
        words = ("morphine (below what\ncould be measured)", "codeine: one\ngroup covered", "heroin: two\ngroups covered")
        for (x, y), name, shift, side in zip(points, words, ((12, 4 + 5 * self.room), (12, -3), (-12, 6)), ("left", "left", "right")):
            self.drugs.append(self.axes.annotate(name, (x, y), shift, textcoords="offset points", fontsize=10, va="center" if side == "left" else "bottom", ha=side))
        for start, end in zip(points, points[1:]):
            self.drugs.append(self.axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": MUTED, "lw": 1.5, "shrinkA": 9, "shrinkB": 9}))

    def _scale(self, view):
        limits, words = {
            "glucose": (((0, 30), (0, 0.95)), ("Glucose in blood (mM; usual: 5)", "Traffic into the brain (µmol/g/min)")),
            "levodopa": (((0, 4), (0, 4.4)), ("Other amino acids in blood (1 = usual)", "Levodopa that gets in (1 = usual)")),
            "disguise": (((-4, 100), (0, 6)), ("Taken up in one passage, rats (%)", "Brain peak, monkeys (1 = even spread)")),
        }[view]
        if self.room:
            words = words[0].replace(" in blood (1", " (1"), words[1].replace(" (", "\n(")
        self.axes.set(xlim=limits[0], ylim=limits[1], xlabel=words[0], ylabel=words[1])

    def update(self, r):
        self._scale(r.view)
        shown = {"glucose": (self.spread, self.line, self.other, self.steps, self.now, self.then, self.level_line),
                 "levodopa": (self.line, self.other, self.steps, self.now, self.then, self.level_line), "disguise": self.drugs}[r.view]
        for artist in (self.spread, self.line, self.other, self.steps, self.now, self.then, self.level_line, *self.drugs):
            artist.set_visible(artist in shown)
        self.spread.set_visible(r.view == "glucose" and r.band)
        queue = r.view != "disguise"
        for artist in (self.meant, self.ring, self.dash):
            artist.set_visible(r.view == "glucose")
        for artist in (self.level_name, self.free, self.taken, self.share, self.told):
            artist.set_visible(queue)
        {"glucose": self._glucose, "levodopa": self._levodopa, "disguise": self._disguised}[r.view](r)
        if queue:
            self.share.set_text(f"{100 * r.full:.0f} %")
            taken = int(round(r.full * SEATS))
            self.taken.set_data(*self.places[:taken].T)
            self.free.set_data(*self.places[taken:].T)

    def _glucose(self, r):
        top = self.axes.get_ylim()[1]
        near = GLUCOSE <= r.far
        self.spread.set_data(GLUCOSE[near], r.low[near], r.high[near])
        # No further than the hand has gone, or twice the usual: what comes next is for the learner to foretell.
        self.line.set_data(GLUCOSE[GLUCOSE <= r.far], r.curve[GLUCOSE <= r.far])
        for artist in (self.then, self.steps):
            artist.set_visible(2 * r.x <= r.far)
        end = min(GLUCOSE[-1], top / r.flux * r.x)
        self.other.set_data([0, end], [0, end * r.flux / r.x])
        self.now.set_data([r.x], [r.flux])
        self.then.set_data([2 * r.x], [r.twice])
        self.steps.set_data([r.x, 2 * r.x, 2 * r.x], [r.flux, r.flux, r.twice])
        self.level_line.set_ydata([facts["glc_vmax"].value] * 2)
        self.level_name.set(y=facts["glc_vmax"].value + 0.005, text="most that brain cells use")
        self.asked.set_text("")
        self.ring.set_text("○\n ")
        self.dash.set_text("- -")
        self.meant.set_text("traffic at twice the glucose\nif it grew as the glucose does")
        self.told.set_text(f"× {r.twice / r.flux:.2f}\n× 2.00")
        self.seats_name.set_text("Seats taken by\nglucose:")

    def _levodopa(self, r):
        top = self.axes.get_ylim()[1]
        seen, blocked = r.plain <= top, r.plain * r.blocked <= top
        self.line.set_data(RIVALS[seen], r.plain[seen])
        self.other.set_data(RIVALS[blocked], r.blocked * r.plain[blocked])
        self.now.set_data([r.level], [min(r.entry, top)])
        double = 2 * r.level <= 4
        self.then.set_visible(double)
        self.steps.set_visible(double)
        self.then.set_data([2 * r.level], [min(r.entry * r.twice, top)])
        self.steps.set_data([r.level, 2 * r.level, 2 * r.level], [min(r.entry, top)] * 2 + [r.entry * r.twice])
        self.level_line.set_ydata([1, 1])
        self.level_name.set(y=1.03, text="usual, no blocker")
        self.told.set_text("")
        self.asked.set_text("— levodopa alone    - - enzyme in blood blocked\n(crowding as measured for isoleucine, rats)")
        self.seats_name.set_text("Seats taken by\nthe others:")

    def _disguised(self, r):
        self.asked.set_text("The same molecule, its polar groups\ncovered one after the other")
        heroin, product = facts["heroin_thalf"].value, facts["mam_vs_morphine"].value
        self.seats_name.set_text(f"Heroin, people:\nhalf is gone\nfrom blood\nin {heroin:g} min.\n\nBrain fluid, rats:\nits first product\npeaks {product:g} × as\nhigh as mor-\nphine.")

    def describe(self, r):
        if r.view == "glucose":
            return (f"At {r.x:g} mM glucose in blood ({r.level:g} × the usual), {r.flux:.2f} µmol/g/min cross inward and {100 * r.full:.0f} % of the seats are taken. Twice the glucose "
                    f"multiplies the traffic by {r.twice / r.flux:.2f}. The wall's PS for glucose is {r.ps:.3f} mL/g/min; brain cells use at most {facts['glc_vmax'].value:g}; "
                    f"published values would put the traffic between {r.least:.2f} and {r.most:.2f}.")
        if r.view == "levodopa":
            made = f" By rates measured in monkeys, {100 * r.kept:.0f} % of what gets in becomes dopamine before it leaves." if r.blocker else ""
            return (f"With the other amino acids at {r.level:g} times the usual, {'with' if r.blocker else 'without'} a blocker of the enzyme in blood, {r.entry:.2f} times the usual levodopa "
                    f"gets in; the others take {100 * r.full:.0f} % of the seats and leave {100 * (1 - r.full):.0f} %.{made}")
        return (f"In one passage rats took up {facts['uptake_heroin'].value:g} % of heroin, {facts['uptake_codeine'].value:g} % of codeine and of morphine too little to measure. "
                f"Heroin's half-life in blood is {facts['heroin_thalf'].value:g} min. Swallowed, it gave {facts['heroin_oral'].value:g} % of the morphine that swallowed morphine gives, and no heroin in blood.")

    def readings(self, r):
        if r.view == "glucose":
            return {"Traffic": (r.flux, "µmol/g/min"), "Twice the glucose": (f"{r.twice / r.flux:.2f}", "times"), "Wall's PS for glucose": (f"{r.ps:.3f}", "mL/g/min"),
                    "Seats taken": (100 * r.full, "%")}
        if r.view == "levodopa":
            return {"Levodopa that gets in": (f"{r.entry:.2f}", "times the usual"), "Twice the other amino acids": (f"{r.twice:.2f}", "times"),
                    "Seats taken by the others": (100 * r.full, "%")}
        return {f"One passage, {d}, rat": (facts[f"uptake_{d}"].value, "%") if facts[f"uptake_{d}"].value else "too little to measure" for d in DISGUISES}

    def table(self, r):
        if r.view == "glucose":
            rows = [(f"{x:g}", f"{sugar().flux(x):.3f}", f"{sugar().ps(x):.3f}") for x in (2.5, 5, 7.5, 10, 15, 20, 30)]
            return ("Glucose in blood (mM)", "Traffic (µmol/g/min)", "PS (mL/g/min)"), rows
        if r.view == "levodopa":
            rows = [(f"{x:g}", f"{np.interp(x, RIVALS, r.plain):.2f}", f"{r.blocked * np.interp(x, RIVALS, r.plain):.2f}") for x in (0.5, 0.75, 1, 1.5, 2, 3, 4)]
            return ("Other amino acids (1 = usual)", "Levodopa that gets in", "The same with a blocker"), rows
        rows = [(d, f"{facts[f'uptake_{d}'].value:g} %" if facts[f"uptake_{d}"].value else "too little", f"{facts[f'pet_{d}'].value:g}") for d in DISGUISES]
        return ("Drug", "One passage, rats", "Highest in brain, monkeys"), rows
