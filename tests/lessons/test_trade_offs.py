"""What lesson 08 claims must come out of its charts, and its file of invented cases says where it is wrong."""

import json

import pytest

from crossing.facts import data_folder
from crossing.lessons.trade_offs import AllNotKnown, CountedTwice, Effects, ThreeCases, WhatWouldFlip, YourWeights
from crossing.lessons.trade_offs.cases import FILE, INVENTED, CaseError, ada, cases, load
from crossing.models.trade_off import swing_weights, totals

ALL = (ThreeCases, Effects, YourWeights, WhatWouldFlip, CountedTwice, AllNotKnown)


@pytest.fixture(autouse=True)
def unveiled(monkeypatch):
    monkeypatch.setattr("crossing.explore.explorable.Explorable.veiled", property(lambda self: False))


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("narrow", [False, True])
def test_every_chart_says_that_it_recommends_nothing(chart, narrow):
    made = chart()
    made.set_layout("narrow" if narrow else "wide")
    made.draw()
    figure = made.chart.figure
    seen = [t.get_text() for t in figure.findobj(lambda a: hasattr(a, "get_text") and a.get_visible())]
    assert any(INVENTED in text for text in seen)


def test_alone_the_table_strikes_out_one_road_and_no_more():
    assert "So epidural is dominated by pump: 4 of 5 roads are left." in words(Effects, exact=True, road="pump", beside="epidural")
    assert "(" not in words(Effects, exact=True)
    for settings in ({}, {"exact": True}, {"exact": True, "road": "epidural", "beside": "drip"}, {"road": "epidural", "beside": "pump"}):
        assert "dominated" not in words(Effects, **settings), "the learner finds the pair"
    assert "better on 4 of 4" in words(Effects, road="pump", beside="epidural")


def test_each_road_that_is_left_comes_first_for_some_points():
    """So that the guess of the first section has one right answer: four."""
    values, roads, seen = ada().table().values(), list(ada().roads), set()
    steps = (0, 10, 20, 40, 60, 80, 100)
    for a in steps:
        for b in steps:
            for c in steps:
                for d in steps:
                    if a + b + c + d:
                        seen.add(roads[int(totals(values, swing_weights([a, b, c, d])).argmax())])
    assert seen == set(roads) - {"epidural"}


def test_points_make_the_order_and_the_neighbour_has_another():
    assert "pump 65, ventricle 61, drip 59, tablets 56, epidural 52 of 100. Pump comes first in 69 of 100 draws." in words(YourWeights)
    assert "tablets 73, drip 62, pump 59" in words(YourWeights, whose="neighbour")
    assert "in 93 of 100" in words(YourWeights, doubt="half as wide") and "in 100 of 100" in words(YourWeights, doubt="none")


def test_without_anyones_points_the_first_rank_stays_open():
    said = words(YourWeights, whose="any")
    assert "Tablets come first in 44 of 100 draws, pump in 38, ventricle in 11, drip in 6, epidural in 1." in said
    assert "any set as likely as any other" in said


def test_doubts_that_go_together_make_the_order_firmer_and_opposed_ones_less():
    firsts = {r: float(AllNotKnown(together=r).result.ranks[3, 0]) for r in (-0.3, 0.0, 0.5, 0.9)}
    assert list(firsts.values()) == sorted(firsts.values()) and firsts[0.9] - firsts[0.0] > 10
    assert "69 of 100" in words(AllNotKnown) and "no share of people" in words(AllNotKnown)


@pytest.mark.parametrize("points", ["Ada", "neighbour", "order", "any"])
def test_every_road_holds_some_rank_in_every_draw(points):
    ranks = AllNotKnown(points=points).result.ranks
    assert ranks.sum(axis=1) == pytest.approx(100) and ranks.sum(axis=0) == pytest.approx(100)


def test_the_same_points_on_a_longer_range_turn_the_neighbours_order():
    """N13: a weight belongs to a range."""
    said = words(YourWeights, whose="neighbour", range=100)
    assert "pump 75, tablets 73" in said
    own = words(YourWeights, whose="own", relief=100, drowsy=60, harm=60, days=30)
    assert own.replace("Your", "Ada's") == words(YourWeights)


