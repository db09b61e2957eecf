"""Two compounds with the same total in brain, one of them nearly all bound: which has more that can act."""

from types import SimpleNamespace

from ...explore import Choice, Slider
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, PAPER, SKY, VERMILLION
from ..sourced import Sourced

#: Invented: total in brain over total in plasma, the same for both; how much tissue holds for each that is free (mL/g).
TOTAL = 2.0
HELD = {"A": 4.0, "B": 100.0}
#: End of the axis.
MOST = 2.6
NAMES = {"total": "Total in brain", "free": "Free in brain", "ratio": "Free, brain over blood"}


class TwoCompounds(Sourced):
    """Total, free level and free ratio of two invented compounds whose totals agree."""

    title = "Two compounds, one total"
    model = "totals and free levels at rest; both compounds invented"
    facts = ("brain_water_space",)
    guess = "09.two"
    size, narrow_size = (7.6, 3.9), (4.5, 4.4)
    presets = {"A and B": {}, "B as free in plasma as A": {"free_b": 50.0}}

    show = Choice("Show", "total", {"total": "totals", "free": "free levels", "ratio": "free ratios"})
    held_b = Slider("Held B, by tissue", HELD["B"], low=1, high=200, count=24, ratio=True, unit="mL/g")
    free_b = Slider("Free B, share in plasma", 2.0, low=0.5, high=50, count=21, ratio=True, unit="%")

    FREE_A = 50.0  # per cent free in plasma, compound A; invented

    def compute(self, *, show, held_b, free_b):
        found = {}
        for name, held, free in (("A", HELD["A"], self.FREE_A), ("B", held_b, free_b)):
            level = TOTAL / held  # free in brain, of total in plasma 1
            found[name] = SimpleNamespace(held=held, free=free / 100, total=TOTAL, level=level, ratio=level / (free / 100))
        return SimpleNamespace(show=show, **found)

    def setup(self, figure):
        self.axes = figure.subplots()
        self.axes.set(xlim=(0, MOST), ylim=(-0.6, 1.6), yticks=[0, 1], yticklabels=["B", "A"], xlabel=NAMES["total"])
        self.axes.tick_params(axis="y", labelsize=13)
        self.axes.grid(axis="y", visible=False)
        self.bars = [self.axes.plot([], [], color=c, lw=34, solid_capstyle="butt")[0] for c in (BLUE, VERMILLION)]
        self.held = [self.axes.plot([], [], color=SKY, lw=34, solid_capstyle="butt", alpha=0.7, zorder=1)[0] for _ in range(2)]
        self.numbers = [self.axes.text(0, y, "", fontsize=12, fontweight="bold", va="center", color=INK) for y in (1, 0)]
        self.note = self.axes.text(0.99, 0.02, "", transform=self.axes.transAxes, ha="right", va="bottom", fontsize=10, color=INK)
        self.live("bars", *self.held, *self.bars, pin=False)
        self.live("numbers", *self.numbers, self.note, pin=False)

    def update(self, r):
        both, most = (r.A, r.B), MOST
        values = [getattr(c, {"total": "total", "free": "level", "ratio": "ratio"}[r.show]) for c in both]
        self.axes.set(xlim=(0, most), xlabel=NAMES[r.show] + ("" if r.show == "ratio" else " (1 = total in plasma)"))
        for bar, pale, number, value, y, c in zip(self.bars, self.held, self.numbers, values, (1, 0), both):
            shown = min(c.level if r.show == "total" else value, most)
            bar.set_data([0, shown], [y, y])
            pale.set_data([shown, c.total] if r.show == "total" else [], [y, y] if r.show == "total" else [])
            end, beyond = c.total if r.show == "total" else shown, value > most
            room = end < 0.8 * most
            number.set(x=end + (0.015 if room else -0.015) * most, ha="left" if room else "right", color=PAPER if beyond else INK,
                       text=f"{rounded(value)}, beyond the axis \u2192" if beyond else rounded(value))
        self.note.set_text("dark: free; pale: held by tissue" if r.show == "total" else "")

    def describe(self, r):
        a, b = r.A, r.B
        return (f"Both hold {rounded(a.total)} times the total of plasma; A is {rounded(100 * a.free)} % free in plasma and held by {rounded(a.held)} mL/g in brain, B {rounded(100 * b.free)} % and {rounded(b.held)}. "
                f"Free in brain: A {rounded(a.level)}, B {rounded(b.level)}. Free, brain over blood: A {rounded(a.ratio)}, B {rounded(b.ratio)}.")

    def readings(self, r):
        return {"Free in brain, A": (r.A.level, ""), "Free in brain, B": (r.B.level, ""), "Free ratio, A": (r.A.ratio, ""), "Free ratio, B": (r.B.ratio, "")}

    def table(self, r):
        rows = [(name, f"{rounded(100 * c.free)} %", f"{rounded(c.held)} mL/g", rounded(c.total), rounded(c.level), rounded(c.ratio)) for name, c in (("A", r.A), ("B", r.B))]
        return ("Compound", "Free in plasma", "Held by brain", "Total, brain over plasma", "Free in brain", "Free ratio"), rows
