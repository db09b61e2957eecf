"""The puzzle of lesson 05: what a learner buys is shown, what cannot be told apart stays so, and nothing is told too early."""

import itertools
import json
import os
import re

import numpy as np
import pytest

os.environ.setdefault("CROSSING_JOURNAL", ":memory:")

from crossing.explore import journal
from crossing.lessons.pumps import FindTheFault, fault_cases, fault_words
from crossing.lessons.pumps.fault_cases import AFTER, COSTS, COUNT, KINDS
from crossing.lessons.pumps.find_the_fault import LOOK_OF

SWITCH = {look: name for name, look in LOOK_OF.items()}
ALL = dict.fromkeys(LOOK_OF, True)
CANNOT = fault_words.CANNOT


class Open:
    def __init__(self):
        self.made = True

    def committed(self, qid):
        return self.made

    def guess(self, qid):
        return {"text": "a guess"} if self.made else None

    def on_commit(self, qid, callback):
        pass


@pytest.fixture(autouse=True)
def guesses(monkeypatch):
    one = Open()
    monkeypatch.setattr(journal, "for_lesson", lambda lesson: one)
    monkeypatch.setenv("CROSSING_STRICT", "1")
    return one


def result(**values):
    return FindTheFault(**values).result


def words(**values):
    return FindTheFault(**values).words


def truth(number, after=10):
    return KINDS[fault_cases.case(number, after).fault.kind]


def shown(chart):
    """Everything that reaches the page: words, pictures, table, readings, widget."""
    parts, ghosts, said = chart.draw()
    chart.widget._look_behind()
    state = {key: value for key, value in chart.widget.get_state().items() if not key.startswith(("_esm", "_css"))}
    return json.dumps([parts, ghosts, said, chart.table(chart.result), chart.readings(chart.result), state], default=str)


def texts(chart):
    return [text.get_text() for text in [*chart.reads, *chart.score, chart.told]]


# ---- buying -----------------------------------------------------------------------------------------------------


def test_nothing_is_bought_or_claimed_at_the_start():
    start = result()
    assert start.looks == () and start.cost == 0 and start.bits == 0
    assert start.beliefs == pytest.approx(dict.fromkeys(KINDS.values(), 1 / 11))


@pytest.mark.parametrize("look", COSTS)
def test_a_bought_look_shows_its_reading_and_its_price(look):
    chart = FindTheFault()
    chart.draw()
    before = texts(chart)
    chart.set(**{SWITCH[look]: True})
    said, reads = chart.draw()[2], chart.result.shows[look]
    assert f"{fault_words.NAMES[look]}: {reads}" in said and f"Paid {COSTS[look]}," in said
    assert reads in texts(chart) and reads not in before
    assert FindTheFault.controls()[SWITCH[look]].label.endswith(f"cost {COSTS[look]}")
    assert (fault_words.NAMES[look], str(COSTS[look]), reads) in chart.table(chart.result)[1]


def test_only_what_was_bought_is_known():
    reads = {look: fault_cases.case(1, 10).shows[look] for look in COSTS}
    page = shown(FindTheFault(log=True))
    assert reads["log"] in page
    for look in ("x-ray", "side port", "dye"):
        assert reads[look] not in page


def test_a_seen_look_cannot_be_unseen():
    """Put back, its reading goes and its price stays, in this case only, until a reset."""
    chart = FindTheFault(log=True, reservoir=True)
    chart.draw()
    chart.set(reservoir=False)
    said = chart.draw()[2]
    assert "Paid 3 (2 put back)" in said and "reservoir" not in said and "3 (2 put back)" in texts(chart)
    chart.set(case=2)
    assert "Paid 1," in chart.draw()[2]
    chart = FindTheFault()
    chart.set(dye=True)
    assert "Paid 8," in chart.draw()[2]
    chart.reset()
    assert "Paid 0," in chart.draw()[2] and chart.result.looks == ()


def test_a_look_ticked_behind_the_veil_is_not_paid(guesses):
    guesses.made = False
    chart = FindTheFault(dye=True)
    assert chart.draw()[0]["readings"] == "" and chart._seen == {}
    chart.set(dye=False)
    guesses.made = True
    assert "Paid 0," in chart.draw()[2]


def test_order_of_buying_and_a_second_view_change_nothing():
    one, other = FindTheFault(), FindTheFault()
    for name in LOOK_OF:
        one.set(**{name: True})
    for name in reversed(LOOK_OF):
        other.set(**{name: True})
    assert one.draw() == other.draw()
    again = FindTheFault(**one.settings())
    assert again.draw() == one.draw() and again.widget.get_state()["words"] == one.words


def test_a_preset_puts_all_looks_back_and_names_no_cause():
    chart = FindTheFault(**ALL)
    for name in FindTheFault.presets:
        chart.apply(name)
        assert chart.result.looks == () and chart.claim == "not yet"
        assert not any(word in name.lower() for word in "still little programme refill tube tip pump stop full log".split())