def test_points_count_only_beside_each_other():
    assert words(YourWeights, whose="own", relief=50, drowsy=30, harm=30, days=15).split(":")[1] == words(YourWeights).split(":")[1]


def test_the_widest_interval_flips_nothing_and_a_narrower_one_does():
    assert "the widest share of its range. No flip point lies in it: at its best end the total of drip is 64, that of pump 65." in words(WhatWouldFlip)
    assert "Flip point 22.1: beyond it the ventricle comes first" in words(WhatWouldFlip, effect="device harm, pump")
    assert "2 of 20 effects" in words(WhatWouldFlip) and "0 of 20 effects" in words(WhatWouldFlip, whose="neighbour")
    chart = WhatWouldFlip(effect="device harm, pump")
    assert chart.readings(chart.result)["Worth of learning it"][0] > 0.05
    chart = WhatWouldFlip()
    assert chart.readings(chart.result)["Worth of learning it"][0] < 0.05


def test_near_ties_are_told_apart_and_the_leaders_worst_end_has_its_rival():
    assert "is 65.36, that of pump 65.44" in words(WhatWouldFlip, effect="device harm, ventricle")
    assert "at its worst end the total of pump is 60.64, that of ventricle 60.56" in words(WhatWouldFlip, effect="relief, pump")


def test_a_flip_point_is_where_the_first_road_changes():
    chart = WhatWouldFlip(effect="device harm, pump")
    (x, other), = chart.result.chosen.flips
    case = ada()
    for shift, first in ((-0.1, "pump"), (0.1, other)):
        table = case.table()
        values = table.values()
        values[list(case.roads).index("pump"), 2] = table.criteria[2].value(x + shift)
        assert list(case.roads)[int(totals(values, swing_weights(case.points["Ada"])).argmax())] == first


def test_what_is_written_twice_counts_twice():
    assert "tablets 65, drip 63, pump 62" in words(CountedTwice, lines=2)
    two = words(CountedTwice, lines=2, points=30).split(": ")
    assert two[1].startswith(words(CountedTwice).split(": ")[1]), "shared points leave the order as it was"
    assert words(CountedTwice).split(": ")[1].startswith(two[2].removesuffix(" of 100.")), "and the old totals are told beside the new"


def test_the_cases_as_shipped_are_whole_and_invented():
    assert list(cases()) == ["ada", "ben", "cem"]
    for case in cases().values():
        table = case.table()
        assert table.values().min() >= 0 and table.values().max() <= 1, "no effect lies beyond its criterion's range"
        assert all(table.cell(i, j).source == "invented" for i in range(len(table.options)) for j in range(4))


@pytest.mark.parametrize("harm, where", [
    (lambda raw: raw["cases"][0]["effects"]["pump"].pop("days"), "cases[0].effects.pump"),
    (lambda raw: raw["cases"][0]["effects"].pop("pump"), "cases[0].effects"),
    (lambda raw: raw["cases"][1]["effects"]["vein"].update(time=[30, 40, 20, "low"]), "cases[1].effects.vein.time"),
    (lambda raw: raw["cases"][1]["effects"]["vein"].update(time=[30, 20, 40, "certain"]), "cases[1].effects.vein.time"),
    (lambda raw: raw["cases"][2]["criteria"][0].update(best=10), "cases[2].criteria[0]"),
    (lambda raw: raw["cases"][2]["points"].update(neighbour=[1, 2]), "cases[2].points.neighbour"),
    (lambda raw: raw["cases"][0].pop("who"), "cases[0].who"),
    (lambda raw: raw.pop("cases"), "cases.json"),
])
def test_a_damaged_case_is_named_with_its_place(tmp_path, harm, where):
    raw = json.loads((data_folder() / FILE).read_text(encoding="utf-8"))
    harm(raw)
    path = tmp_path / FILE
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(CaseError) as told:
        load(path)
    assert where in str(told.value) and "wanted" in str(told.value)
