"""Finding out about a compound: beliefs against brute force, coverage, and what cannot be told."""

import numpy as np
import pytest

from crossing.models.unknown import ERRORS, EXPERIMENTS, PROPERTIES, RANGES, Constants, Puzzle, entering, free_ratio, leaving

PUZZLE = Puzzle(Constants(0.2, 150.0, 21.0, 30.0))
ALL = (*PROPERTIES, "ratio")


def readings(seed, *experiments):
    compound = PUZZLE.compound(seed)
    return {e: PUZZLE.reading(compound, e, seed) for e in experiments}


def width(known, name):
    low, high = known.interval(name)
    return np.log10(high / low)


# ---- the wall -------------------------------------------------------------------------------------------------------


def test_two_membranes_and_a_pump_agree_with_the_flows_of_a_cell():
    """The cell of the wall at rest: what comes in equals what goes out; worked out by solving it, not by the formula."""
    for wall, pump in ((1.0, 0.0), (0.5, 3.0), (20.0, 400.0)):
        side = 2 * wall
        inside = side / (2 * side + pump)  # blood 1, brain 0
        assert entering(wall, pump) == pytest.approx(side * inside)
        inside = side / (2 * side + pump)  # blood 0, brain 1
        assert leaving(wall, pump) == pytest.approx(side * (1 - inside))


def test_without_a_pump_the_wall_is_alike_both_ways_and_the_stream_alone_lowers_the_ratio():
    assert entering(3.0, 0.0) == leaving(3.0, 0.0) == 3.0
    assert free_ratio(3.0, 0.0, 0.0) == 1.0 and free_ratio(0.2, 0.0, 0.2) == pytest.approx(0.5)
    pumps = np.geomspace(0.1, 1e4, 30)
    assert np.all(np.diff(free_ratio(2.0, pumps, 0.2)) < 0) and np.all(np.diff(entering(2.0, pumps)) < 0)
    assert free_ratio(2.0, 100.0, 0.0) == pytest.approx(2 * 2.0 / (2 * 2.0 + 100.0)), "luminal crossing over crossing and pump"


# ---- beliefs --------------------------------------------------------------------------------------------------------


def brute(bought, count=3_000_000):
    """Weighted draws over the ranges: the same beliefs by chance."""
    chance = np.random.default_rng(0)
    draws = {name: chance.uniform(low, high, count) for name, (low, high, _) in RANGES.items()}
    wall, pump = 10 ** draws["wall"], 10 ** draws["pump"]
    draws["ratio"] = np.log10(free_ratio(wall, pump, PUZZLE.constants.stream))
    c, loss = PUZZLE.constants, draws["loss"]
    half = np.log10(np.log(2) * c.volume_ml / c.renewal_ml_per_h) - loss
    says = {"brain": draws["ratio"] + draws["free"] + draws["held"], "one pass": np.log10(entering(wall, pump)), "plasma": draws["free"],
            "brain, pump blocked": np.log10(free_ratio(wall, 0 * pump, c.stream)) + draws["free"] + draws["held"], "slices": draws["held"],
            "csf by vein": draws["free"] + draws["door"], "csf by lumbar dose": half}
    fit = sum(-0.5 * ((bought[e] - says[e]) / np.log10(1 + ERRORS[e])) ** 2 for e in bought)
    weights = np.exp(fit - fit.max())
    return draws, says, weights / weights.sum()


def quantiles(values, weights, *shares):
    order = np.argsort(values)
    return np.interp(shares, np.cumsum(weights[order]), values[order])


@pytest.mark.parametrize("bought", [("brain",), ("brain", "csf by vein"), ("brain", "one pass"), ("brain", "brain, pump blocked", "plasma")])
def test_beliefs_are_those_of_brute_force(bought):
    told = readings(11, *bought)
    known, (draws, says, weights) = PUZZLE.learn(told), brute(told)
    for name in ALL:
        assert np.log10(known.interval(name)) == pytest.approx(quantiles(draws[name], weights, 0.05, 0.95), abs=0.06), name
    next_one = "csf by lumbar dose"
    chance = np.random.default_rng(1).standard_normal(weights.size)
    for experiment in {"slices", "csf by vein", next_one} - set(bought):
        expected = quantiles(says[experiment] + np.log10(1 + ERRORS[experiment]) * chance, weights, 0.05, 0.95)
        assert np.log10(known.foresee(experiment)) == pytest.approx(expected, abs=0.06), experiment