# ---- what looks can tell ----------------------------------------------------------------------------------------


def test_a_full_log_and_the_right_volume_leave_five_of_eleven():
    r = result(log=True, reservoir=True)
    assert (r.shows["log"], r.shows["reservoir"]) == ("nothing unusual", "as counted")
    assert set(r.left) == {"refill too weak", "tube leaks", "tube apart", "tip moved", "no pump fault"}
    assert "5 of 11 kinds fit" in words(log=True, reservoir=True)


def test_log_reservoir_and_alarm_are_perfect_where_nothing_arrives():
    """Case 1: settled by another look, and the level that nobody saw is nought."""
    r = result(log=True, reservoir=True, xray=True, claim="tube apart")
    assert r.settled and r.hidden == "tube apart" and r.level < 0.001
    assert not [look for look in ("log", "reservoir") if r.shows[look] != fault_words.LOOKS[look]]


def test_a_sudden_stop_is_drawn_and_told():
    chart = FindTheFault(xray=True, claim="tube apart")
    chart.draw()
    days, level = chart.level.get_data()
    assert level[0] == pytest.approx(1, abs=0.01) and level[-1] < 0.001 and "halved in 4.5 h" in chart.words
    assert np.ptp(days[(level > 0.05) & (level < 0.95)]) < 1  # from nearly all to nearly nothing within a day


def test_the_reservoir_alone_finds_the_second_case():
    assert result(case=2, reservoir=True).left == [truth(2)]
    assert result(case=2, reservoir=True, claim=truth(2)).cheapest == (2, ("reservoir",))


def test_the_third_case_needs_a_look_beyond_the_pump():
    assert len(result(case=3, log=True, reservoir=True, xray=True).left) > 2
    assert len(result(case=3, port=True, log=True, reservoir=True).left) == 2
    assert result(case=3, dye=True).left == [truth(3)]


def test_equal_readings_cannot_be_told_apart():
    """Case 4: everything bought, two kinds left; one look more or less cannot help, and only "cannot tell yet" is licensed."""
    r = result(case=4, **ALL)
    assert r.left == ["motor stands still", "gives too little"]
    for kind in r.left:
        assert fault_words.verdict(result(case=4, **ALL, claim=kind)) == "does not hold yet"
    end = result(case=4, **ALL, claim=CANNOT)
    assert end.licensed and end.settled and end.next_look is None and end.hidden in r.left


def test_how_often_one_looks_sets_what_a_look_can_show():
    early, later = (result(case=6, after=day, log=True, reservoir=True) for day in (4, 10))
    assert early.shows["reservoir"] == "as counted" and later.shows["reservoir"] == "fuller than counted"
    assert len(later.left) < len(early.left) and truth(6, 4) == truth(6, 10) == truth(6, 18)


def test_between_refills_no_refill_is_to_blame():
    r = result(case=6)
    assert r.since > 0 and len(r.left) == 8 and not any(kind.startswith("refill") for kind in r.left)
    assert f"refill day {-r.since};" in words(case=6)


def test_the_diary_tells_no_kind_from_another():
    """Nobody is sure for three days, and every cause makes the effect less by the first day after them and on."""
    for number in range(1, COUNT + 1):
        for after in AFTER:
            it = fault_cases.case(number, after)
            assert set(it.puzzle.table["effect"]) == {"less"}
            assert it.beliefs() == pytest.approx(dict.fromkeys(it.puzzle.kinds, 1 / len(it.puzzle.kinds)))


# ---- claims -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_claims_are_licensed_by_what_was_bought_alone(number):
    """Over many sets of looks: exactly one answer is licensed, and a licensed kind is the hidden one."""
    chart = FindTheFault(case=number)
    sets = list(itertools.product([False, True], repeat=len(LOOK_OF)))
    for bought in sets[:: 9 + number % 5] + [sets[-1]]:
        values = dict(zip(LOOK_OF, bought))
        right = []
        for claim in (CANNOT, *KINDS.values()):
            r = chart.compute(claim=claim, after=10, case=number, **values)
            if r.licensed:
                right.append(claim)
            elif claim != CANNOT:
                assert fault_words.verdict(r) == ("does not hold yet" if claim in r.left else "ruled out")
        assert right == ([r.left[0]] if len(r.left) == 1 else [CANNOT])
        assert right in ([truth(number)], [CANNOT]) and truth(number) in r.left
        assert r.bits == pytest.approx(r.most - fault_cases.case(number, 10).puzzle.doubt(
            fault_cases.case(number, 10).chances(r.looks)), abs=1e-9)


