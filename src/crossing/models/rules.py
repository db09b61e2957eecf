"""Rules of thumb for which molecules cross, an equation for logBB, and how to tell how good either is.

Everything takes columns of figures, one entry a molecule: polar surface (square angstroms), logP, mass (Da), counts of
hydrogen bonds, the measured logBB (base ten), and whether a molecule crosses. Limits and coefficients are
arguments too, in the unit of their column.

    rule = Rule({"tpsa": (None, psa_limit), "hbd": (None, donors)})
    counts = count(rule.passes(columns), crosses)        counts.sensitivity, counts.per(1000).false_alarms
    ranked = Ranked(tpsa, crosses)                       sorts once; then every cut-off is a look-up
    ranked.counts(cutoffs), ranked.roc(), ranked.auc

Every call takes less than a millisecond for the 7 807 rows of data/molecules.csv.
Errors: ValueError naming argument, value and what was wanted.

In words: A rule of thumb draws a line: molecules with less polar surface than this get into the brain, the others do not.
Laid over a list of molecules for which somebody knows the answer, the line makes two kinds of right and two kinds of
wrong: hits, misses, false alarms and rightly kept out. Moving the line trades misses for false alarms, and no place of it
is right in all respects. One figure, the share that is right, can be high for a rule that says "everything crosses",
where most molecules of the list do. The equation gives a number instead of a verdict: how much of the drug is in brain,
against how much in blood. Outside the molecules that it was made from it may fail badly, and a few such molecules can
carry most of its error. Last, how often something crosses in a list says little about all molecules, because somebody
chose what went into the list.

Assumes: That the label or the measured ratio of a molecule is the truth, that each row counts the same, and that figures
worked out from a drawn structure stand for the molecule in the body. Carried over to another collection of molecules, the
rule is assumed to find the same share of those that cross, and to be fooled by the same share of those that do not.

Leaves out: Carriers and pumps, binding in blood and brain, blood left in the sample, how much of a drug is charged at the
acidity of blood, speed of entry, dose and time. The measured ratio is of total drug, bound and unbound together, mostly
in rats, so it says nothing about free drug where it acts. Scores that need an acid constant or a distribution coefficient
are left out, because the list has neither. A cut-off chosen on the same list that it is judged on looks better than it
is.

Sources: Clark DE, J Pharm Sci 1999;88:815 (the equation). Meng F and others, Sci Data 2021;8:289 (the list of molecules,
which the tests use). Hanley JA, McNeil BJ, Radiology 1982;143:29 (the area under the curve as the chance that one that
crosses outranks one that does not). The rest is counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from . import wanted
from .wanted import Array, Mask, Numbers, Places, Result

#: True and False, one entry a molecule; 1 and 0 will do.
Flags: TypeAlias = npt.ArrayLike
#: A number of molecules, whole or not, or one for each cut-off.
Counted: TypeAlias = float | npt.NDArray[Any]


class _Columns(Protocol):
    """A table whose columns are asked for by name."""

    def __getitem__(self, name: str, /) -> npt.ArrayLike: ...


def logbb_from(tpsa: Numbers, logp: Numbers, intercept: float, per_psa: float, per_logp: float) -> Array:
    """logBB (n,) predicted from polar surface (n,) and logP (n,): intercept + per_psa * tpsa + per_logp * logp.

    The form of Clark 1999, who fitted it to 55 compounds with three-dimensional polar surface and ClogP.
    """
    tpsa = _some("tpsa", tpsa)
    logp = wanted.vector("logp", logp, tpsa.size)
    intercept, per_psa = wanted.number("intercept", intercept), wanted.number("per_psa", per_psa)
    return intercept + per_psa * tpsa + wanted.number("per_logp", per_logp) * logp


def refit(logbb: Numbers, tpsa: Numbers, logp: Numbers) -> tuple[float, float, float]:
    """(intercept, per_psa, per_logp) with the least squared error on these molecules, at least four of them."""
    logbb = wanted.vector("logbb", logbb)
    if logbb.size < 4:
        wanted.refuse("logbb", f"{logbb.size} molecules", "at least 4")
    columns = [np.ones(logbb.size), wanted.vector("tpsa", tpsa, logbb.size), wanted.vector("logp", logp, logbb.size)]
    found, _, rank, _ = np.linalg.lstsq(np.column_stack(columns), logbb, rcond=None)
    if rank < 3:
        wanted.refuse("tpsa, logp", "columns that say the same", "columns that differ and vary")
    intercept, per_psa, per_logp = map(float, found)
    return intercept, per_psa, per_logp


@dataclass(frozen=True)
class Error:
    """How far predictions lie from what was measured, over `n` molecules.

    `rmse`: root of the mean squared error, in the unit measured, and so is `bias`. `r2`: share of the variance explained; 0 is no better
    than always saying the mean, less is worse; NaN where nothing varies. `bias`: mean of predicted less measured.
    """

    n: int
    rmse: float
    r2: float
    bias: float


def error_of(predicted: Numbers, measured: Numbers) -> Error:
    """The `Error` of what was `predicted` (n,) against what was `measured` (n,), at least one, in one unit."""
    measured = _some("measured", measured)
    off = wanted.vector("predicted", predicted, measured.size) - measured
    spread = np.sum((measured - measured.mean()) ** 2)
    explained = 1 - np.sum(off**2) / spread if spread > 0 else np.nan
    return Error(measured.size, float(np.sqrt(np.mean(off**2))), float(explained), float(off.mean()))


@dataclass(frozen=True)
class Validity:
    """An error split by a range: which molecules lie inside it (`inside`, (n,) True or False), and who carries the error.

    A share `share_outside` of the molecules lie outside and carry a share `error_outside` of the squared error; `within` and `beyond` are the
    errors of the two parts, None where a part is empty.
    """

    inside: Mask = field(repr=False, compare=False)
    share_outside: float
    error_outside: float
    within: Error | None
    beyond: Error | None


def validity(predicted: Numbers, measured: Numbers, inside: Flags) -> Validity:
    """How `predicted` (n,) do beside `measured` (n,), one unit, inside and outside a range, a mask (n,) such as `Rule(limits).passes(columns)`."""
    measured = _some("measured", measured)
    predicted, inside = wanted.vector("predicted", predicted, measured.size), _flags("inside", inside, measured.size)
    squared = (predicted - measured) ** 2
    total = squared.sum()
    parts = [error_of(predicted[part], measured[part]) if part.any() else None for part in (inside, ~inside)]
    carried = float(squared[~inside].sum() / total) if total > 0 else 0.0
    return Validity(inside, float(np.mean(~inside)), carried, *parts)


@dataclass(frozen=True)
class Rule:
    """Limits on properties: a molecule passes if every property named lies from `low` to `high`, both ends included.

    `limits` maps the name of a column to (low, high), in the unit of the column, None for no limit on that side; (None, None)
    switches a limit off.
    """

    limits: Mapping[str, tuple[float | None, float | None]]

    def __post_init__(self) -> None:
        checked = {}
        if not isinstance(self.limits, Mapping) or not self.limits:
            wanted.refuse("limits", self.limits, "a mapping from the name of at least one column to (low, high)")
        for name, ends in self.limits.items():
            if not isinstance(ends, (tuple, list)) or len(ends) != 2:
                wanted.refuse(f"limits[{name!r}]", ends, "a pair (low, high), None for no limit on a side")
            low, high = (end if end is None else wanted.number(f"limits[{name!r}]", end) for end in ends)
            checked[name] = (low, high)
            if low is not None and high is not None and low > high:
                wanted.refuse(f"limits[{name!r}]", ends, "a low end that is not above the high end")
        object.__setattr__(self, "limits", checked)

    def broken(self, columns: _Columns) -> Places:
        """How many limits each molecule (n,) breaks. `columns[name]` must give the values (n,) of every property limited."""
        total: Places | None = None
        for name, (low, high) in self.limits.items():
            values = _column(columns, name, None if total is None else total.size)
            total = np.zeros(values.size, np.intp) if total is None else total
            total += (values < (-np.inf if low is None else low)) | (values > (np.inf if high is None else high))
        return cast(Places, total)  # a rule has a limit at least

    def passes(self, columns: _Columns, broken_allowed: int = 0) -> Mask:
        """Which molecules (n,) pass, with at most `broken_allowed` limits broken."""
        return self.broken(columns) <= wanted.whole("broken_allowed", broken_allowed, 0)

    def without(self, name: str) -> Rule:
        """The same rule with one limit switched off."""
        if name not in self.limits:
            wanted.refuse("name", name, "one of " + ", ".join(self.limits))
        return Rule({**self.limits, name: (None, None)})


@dataclass(frozen=True)
class Counts:
    """A rule against the truth: four numbers of molecules, or four arrays of them, one entry a cut-off.

    `hits` (a number of molecules, as all four) pass and cross, `misses` fail and cross, `false_alarms` pass and do not
    cross, `kept_out` fail and do not cross. A share of nothing (sensitivity where none crosses) is NaN.
    """

    hits: Counted
    misses: Counted
    false_alarms: Counted
    kept_out: Counted

    @property
    def n(self) -> Counted:
        """Number of molecules."""
        return self.hits + self.misses + self.false_alarms + self.kept_out

    @property
    def right(self) -> Counted:
        """Number of molecules that the rule has right."""
        return self.hits + self.kept_out

    @property
    def wrong(self) -> Counted:
        """Number of molecules that the rule has wrong."""
        return self.misses + self.false_alarms

    @property
    def share_right(self) -> Result:
        """Of all molecules, the share that the rule has right (accuracy)."""
        return _share(self.right, self.n)

    @property
    def sensitivity(self) -> Result:
        """Of the molecules that cross, the share that the rule lets pass."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def specificity(self) -> Result:
        """Of the molecules that do not cross, the share that the rule keeps out."""
        return _share(self.kept_out, self.kept_out + self.false_alarms)

    @property
    def balanced(self) -> Result:
        """Mean of sensitivity and specificity (balanced accuracy): one half for a rule that always says the same."""
        return (self.sensitivity + self.specificity) / 2

    @property
    def share_crossing(self) -> Result:
        """Share of all molecules that cross: what the rule "everything crosses" has right."""
        return _share(self.hits + self.misses, self.n)

    @property
    def crossing_if_passed(self) -> Result:
        """Of the molecules that pass, the share that crosses (positive predictive value)."""
        return _share(self.hits, self.hits + self.false_alarms)

    def per(self, of: int = 1000) -> Counts:
        """The same as whole numbers that add up to `of` (largest remainders rounded up). For one cut-off only."""
        of = wanted.whole("of", of, 1)
        found = np.array([self.hits, self.misses, self.false_alarms, self.kept_out], dtype=float)
        if found.ndim != 1 or found.sum() <= 0:
            wanted.refuse("counts", f"array of shape {found.shape}", "the counts of one rule for at least one molecule")
        exact = found * (of / found.sum())
        whole = np.floor(exact)
        rest = exact - whole
        # A rounding error may leave a hair less than a whole; the stable order makes ties fall the same way everywhere.
        whole[np.argsort(-rest, kind="stable")[: int(round(of - whole.sum()))]] += 1
        return Counts(*map(int, whole))