def test_nine_tenths_of_the_intervals_hold_the_truth():
    inside = dict.fromkeys(PROPERTIES, 0)
    for seed in range(200):
        compound = PUZZLE.compound(seed)
        known = PUZZLE.learn(readings(seed, "brain", "one pass", "one pass, pump blocked", "plasma", "csf by vein", "csf by lumbar dose"))
        for name in PROPERTIES:
            low, high = known.interval(name)
            inside[name] += low <= 10 ** compound[name] <= high
    for name, count in inside.items():
        assert 0.83 * 200 < count < 0.96 * 200, (name, count)


def test_what_is_foreseen_comes_true_nine_times_in_ten():
    hits = [low <= 10 ** readings(seed, "brain, pump blocked")["brain, pump blocked"] <= high
            for seed in range(150) for low, high in [PUZZLE.learn(readings(seed, "brain", "plasma", "slices")).foresee("brain, pump blocked")]]
    assert 0.83 < np.mean(hits) < 0.97


# ---- what can and what cannot be told ---------------------------------------------------------------------------------


def test_a_total_alone_parts_neither_pump_nor_plasma_nor_tissue():
    before, after = PUZZLE.learn({}), PUZZLE.learn(readings(5, "brain"))
    for name in ("pump", "free", "held", "wall"):
        assert width(after, name) > 0.6 * width(before, name), name


def test_a_blocker_shows_the_pump_and_binding_shows_the_rest():
    seed = next(s for s in range(100) if PUZZLE.exact(PUZZLE.compound(s), "brain, pump blocked") - PUZZLE.exact(PUZZLE.compound(s), "brain") > 1)
    known = PUZZLE.learn(readings(seed, "brain", "brain, pump blocked", "plasma"))
    assert known.chance("ratio", below=0.4) > 0.9 and width(known, "held") < 0.6
    assert width(known, "pump") > 1, "how strong the pump is needs the speed of the wall as well"
    assert width(PUZZLE.learn(readings(seed, "brain", "brain, pump blocked", "one pass, pump blocked")), "pump") < 1


def test_what_bears_on_nothing_else_leaves_the_rest_as_it_was():
    bought = readings(5, "brain", "plasma")
    before, after = PUZZLE.learn(bought), PUZZLE.learn(bought | readings(5, "csf by lumbar dose", "along the canal", "csf by vein"))
    for name in ("wall", "pump", "held", "ratio"):
        assert after.interval(name) == pytest.approx(before.interval(name), rel=0.05), name


def test_the_canal_teaches_again_what_the_lumbar_dose_taught():
    once, twice = (PUZZLE.learn(readings(5, *e)) for e in (("csf by lumbar dose",), ("csf by lumbar dose", "along the canal")))
    assert width(twice, "loss") > 0.8 * width(once, "loss")
    assert width(PUZZLE.learn(readings(5, "along the canal")), "loss") < 0.8 * width(PUZZLE.learn({}), "loss")


def test_supposing_narrows_what_is_foreseen():
    known = PUZZLE.learn({"brain": -1.5})
    pumped, held = known.supposing({"ratio": (None, 0.1)}), known.supposing({"ratio": (0.7, None)})
    low, high = pumped.foresee("brain, pump blocked"), held.foresee("brain, pump blocked")
    assert low[1] > high[1] and high[1] < 0.1, "without a pump a blocker changes nothing"
    assert known.supposing({"free": (1.5, 2.0)}).foresee("plasma") is None


def test_weights_of_what_shuts_each_other_out_add_up():
    known = PUZZLE.learn(readings(5, "brain", "plasma"))
    parts = [known.supposing({"ratio": bounds}).weight() for bounds in ((None, 0.4), (0.4, None))]
    assert sum(parts) == pytest.approx(known.weight()) and parts[0] / sum(parts) == pytest.approx(known.chance("ratio", below=0.4), abs=0.03)


def test_a_compound_and_its_readings_are_the_same_every_time():
    assert PUZZLE.compound(7) == PUZZLE.compound(7) != PUZZLE.compound(8)
    assert readings(7, *EXPERIMENTS) == readings(7, *EXPERIMENTS)


@pytest.mark.parametrize("bad", [lambda: PUZZLE.learn({"taste": 1.0}), lambda: PUZZLE.learn({"brain": float("nan")}), lambda: PUZZLE.compound(-1),
                                 lambda: PUZZLE.learn({}).interval("colour"), lambda: PUZZLE.learn({}).foresee("taste"), lambda: Constants(0, 1, 1, 1),
                                 lambda: Puzzle("constants"), lambda: PUZZLE.learn({}).supposing({"taste": (1, 2)}), lambda: PUZZLE.reading(PUZZLE.compound(1), "taste", 1)])
def test_bad_input_is_named(bad):
    with pytest.raises(ValueError, match="wanted"):
        bad()
