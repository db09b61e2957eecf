"""Further: what the literature allows, what differs between people, and what the way of sampling does."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Switch
from ...explore.theme import BLUE, INK, ORANGE, PURPLE
from ...facts import facts
from ..sourced import Sourced
from .canal import along, levels

MOST = 200
VIEWS = {"papers": "What papers allow", "people": "Spread between people", "catheter": "Sampled through the same catheter"}


@lru_cache(1)
def crowd():
    """Fixed people: dose (0.5 to 4), clearance against the middle one, and chance of carry-over. Never drawn anew."""
    random = np.random.default_rng(4)
    low, high = facts["baclofen_cl"].range_in("mL/h")
    clearance = np.exp(random.uniform(np.log(low), np.log(high), MOST))
    dose = random.uniform(0.5, 4, MOST)
    carried = random.uniform(0, 2, MOST)
    return dose, clearance / np.sqrt(low * high), carried


@lru_cache(1)
def strength():
    """The infused solution against the middle level, worked back from the paper: 1 % of it gives 20 where 4.64 is seen."""
    seen = facts["baclofen_csf_obs"]
    return seen.range_in("ug/mL")[1] / 0.01 / seen.to("ug/mL")


class HowSure(Sourced):
    """Three different reasons why a level is not one number."""

    title = "How sure we are"
    model = "steady level = dose / clearance"
    facts = ("decay_length", "half_distance", "baclofen_cl", "baclofen_csf_obs", "heetla_dose", "kroin_t2_t12")

    view = Choice("View", "papers", VIEWS)
    people = Slider("Number of people", 100, low=10, high=MOST, step=10)
    carry_over = Slider("Carry-over from the catheter", 1.0, low=0, high=3, step=0.1, unit="%")
    line = Switch("Line of one person", True, more=True, look=True)

    def compute(self, *, view, people, carry_over, line):
        dose, clearance, carried = (a[: int(people)] for a in crowd())
        level = dose / clearance
        if view == "catheter":
            level = level + strength() * carry_over / 100 * carried
        low, high = facts["decay_length"].range_in("cm")
        apart = np.linspace(0, 49, 120)
        far = levels["T6"] - levels["L3/4"]
        rank = np.corrcoef(dose.argsort().argsort(), level.argsort().argsort())[0, 1]
        slope = 1 + (strength() * carry_over / 100 if view == "catheter" else 0)
        return SimpleNamespace(view=view, dose=dose, level=level, rank=float(rank), line=line, people=int(people), carry=carry_over,
                               apart=apart, low=np.exp(-apart / low), high=np.exp(-apart / high), slope=slope,
                               t6=(float(np.exp(-far / low)), float(np.exp(-far / high))))

    def setup(self, figure):
        self.profile = figure.add_subplot()
        self.cloud = figure.add_axes(self.profile.get_position(), sharex=None, label="cloud")
        self.cloud.set_in_layout(False)
        along(self.profile, self.narrow, few=self.room)
        self.profile.set(ylim=(0, 1.05), ylabel="Steady level (1 = at the tip)")
        self.edges = [self.profile.plot([], [], color=BLUE, lw=1.6, ls=ls)[0] for ls in ("-", (0, (6, 2)))]
        self.band = self.profile.fill_between([0, 1], [0, 0], [1, 1], color=BLUE, alpha=0.25, lw=0)
        self.band_name = self.profile.text(levels["T6"], 0.93, "between the steepest and the flattest\nthat papers on people allow",
                                           fontsize=10, ha="center" if self.layout != "wide" else "left", va="top")
        self.dots, = self.cloud.plot([], [], "o", color=ORANGE, ms=6, mec=INK, mew=0.5, ls="none", alpha=0.85)
        self.one, = self.cloud.plot([], [], color=PURPLE)
        self.one_name = self.cloud.text(0, 0, "", fontsize=10, ha="right", va="bottom", color=INK)
        self.rank = self.cloud.text(0.02, 0.97, "", transform=self.cloud.transAxes, va="top", fontsize=10.5, color=INK)
        self.live("papers", *self.edges, self.band, self.band_name, pin=False)
        self.live("people", self.dots, self.one, pin=False)
        self.live("names", self.one_name, self.rank)
        self.cloud.set(xlim=(0, 4.3), xlabel="Dose a day (1 = the middle dose)", ylabel="Level in the sample (1 = middle)")
        self.cloud.set_visible(False)

    def update(self, r):
        papers = r.view == "papers"
        self.cloud.set_position(self.profile.get_position())
        self.profile.set_visible(papers)
        self.cloud.set_visible(not papers)
        x = levels["L3/4"] + r.apart
        for edge, y in zip(self.edges, (r.low, r.high)):
            edge.set_data(x, y)
        self.band.set_data(x, r.low, r.high)
        self.cloud.set_ylim(0, 40 if r.view == "catheter" else 11)
        self.dots.set_data(r.dose, np.minimum(r.level, self.cloud.get_ylim()[1] * 0.995))
        ends = np.array([0, 4.0])
        self.one.set_data(ends, ends * 1.0)
        self.one_name.set(x=4.0, y=4.4 if r.view == "people" else 6, text="one person, sampled apart")
        for artist in (self.one, self.one_name):
            artist.set_visible(r.line and not papers)
        for artist in (*self.edges, self.band, self.band_name):
            artist.set_visible(papers)
        self.dots.set_visible(not papers)
        self.rank.set_visible(not papers)
        self.rank.set_text(f"{r.people} people, rank correlation {r.rank:.2f}")

    def describe(self, r):
        if r.view == "papers":
            low, high = (f"{100 * v:.0f} %" for v in r.t6)
            return (f"With the tip at L3/4, papers on people allow a level at T6 from {low} to {high} of the level at the tip. "
                    "This is ignorance about one number, not a difference between people.")
        how = f", with {r.carry:g} % of the solution carried over" if r.view == "catheter" else ""
        return (f"Across {r.people} invented people{how}, dose and level have a rank correlation of {r.rank:.2f}. "
                "In any one person, twice the dose still gives twice the level.")

    def readings(self, r):
        if r.view == "papers":
            return {"Lowest level at T6": (100 * r.t6[0], "%"), "Highest level at T6": (100 * r.t6[1], "%")}
        return {"Rank correlation": (round(r.rank, 2), ""), "Highest sample": (float(r.level.max()), "")}