def count(passes: Flags, crosses: Flags) -> Counts:
    """`Counts` of a verdict (n,) against the truth (n,), both True or False."""
    crosses = _flags("crosses", crosses)
    passes = _flags("passes", passes, crosses.size)
    hits, passed, crossing = (int(np.count_nonzero(each)) for each in (passes & crosses, passes, crosses))
    return Counts(hits, crossing - hits, passed - hits, crosses.size - crossing - passed + hits)


def expected_elsewhere(counts: Counts, share_crossing: float, of: float = 1000) -> Counts:
    """What the same rule would do among `of` molecules of which a share `share_crossing` cross, as numbers that need not be whole.

    Keeps sensitivity and specificity, which a change in the share alone does not alter. Another kind of molecule may well
    alter them: the answer is an "if", not a forecast.
    """
    share, of = wanted.between("share_crossing", share_crossing, 0, 1), wanted.positive("of", of)
    if not isinstance(counts, Counts):
        wanted.refuse("counts", counts, "Counts, as `count` returns them")
    found, kept = counts.sensitivity, counts.specificity
    if np.any(np.isnan(found)) or np.any(np.isnan(kept)):
        wanted.refuse("counts", counts, "molecules of both kinds, those that cross and those that do not")
    yes, no = of * share, of * (1 - share)
    return Counts(yes * found, yes * (1 - found), no * (1 - kept), no * kept)


