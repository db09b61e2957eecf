"""How often something happens, how well a count can say it, and how far studies of one thing lie apart.

Counts are whole numbers; shares lie between 0 and 1; rates are events per unit of exposure (a pump-year, a device-day).
Errors: ValueError naming argument, value and what was wanted.

    Wilson     centre (p + z^2/2n) / (1 + z^2/n), half width z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n)
    exact      the shares under which so many events, or more (fewer), have half of the chance that is left over: a beta quantile
    Poisson    the same for a count in an exposure: a gamma quantile over the exposure
    none seen  the share under which no event in n has the chance 1 - level: 1 - (1-level)^(1/n), near 3/n for 95 %
    studies    Q = sum w (y - mean)^2, I2 = (Q - df) / Q; DerSimonian and Laird's tau2 = (Q - df) / (sum w - sum w^2 / sum w)

An `Interval` says its level, its sides ("two-sided", "upper" or "lower") and how it was made, so that a bound from one tail is
never laid beside one from two without a word.

In words: Five of a hundred may stand for anything from two to eleven in a hundred, if chance alone is to blame. An interval
says so. When nothing was seen, the frequency is not zero: three over the number watched is about the largest that fits.
That holds for whoever was watched once; nine hundred looks at twenty-five people are twenty-five people. When studies of
the same thing give figures further apart than chance allows, their common mean describes none of them. The model then
tells how much of the spread is more than chance, and where the next study of that kind may fall.

Assumes: That each one watched had the same chance, independently of the others, and that all were watched equally well. For
a rate, that events come one by one at an even pace. For studies, that their true values scatter like a bell on the scale
of log odds; with few studies the width of that bell is itself poorly known.

Leaves out: Who was left out, not followed or not reported; what the makers of a device paid for; how an event was defined.
No interval knows of them, and they are often larger than chance.

Sources: Wilson EB, J Am Stat Assoc 1927;22:209. Clopper CJ, Pearson ES, Biometrika 1934;26:404. Newcombe RG, Stat Med
1998;17:857 (which interval for a share). Garwood F, Biometrika 1936;28:437 (recalled, not read). Hanley JA, Lippman-Hand A,
JAMA 1983;249:1743 (recalled, not read: nothing seen). DerSimonian R, Laird N, Control Clin Trials 1986;7:177, and Higgins
JPT, Thompson SG, Spiegelhalter DJ, J R Stat Soc A 2009;172:137 (both recalled, not read).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, expit, gammaincc, gammaincinv, ndtri, stdtrit

from . import wanted
from .wanted import Numbers

SIDES = ("two-sided", "upper", "lower")


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, shares or rates; `level` of confidence, a share; `sides`: "two-sided", "upper" (low is 0) or "lower" (no upper end)."""

    low: float
    high: float
    level: float
    sides: str
    method: str

    def in_words(self) -> str:
        """How the interval was made, as it stands beside a figure: "Wilson, 95 %, two-sided"."""
        return f"{self.method}, {100 * self.level:g} %, {self.sides}"


def _tail(level: float, sides: str) -> tuple[float, float]:
    """Chance left over at each end that is bounded."""
    level = wanted.between("level", level, 0.5, 0.9999)
    if sides not in SIDES:
        wanted.refuse("sides", sides, ", ".join(SIDES))
    return level, (1 - level) / (2 if sides == "two-sided" else 1)


def _counted(events: int, of: int) -> tuple[int, int]:
    of = wanted.whole("of", of, 1)
    events = wanted.whole("events", events, 0)
    if events > of:
        wanted.refuse("events", events, f"at most `of`, {of}")
    return events, of


def _sided(low: float, high: float, top: float, level: float, sides: str, method: str) -> Interval:
    return Interval(float(low) if sides != "upper" else 0.0, float(high) if sides != "lower" else top, level, sides, method)


def wilson(events: int, of: int, level: float = 0.95, sides: str = "two-sided") -> Interval:
    """Wilson's score interval for a share. Never leaves 0 to 1, and is not empty when nothing or everything happened."""
    events, of = _counted(events, of)
    level, tail = _tail(level, sides)
    z, share = -ndtri(tail), events / of
    middle, half = share + z**2 / (2 * of), z * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    low, high = (middle - half) / (1 + z**2 / of), (middle + half) / (1 + z**2 / of)
    return _sided(0.0 if events == 0 else low, 1.0 if events == of else high, 1.0, level, sides, "Wilson")


def exact(events: int, of: int, level: float = 0.95, sides: str = "two-sided") -> Interval:
    """Clopper and Pearson's exact interval for a share: covers at least as often as it says, mostly more often."""
    events, of = _counted(events, of)
    level, tail = _tail(level, sides)
    low = 0.0 if events == 0 else betaincinv(events, of - events + 1, tail)
    high = 1.0 if events == of else betaincinv(events + 1, of - events, 1 - tail)
    return _sided(low, high, 1.0, level, sides, "exact (Clopper-Pearson)")