@pytest.mark.parametrize("after", AFTER)
@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_every_case_ends_solved_or_honestly_not(number, after):
    r = result(case=number, after=after, **ALL)
    end = result(case=number, after=after, **ALL, claim=r.left[0] if len(r.left) == 1 else CANNOT)
    assert end.settled and end.hidden == truth(number) and end.hidden in r.left
    cost, looks = end.cheapest
    fewer = result(case=number, after=after, **{SWITCH[look]: True for look in looks})
    assert fewer.left == r.left and fewer.cost == cost <= end.cost
    for look in looks:  # none of them is idle
        assert result(case=number, after=after, **{SWITCH[other]: True for other in looks if other != look}).bits < fewer.bits - 1e-9


def test_cases_cover_every_kind_and_both_endings():
    kinds = [truth(number) for number in range(1, COUNT + 1)]
    assert set(kinds) == set(KINDS.values()) and max(kinds.count(kind) for kind in kinds) <= COUNT / 6
    ends = [len(result(case=number, **ALL).left) for number in range(1, COUNT + 1)]
    assert 0.6 * COUNT < ends.count(1) < COUNT
    assert 0.2 < np.mean([result(case=number).since > 0 for number in range(1, COUNT + 1)]) < 0.6


def test_what_is_worth_most_is_told_after_a_claim_only():
    assert "worth" not in shown(FindTheFault(log=True, reservoir=True))
    chart = FindTheFault(log=True, reservoir=True, claim=CANNOT)
    look, bits = chart.result.next_look
    it = fault_cases.case(1, 10)
    assert bits == max(it.worth(other, ("log", "reservoir")) for other in COSTS)
    assert f"worth most now: {fault_words.NAMES[look]}, {bits:.2f} halvings" in chart.draw()[2]
    assert f"worth most now: {bits:.2f} halvings" in texts(chart)


# ---- nothing too early, everything in words ---------------------------------------------------------------------


@pytest.mark.parametrize("claim", ["not yet", CANNOT, "tube leaks", "tube apart"])
def test_the_cause_is_nowhere_before_the_case_is_settled(claim):
    """Two cases with the same readings so far make the same page, to the letter; only their number differs."""
    twins = [n for n in range(1, COUNT + 1)
             if result(case=n).since == 0 and all(result(case=n, log=True, reservoir=True).shows[look] == fault_words.LOOKS[look]
                                                  for look in ("log", "reservoir"))]
    assert len({truth(n) for n in twins}) > 2
    pages = []
    for n in twins[:6]:
        chart = FindTheFault(case=n, log=True, reservoir=True, claim=claim)
        r = chart.result
        assert not r.settled and r.hidden is None and r.curve is None
        values = chart.draw()
        pages.append((values[0], re.sub(r"^Case \d+", "", values[2]), chart.table(r), chart.readings(r)))
        assert "hidden" not in values[2] and chart.level.get_xdata() == [] and chart.hidden.get_xdata() == []
    assert all(page == pages[0] for page in pages)


@pytest.mark.parametrize("name", [None, *FindTheFault.presets])
def test_the_words_hold_what_the_eye_sees(name):
    chart = FindTheFault(name)
    for values in ({}, {"log": True}, {"reservoir": True, "claim": CANNOT}, ALL | {"claim": CANNOT}, {"claim": truth(int(chart.case))}):
        chart.set(**values)
        r, (_, _, said) = chart.result, chart.draw()
        assert f"Case {r.number}, day {r.after}," in said and f"{r.bits:.2f} of {r.most:.2f} times" in said
        assert f"{len(r.left)} of 11 kinds" in said
        for look in r.looks:
            assert fault_words.NAMES[look] in said
            if r.shows[look] != fault_words.LOOKS[look]:
                assert f"{fault_words.NAMES[look]}: {r.shows[look]}" in said
        for kind in KINDS.values() if 1 < len(r.left) < 11 else ():
            assert (kind in said) == (kind in r.left if len(r.left) <= 5 else kind not in r.left) or r.claim == kind
        if r.claim != "not yet":
            assert f"Claim, {r.claim}: {fault_words.verdict(r)};" in said
        assert ("hidden: " in said) == r.settled


def test_no_sentence_is_too_long():
    longest = 0
    for number in range(1, COUNT + 1, 3):
        chart = FindTheFault(case=number)
        for bought in itertools.product([False, True], repeat=len(LOOK_OF)):
            values = dict(zip(LOOK_OF, bought))
            for claim in (CANNOT, truth(number), "programme mistyped"):
                r = chart.compute(claim=claim, after=AFTER[number % 3], case=number, **values)
                longest = max(longest, len(fault_words.sentence(r, 28)))
    assert longest <= 400


def test_the_fixed_line_and_the_word_invented_are_in_view():
    chart = FindTheFault()
    chart.draw()
    said = " ".join(text.get_text().replace("\n", " ") for text in chart.chart.figure.texts)
    assert "Not a protocol. Suspected pump failure or withdrawal can be fatal: contact the pump team or emergency services." in said
    assert "invented" in FindTheFault.model
    assert any("invented cost" in axes.get_title(loc="left") for axes in chart.chart.figure.axes)