def share_listed(true_share: Numbers, times_likelier: Numbers) -> Result:
    """Share of crossing molecules in a list, where those that cross were likelier to be put on it by the factor `times_likelier`.

    `true_share` is their share among all molecules. Both broadcast. One over `times_likelier` leads from the list back.
    """
    share = wanted.numbers("true_share", true_share, 0)
    favour = wanted.numbers("times_likelier", times_likelier, 0, above=True)
    if np.any(share > 1):
        wanted.refuse("true_share", share.max().item(), "numbers from 0 to 1")
    return (share * favour / (share * favour + 1 - share))[()]


def favour_behind(listed_share: float, true_share: float) -> float:
    """How many times likelier to be listed one that crosses must be, for `true_share` to look like `listed_share`."""
    for name, share in (("listed_share", listed_share), ("true_share", true_share)):
        if not 0 < wanted.between(name, share, 0, 1) < 1:
            wanted.refuse(name, share, "a number between 0 and 1")
    return (listed_share / (1 - listed_share)) / (true_share / (1 - true_share))


def share_at_least(values: Numbers, cutoffs: Numbers) -> Result:
    """Share of `values` (n,) that are at least each of `cutoffs` (in their unit, a number or (k,)): one list, many headlines."""
    ordered = np.sort(_some("values", values))
    return (1 - np.searchsorted(ordered, wanted.numbers("cutoffs", cutoffs), side="left") / ordered.size)[()]