def poisson(events: int, exposure: float, level: float = 0.95, sides: str = "two-sided") -> Interval:
    """Garwood's exact interval for a rate: `events` in an `exposure` (pump-years, device-days), per unit of it."""
    events, exposure = wanted.whole("events", events, 0), wanted.positive("exposure", exposure)
    level, tail = _tail(level, sides)
    low = 0.0 if events == 0 else gammaincinv(events, tail)
    return _sided(low / exposure, gammaincinv(events + 1, 1 - tail) / exposure, np.inf, level, sides, "exact Poisson (Garwood)")


def none_seen(of: int, level: float = 0.95) -> Interval:
    """How large a share may be when none of `of` had the event: the exact bound, one-sided ("upper")."""
    return exact(0, of, level, "upper")


def rule_of_three(of: int) -> float:
    """3 / of: the usual short form of `none_seen` at 95 %. Too large for few (1 or more below 4), right to 5 % from 30 on."""
    return 3 / wanted.whole("of", of, 1)


@dataclass(frozen=True)
class Difference:
    """Two shares side by side: `first` and `second`, their `points` (first less second), `ratio`, and Newcombe's interval of the points."""

    first: float
    second: float
    points: float
    ratio: float
    interval: Interval


def difference(first_events: int, first_of: int, second_events: int, second_of: int, level: float = 0.95) -> Difference:
    """Share of the first group less that of the second. Interval: Newcombe's, from the two Wilson intervals; ratio: inf over none."""
    a, b = wilson(first_events, first_of, level), wilson(second_events, second_of, level)
    p, q = first_events / first_of, second_events / second_of
    low = p - q - np.hypot(p - a.low, b.high - q)
    high = p - q + np.hypot(a.high - p, q - b.low)
    ratio = p / q if q else (np.inf if p else np.nan)
    return Difference(p, q, p - q, ratio, Interval(float(low), float(high), level, "two-sided", "Newcombe"))


@dataclass(frozen=True)
class Spread:
    """What several studies of one thing say together: shares, unless the estimates given were in another unit.

    `mean`, `low`, `high`: the random-effects mean and its interval; `next_low`, `next_high`: where the true value of one more
    study of the kind may lie (not a number with fewer than three); `q`, `chance`: Cochran's Q and the chance of so large a Q
    if all studies measured one value; `i2`: share of the spread that is more than chance; `tau`: its standard deviation (for
    shares, of their log odds).
    """

    mean: float
    low: float
    high: float
    next_low: float
    next_high: float
    q: float
    chance: float
    i2: float
    tau: float


def spread_of(estimates: Numbers, variances: Numbers, level: float = 0.95) -> Spread:
    """Random effects after DerSimonian and Laird for `estimates` (n,), in any unit in which they are bell-shaped, with `variances`
    (n,), in that unit squared."""
    y = wanted.vector("estimates", estimates)
    if y.size < 2:
        wanted.refuse("estimates", f"{y.size} of them", "at least two studies")
    v = wanted.vector("variances", variances, y.size)
    if np.any(v <= 0):
        wanted.refuse("variances", v[v <= 0][0], "numbers above 0")
    level, tail = _tail(level, "two-sided")
    w, df = 1 / v, y.size - 1
    q = float(np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2))
    tau2 = max(0.0, (q - df) / float(np.sum(w) - np.sum(w**2) / np.sum(w)))
    w = 1 / (v + tau2)
    mean, variance = float(np.sum(w * y) / np.sum(w)), float(1 / np.sum(w))
    half = -ndtri(tail) * np.sqrt(variance)
    next_half = -stdtrit(y.size - 2, tail) * np.sqrt(tau2 + variance) if y.size > 2 else np.nan
    i2 = max(0.0, (q - df) / q) if q else 0.0
    return Spread(mean, mean - half, mean + half, mean - next_half, mean + next_half, q, float(gammaincc(df / 2, q / 2)), i2, np.sqrt(tau2))


def spread_of_shares(events: Numbers, of: Numbers, level: float = 0.95) -> Spread:
    """The same for counts: events (n,) of (n,), on the scale of log odds; 0.5 is added to every cell where any study has none or all."""
    of = wanted.numbers("of", wanted.vector("of", of), 1)
    events = wanted.numbers("events", wanted.vector("events", events, of.size), 0)
    if np.any(events > of):
        wanted.refuse("events", events[events > of][0], "at most `of` of the same study")
    yes, no = events, of - events
    if np.any(yes == 0) or np.any(no == 0):
        yes, no = yes + 0.5, no + 0.5
    found = spread_of(np.log(yes / no), 1 / yes + 1 / no, level)
    mean, low, high, next_low, next_high = expit([found.mean, found.low, found.high, found.next_low, found.next_high]).tolist()
    return Spread(mean, low, high, next_low, next_high, found.q, found.chance, found.i2, found.tau)
