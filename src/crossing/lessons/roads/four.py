"""Core 1: four roads into one body, and where the dose goes."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ..sourced import Sourced
from .body import ROADS, areas, body, given, shares, times
from .proof import Proof, marks_in_words
from .views import BLOOD, CURVES, DAYS, PLACES, TIMES, WHERE, Course, Race, Where

VIEWS = {"where": "Where the dose is", "curves": "Levels over time", "advantage": "Against a vein"}
DRAWN_BY = dict(zip(VIEWS, (Where, Course, Race)))
DRUGS = {name: name for name in ("morphine", "methadone", "methotrexate", "baclofen", "cytarabine")}


class FourRoads(Sourced):
    """One dose by a vein, epidurally, into the lumbar fluid or into a ventricle, followed to its last per cent."""

    title = "Four roads into one body"
    longest = 350
    model = "the body of the course, 16 compartments"
    facts = ("csf_prod_mri", "csf_spinal_share", "sss_csf_model", "csf_cranial_1986", "csf_ventricles_1986", "brain_weight", "morph_cl", "morph_brain_ps",
             "morph_epi_f", "morph_epi_f_1987", "morph_im_f", "meth_cl", "mtx_cl", "mtx_icv_advantage", "baclofen_cl", "bac_csf_oral", "bac_clf", "arac_clp",
             "arac_cl", "arac_csf_plasma", "iohexol_urine_24h", "iohexol_urine_week", "mtx_icv_urine", "epi_dog_vein", "epi_plasma_im")
    guess = "03.roads"
    size = (7.6, 4.7)
    narrow_size = (4.5, 7.0)
    room_size = (5.4, 3.3)
    presets = {"Lumbar, after two days": {"time": DAYS}, "Lumbar, levels": {"view": "curves"}, "Vein, levels": {"road": "vein", "view": "curves"},
               "Lumbar, a hundredth of the dose": {"view": "curves", "dose": 0.01}, "Methotrexate, ventricle": {"drug": "methotrexate", "road": "ventricle"}}

    view = Choice("View", "where", VIEWS, look=True)
    road = Choice("Road", "lumbar", ROADS)
    time = Slider("Time", 6.0, low=0, high=DAYS, step=0.5, unit="h", play=True)
    drug = Choice("Drug", "morphine", DRUGS, more=True)
    dose = Steps("Dose", 1.0, {0.001: "a thousandth", 0.01: "a hundredth", 0.1: "a tenth", 1.0: "one"}, more=True)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, view, road, time, drug, dose, log):
        one = body(drug)
        run, other = one.give(given(road, dose), TIMES), one.give(given("vein"), TIMES)
        tallies, by_vein = run.tallies, other.level("plasma")
        # What has gone by liver and kidney is clearance times the area under the blood level so far.
        seen = [one_run.tallies["liver and kidney"] for one_run in (run, other)]
        stack = np.array([sum(tallies[place] for place in places) for _, places, *_ in WHERE]) / dose
        at = int(np.abs(TIMES - time).argmin())
        places, vein = [place for _, place in PLACES], areas(one, "vein")
        return SimpleNamespace(view=view, road=road, time=time, drug=drug, dose=dose, log=log, at=at, marks=run.marks, stack=stack, seen=seen, now=shares(stack[:, at]),
                               levels=run.level([place for _, place, *_ in CURVES]) / by_vein[0], vein=by_vein / by_vein[0],
                               ratios={way: areas(one, way).level(places) / vein.level(places) for way in ROADS},
                               blood=float(run.area("plasma") / vein.level("plasma")),
                               # What is cleared is cleared from the blood: clearance times area, in doses.
                               through=float(one.parameters["clearance_ml_per_h"].value * run.area("plasma") / dose))

    def setup(self, figure):
        self.scaled = None
        if self.narrow:
            boxes, side, proof = [(left, 0.52, 0.97 - left, 0.43) for left in (0.15, 0.2, 0.2)], (0.05, 0.165, 0.93, 0.27), (0.05, 0.065, 0.93, 0.085)
        elif self.room:
            boxes = [(left, low, 0.585 - left, top - low) for left, low, top in ((0.12, 0.305, 0.965), (0.165, 0.305, 0.92), (0.155, 0.245, 0.92))]
            side, proof = (0.605, 0.185, 0.385, 0.765), (0.03, 0.065, 0.95, 0.10)
        else:
            boxes, side, proof = [(left, 0.145, 0.605 - left, 0.79) for left in (0.085, 0.115, 0.115)], (0.635, 0.25, 0.355, 0.68), (0.635, 0.075, 0.355, 0.13)
        self.views = {name: view(self, figure.add_axes(box, label=name), figure.add_axes(side, label=f"key {name}"))
                      for (name, view), box in zip(DRAWN_BY.items(), boxes)}
        self.proof = Proof(self, figure, proof)
        self._scale("where", True)

    def _scale(self, view, log):
        if self.scaled == (view, log):
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = view, log
        for name, drawn in self.views.items():
            for axes in filter(None, (drawn.axes, drawn.side, drawn.below)):
                axes.set_visible(name == view)
            drawn.scale(log)

    def update(self, r):
        self._scale(r.view, r.log)
        self.views[r.view].update(r)
        self.proof.update(r.marks)

    # ---- words --------------------------------------------------------------------------------------------

    def describe(self, r):
        name = f"{ROADS[r.road]}, {r.drug}" + (f", {self.controls()['dose'].words(r.dose)} of the dose" if r.dose != 1 else "")
        end = (f"In the end {100 * r.through:.0f} % has gone through the blood; over all time the blood is exposed {times(r.blood)} times as much "
               "as by one dose into a vein.")
        if r.view == "where":
            here = sum(r.now[BLOOD:])
            return f"{name}: after {r.time:g} h, {here:.1f} % is in fluid, brain, cord or epidural space, and {100 - here:.1f} % has reached the blood. {end}"
        if r.view == "curves":
            level = dict(zip([name for name, *_ in CURVES], map(times, r.levels[r.at])))
            return (f"{name}: after {r.time:g} h the level is {level['lumbar fluid']} in lumbar fluid, {level['cisterns']} in the cisterns, "
                    f"{level['brain fluid']} in brain fluid and {level['blood']} in blood. {end[:-1]}, so far {times(r.seen[0][r.at])}.")
        told = ", ".join(f"{place} {times(ratio)}" for (place, _), ratio in zip(PLACES[::-1], r.ratios[r.road][::-1]))
        return f"{ROADS[r.road]}, {r.drug}: for equal exposure of the blood, times a vein's: {told}. Behind this: {marks_in_words(r.marks)}."

    def readings(self, r):
        if r.view == "where":
            return {"Reached the blood": (f"{sum(r.now[:BLOOD]):.1f}", "%"), "In the end through the blood": (f"{100 * r.through:.0f}", "%"),
                    "Exposure of the blood": (times(r.blood), "times one dose by vein")}
        if r.view == "curves":
            return {**{f"Level in {name}": (times(level), "") for (name, *_), level in zip(CURVES[::-1], r.levels[r.at][::-1])},
                    "Exposure of the blood": (times(r.blood), "times one dose by vein")}
        return {name[:1].upper() + name[1:]: (times(ratio), "times the vein's") for (name, _), ratio in zip(PLACES[::-1], r.ratios[r.road][::-1])}

    def table(self, r):
        if r.view == "advantage":
            return ("Place", *ROADS.values()), [(name, *(times(r.ratios[road][i]) for road in ROADS)) for i, (name, _) in enumerate(PLACES)]
        hours = [0, 1, 3, 6, 12, 24, 36, 48]
        found = [int(np.abs(TIMES - hour).argmin()) for hour in hours]
        if r.view == "curves":
            return ("Hours", *(name for name, *_ in CURVES)), [(f"{h:g}", *map(times, r.levels[i])) for h, i in zip(hours, found)]
        return ("Hours", *(f"{name} (%)" for name, *_ in WHERE)), [(f"{h:g}", *(f"{s:.1f}" for s in shares(r.stack[:, i]))) for h, i in zip(hours, found)]