class Ranked:
    """Molecules in order of one score, so that any cut-off can be judged at once.

    `score` (n,), in any unit, and `crosses` (n,); a molecule passes if its score is at most the cut-off (`low_passes`, as for polar
    surface), or at least. `among` (n,), if given, are those that pass the other limits of a rule: the rest never passes.
    """

    def __init__(self, score: Numbers, crosses: Flags, low_passes: bool = True, among: Flags | None = None) -> None:
        score = _some("score", score)
        crosses = _flags("crosses", crosses, score.size)
        among = np.ones(score.size, bool) if among is None else _flags("among", among, score.size)
        self._sign = 1.0 if low_passes else -1.0
        self._all = crosses.sum(), (~crosses).sum()
        self._yes = np.sort(self._sign * score[among & crosses])
        self._no = np.sort(self._sign * score[among & ~crosses])
        self._complete = bool(among.all())

    def counts(self, cutoffs: Numbers) -> Counts:
        """`Counts` at one cut-off, or with arrays (k,) at each of `cutoffs` (k,), in any order."""
        cut = self._sign * wanted.numbers("cutoffs", cutoffs)
        hits, alarms = (np.searchsorted(side, cut, side="right") for side in (self._yes, self._no))
        return Counts(hits, self._all[0] - hits, alarms, self._all[1] - alarms)

    def roc(self) -> tuple[Array, Array, Array]:
        """(share of false alarms, share of hits, cut-off), each (k,), from passing nothing to passing all that can pass.

        One point for every score that occurs; the first, with no cut-off (NaN), is where nothing passes.
        """
        self._both()
        cut = np.unique(np.concatenate([self._yes, self._no]))
        hits, alarms = (np.searchsorted(side, cut, side="right") for side in (self._yes, self._no))
        return (np.concatenate([[0.0], alarms / self._all[1]]), np.concatenate([[0.0], hits / self._all[0]]),
                np.concatenate([[np.nan], self._sign * cut]))

    @property
    def auc(self) -> float:
        """Chance that a molecule that crosses outranks one that does not, ties counted half: 0.5 is a coin, 1 is perfect."""
        self._both()
        if not self._complete:
            wanted.refuse("among", "only some molecules", "all of them, for a curve that ends where everything passes")
        below, upto = (np.searchsorted(self._no, self._yes, side=side) for side in ("left", "right"))
        return float(1 - (below + upto).mean() / (2 * self._no.size))

    def _both(self) -> None:
        if not min(self._all):
            wanted.refuse("crosses", "all the same", "molecules that cross and molecules that do not")


