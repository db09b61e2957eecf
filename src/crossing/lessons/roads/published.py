"""What papers say about one road against another, drug by drug: figures to set beside those of the model."""

from functools import lru_cache
from typing import NamedTuple

from ...facts import facts
from .body import body


class Point(NamedTuple):
    """How many times the exposure by vein a place gets by `road`, for the same exposure of the blood."""

    place: str
    road: str
    low: float
    high: float | None  # None: no upper end is known
    words: str
    facts: tuple


def _by_clearance(drug, place, road, clearance, ratio, words):
    """Clearance from plasma over (clearance from the fluid times the ratio by vein): areas in two boxes. Lowest and highest."""
    plasma = body(drug).parameters["clearance_ml_per_h"].value
    out, seen = facts[clearance], facts[ratio]
    outs = out.range_in("mL/h") if out.value is None else (out.to("mL/h"),) * 2
    ratios = seen.range_in("fraction") if seen.value is None else (seen.to("fraction"),) * 2
    return Point(place, road, plasma / (outs[1] * ratios[1]), plasma / (outs[0] * ratios[0]), words, (clearance, ratio))


@lru_cache(None)
def published(drug):
    """The points for a drug of this lesson; none for methadone."""
    if drug == "morphine":
        most = facts["morph_im_f"].range_in("fraction")[1]
        shares = [facts[name].to("fraction") for name in ("morph_epi_f", "morph_epi_f_1987")]
        return (Point("lumbar CSF", "lumbar", 1 / most, None, "at least", ("morph_im_f",)),
                Point("lumbar CSF", "epidural", min(shares) / most, None, "at least", ("morph_epi_f", "morph_epi_f_1987", "morph_im_f")))
    if drug == "methotrexate":
        level = facts["mtx_icv_advantage"].value
        return (Point("ventricles", "ventricle", level, level, "levels", ("mtx_icv_advantage",)),)
    if drug == "baclofen":
        return (_by_clearance(drug, "lumbar CSF", "lumbar", "baclofen_cl", "bac_csf_oral", "worked out"),)
    if drug == "cytarabine":
        return (_by_clearance(drug, "ventricles", "ventricle", "arac_cl", "arac_csf_plasma", "worked out"),)
    return ()