def auc(score: Numbers, crosses: Flags, low_passes: bool = True) -> float:
    """Area under the curve of one `score` (n,), in any unit: see `Ranked.auc`."""
    return Ranked(score, crosses, low_passes).auc


def named(names: Iterable[object], text: str) -> Places:
    """Places (found,) of the molecules whose name holds `text`, whatever the case; whole names come first."""
    if not isinstance(text, str) or not text.strip():
        wanted.refuse("text", text, "a name or a part of one")
    if isinstance(names, str) or not isinstance(names, Iterable):
        wanted.refuse("names", names, "a list of names")
    sought = text.strip().casefold()
    whole, part = list[int](), list[int]()
    for place, name in enumerate(names):
        if sought in (found := str(name).casefold()):
            (whole if found == sought else part).append(place)
    return np.array(whole + part, dtype=np.intp)


def defying(passes: Flags, crosses: Flags, by: Numbers | None = None) -> tuple[Places, Places]:
    """Places of the molecules that (pass and do not cross, fail and cross).

    With `by` (n,), a figure of which a rule allows little, such as polar surface, the boldest come first: those that do not
    cross although it is smallest, and those that cross although it is largest.
    """
    crosses = _flags("crosses", crosses)
    passes = _flags("passes", passes, crosses.size)
    lists = [np.flatnonzero(passes & ~crosses), np.flatnonzero(~passes & crosses)]
    if by is not None:
        by = wanted.vector("by", by, crosses.size)
        lists = [places[np.argsort(sign * by[places], kind="stable")] for places, sign in zip(lists, (1, -1))]
    bold, shy = lists
    return bold, shy


def _some(name: str, values: Numbers) -> Array:
    values = wanted.vector(name, values)
    return values if values.size else wanted.refuse(name, [], "at least one number")


def _flags(name: str, values: Flags, length: int | None = None) -> Mask:
    """A one-dimensional array of True and False, not empty; 1 and 0 will do."""
    said = "a list of True and False" if length is None else f"a list of {length} entries, True or False"
    try:
        array = np.asarray(values)
    except ValueError:
        wanted.refuse(name, values, said)
    if array.ndim != 1 or not array.size or (length is not None and array.size != length):
        wanted.refuse(name, f"array of shape {array.shape}", said)
    if array.dtype != bool:
        odd = array[~np.isin(array, (0, 1))] if array.dtype.kind in "iuf" else array
        if odd.size:
            wanted.refuse(name, odd[0], said)
    return array.astype(bool)


def _column(columns: _Columns, name: str, length: int | None) -> Array:
    try:
        values = columns[name]
    except (KeyError, TypeError, IndexError, ValueError):
        wanted.refuse("columns", f"no {name!r}", "a column for every limit")
    return wanted.vector(name, values, length)


def _share(part: Counted, whole: Counted) -> Result:
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.divide(part, whole)
    return shares if np.ndim(shares) else float(shares)
