"""A body put together from compartments and flows: what it says about itself, its closed forms, its accounts, its memory."""

import numpy as np
import pytest
from comparisons import closed_form
from scipy.integrate import solve_ivp

from crossing.models.body import (Body, Compartment, Flow, Parameter, advantage_of_two_boxes, two_boxes)
from crossing.models.dosing import Bolus, Infusion, Schedule

TIMES = np.linspace(0, 24, 49)


def small(**changes):
    """Blood with binding, a tissue that holds on, a sink. Two parameters measured, one assumed."""
    parameters = {"blood": Parameter(3000, "mL", "measured in man", "a paper"), "free": Parameter(0.5, "", "measured in animals"),
                  "room": Parameter(4.0, "", "assumed"), "clearance": 120.0, **changes}
    return Body(
        [Compartment("plasma", "blood", lambda p: p.blood, lambda p: 1 / p.free), Compartment("tissue", "flesh", 1000.0, lambda p: p.room)],
        [Flow("plasma", "kidney", "clearance", lambda p: p.clearance, "clearance", "all"),
         Flow("plasma", "tissue", "wall", 60.0), Flow("tissue", "plasma", "wall", 60.0)], parameters, {"all of it": ["plasma", "tissue"]})


# -- what it says about itself -----------------------------------------------------------------------------------------

def test_the_table_says_where_each_flow_leads_and_what_it_rests_on():
    table = small().table()
    assert [(row.start, row.to) for row in table] == [("plasma", "kidney"), ("plasma", "tissue"), ("tissue", "plasma")]
    assert table[0].rests_on == ("clearance",) and table[0].ml_per_h == 120 and table[1].rests_on == ()
    printed = str(table).splitlines()
    assert len(printed) == 4 and "from" in printed[0] and "kidney" in printed[1] and "set by hand" in printed[1]


def test_a_flow_is_only_as_firm_as_the_weakest_number_behind_it():
    def weakest(**marks):
        parameters = {name: Parameter(1.0, mark=mark) for name, mark in marks.items()}
        flows = [Flow("plasma", "out", "all of them", lambda p: p.a * p.b * p.c)]
        return Body([Compartment("plasma", "", 1.0)], flows, parameters).table()[0].mark
    man, animals, assumed = "measured in man", "measured in animals", "assumed"
    assert weakest(a=man, b=man, c=man) == man
    assert weakest(a=man, b=animals, c=man) == animals
    assert weakest(a=man, b=animals, c=assumed) == assumed


def test_marks_count_what_was_measured_where_and_travel_with_every_run():
    body = small()
    assert body.marks == {"measured in man": 1, "measured in animals": 1, "assumed": 1, "set by hand": 1}
    assert str(body.run([("plasma", Bolus(0))], TIMES).marks) == "1 measured in man, 1 measured in animals, 1 assumed, 1 set by hand"
    assert str(body.changed(blood=2500).marks) == "1 measured in animals, 1 assumed, 2 set by hand"


def test_only_parameters_that_are_used_are_counted():
    assert sum(small(unused=Parameter(1, mark="assumed")).marks.values()) == 4


def test_the_matrix_is_what_flow_over_volume_gives():
    """Free drug in blood is half, in tissue a quarter; the clearance is of all of it."""
    rates = small().matrix
    assert rates == pytest.approx(np.array([[-120 / 3000 - 60 * 0.5 / 3000, 60 / 4 / 1000], [60 * 0.5 / 3000, -60 / 4 / 1000]]))


# -- closed forms ---------------------------------------------------------------------------------------------------------

@closed_form("targeting advantage")
@pytest.mark.parametrize("exit_ml_per_h", [1.0, 30.0, 5000.0])
@pytest.mark.parametrize("clearance, entry", [(6000.0, 2.0), (500.0, 50.0), (90000.0, 1.35)])
def test_two_boxes_have_the_advantage_of_the_formula_whatever_leaves_the_fluid(clearance, entry, exit_ml_per_h):
    """1 + CL_plasma / Q_in, all loss of the fluid going to the blood."""
    body = two_boxes(3000, 150, clearance, entry, exit_ml_per_h)
    run = body.run([("CSF", Bolus(0))], TIMES)
    assert run.targeting_advantage("CSF") == pytest.approx(1 + clearance / entry, rel=1e-9)
    assert run.targeting_advantage("CSF") == pytest.approx(advantage_of_two_boxes(clearance, entry), rel=1e-9)
    assert body.run([("plasma", Bolus(0))], TIMES).targeting_advantage("CSF") == pytest.approx(1, rel=1e-9)


def test_the_formula_takes_arrays():
    assert advantage_of_two_boxes([100.0, 200.0], 10.0) == pytest.approx([11, 21])
    assert isinstance(advantage_of_two_boxes(100, 10), float)


def test_an_endless_infusion_has_the_same_advantage_and_an_endless_area():
    body = two_boxes(3000, 150, 6000, 2, 30)
    run = body.run([("CSF", Infusion(0, np.inf, 0.1))], TIMES)
    assert run.endless and run.area("CSF") == np.inf
    assert run.targeting_advantage("CSF") == pytest.approx(3001)


def test_what_comes_into_blood_is_all_that_was_given_so_its_area_is_dose_over_clearance():
    """No matter how long it was held in the fluid."""
    for exit_ml_per_h in (0.5, 50):
        assert two_boxes(3000, 150, 6000, 2, exit_ml_per_h).areas("CSF").level("plasma") == pytest.approx(1 / 6000)


def luu(facts):
    """Fluid, tissue, plasma and a rest of the body, with the parameters of Luu 2017; the rest is made up and does not matter."""
    ml, flow = (lambda name: facts[name].to("mL")), (lambda name: facts[name].to("mL/h"))
    return Body([Compartment("fluid", "", ml("nusi_vcsf")), Compartment("tissue", "", ml("nusi_vtis")),
                 Compartment("plasma", "", 3000.0), Compartment("rest", "", 20000.0)],
                [Flow("fluid", "tissue", "exchange", flow("nusi_qcsf")), Flow("tissue", "fluid", "exchange", flow("nusi_qcsf")),
                 Flow("fluid", "plasma", "clearance from fluid", flow("nusi_clcsf")), Flow("plasma", "kidney", "clearance", flow("nusi_clp")),
                 Flow("plasma", "rest", "", 1000.0), Flow("rest", "plasma", "", 1000.0)])


@closed_form("targeting advantage of nusinersen")
def test_nusinersen_stands_18_8_times_as_long_in_fluid_as_in_plasma(facts):
    areas = luu(facts).areas("fluid")
    assert areas.level("fluid") / areas.level("plasma") == pytest.approx(18.8, rel=0.002)
    assert areas.level("fluid") / areas.level("plasma") == pytest.approx(facts["nusi_clp"].value / facts["nusi_clcsf"].value)
    slowest = -np.linalg.eigvals(luu(facts).matrix).real.max()
    assert np.log(2) / slowest / 24 == pytest.approx(facts["nusi_thalf"].value, rel=0.01)


# -- runs -----------------------------------------------------------------------------------------------------------------

def test_a_day_agrees_with_another_solver():
    body, schedule = small(), Schedule([Bolus(0), Infusion(2, 9, 0.2), Bolus(5.5, 0.3)])
    run = body.run([("plasma", schedule)], TIMES)

    def slope(t, x):
        return body.matrix @ x + np.array([0.2 if 2 <= t < 9 else 0.0, 0])
    x, now, other = np.array([1.0, 0.0]), 0.0, {}
    for stop, jump in ((2.0, 0), (5.5, 0.3), (9.0, 0), (24.0, 0)):
        inside = TIMES[(TIMES >= now) & (TIMES < stop)]
        path = solve_ivp(slope, (now, stop), x, t_eval=[*inside, stop], rtol=1e-11, atol=1e-13, max_step=0.5)
        other |= dict(zip(inside, path.y.T))
        x, now = path.y[:, -1] + [jump, 0], stop
    other[24.0] = x
    assert np.array([other[t] for t in TIMES]) == pytest.approx(run.amount(["plasma", "tissue"]), rel=1e-7, abs=1e-9)


def test_levels_count_what_is_held_and_free_levels_do_not():
    body = small()
    steady = body.steady("plasma", 3.0)
    assert steady.level("plasma") == pytest.approx(3.0 / 120)
    assert steady.free("plasma") == pytest.approx(steady.free("tissue"))  # a wall alone: equal free levels
    assert steady.level("tissue") == pytest.approx(4 * steady.free("tissue"))
    assert steady.amount("all of it") == pytest.approx(steady.amount(["plasma", "tissue"]).sum())
    assert steady.level("all of it") == pytest.approx(steady.amount("all of it") / body.volume_ml("all of it"))


def test_the_long_run_is_the_steady_state_and_the_area_is_the_area_under_the_drawn_curve():
    body, long = small(), np.linspace(0, 3000, 60001)
    assert body.run([("plasma", Infusion(0, np.inf, 2.0))], long[-1:]).level("tissue")[0] == pytest.approx(body.steady("plasma", 2).level("tissue"))
    run = body.run([("plasma", Bolus(0)), ("tissue", Infusion(1, 3, 0.5))], long)
    for name in ("plasma", "tissue", "all of it"):
        assert run.area(name) == pytest.approx(np.trapezoid(run.level(name), run.times), rel=1e-4)
        assert run.area_so_far(name)[-1] == pytest.approx(run.area(name), rel=1e-7)


def test_several_names_give_columns():
    run = small().run([("plasma", Bolus(0))], TIMES)
    assert run.level(["plasma", "tissue"]).shape == (49, 2)
    assert run.level(["plasma", "tissue"])[:, 1] == pytest.approx(run.level("tissue"))
    assert run.area(["plasma", "tissue"]).shape == run.targeting_advantage(["plasma", "tissue"]).shape == (2,)


def test_every_part_of_the_dose_is_somewhere():
    run = small().run([("plasma", Schedule([Bolus(0), Infusion(2, 9, 0.2)])), ("tissue", Bolus(3, 0.5))], TIMES)
    assert set(run.tallies) == {"given", "plasma", "tissue", "kidney"} and run.balance < 1e-9
    assert run.tallies["given"][-1] == pytest.approx(1 + 1.4 + 0.5)
    assert run.carried("plasma", "kidney") == pytest.approx(run.tallies["kidney"])
    stored = run.carried("plasma", "tissue") - run.carried("tissue", "plasma") + 0.5 * (TIMES >= 3)
    assert stored == pytest.approx(run.amount("tissue"), abs=1e-12)


def test_a_body_may_change_for_some_hours_and_its_accounts_still_close():
    body = small()
    open_, times = body.changed(clearance=600), np.linspace(0, 30, 61)
    run = body.run([("plasma", Bolus(0)), ("plasma", Infusion(3, 8, 0.1))], times, [(2.25, open_), (6, body)])
    assert run.balance < 1e-9
    # By hand: three runs, one after the other.
    first = body.run([("plasma", Bolus(0))], [2.25]).amount(["plasma", "tissue"])[0]
    second = open_.run([(first, Bolus(0)), ("plasma", Infusion(0.75, 3.75, 0.1))], [3.75]).amount(["plasma", "tissue"])[0]
    third = body.run([(second, Bolus(0)), ("plasma", Infusion(0, 2, 0.1))], [10.0]).amount(["plasma", "tissue"])[0]
    assert run.amount(["plasma", "tissue"])[times == 16][0] == pytest.approx(third)
    far = body.run([("plasma", Bolus(0)), ("plasma", Infusion(3, 8, 0.1))], [4000.0], [(2.25, open_), (6, body)])
    assert run.area("plasma") == pytest.approx(far.area_so_far("plasma")[-1], rel=1e-6)


def test_only_what_a_dose_reaches_needs_a_way_out():
    """A closed room does not keep a dose elsewhere from having an area; a dose into it has none."""
    body = Body([Compartment("plasma", "", 10.0), Compartment("room", "", 5.0)], [Flow("plasma", "out", "", 2.0), Flow("room", "plasma", "", 0.0)])
    assert body.areas("plasma").level("plasma") == pytest.approx(0.5) and body.areas("plasma").level("room") == 0
    with pytest.raises(ValueError, match="room"):
        body.areas("room")
    assert body.run([("room", Bolus(0))], TIMES).amount("room") == pytest.approx(np.ones(49))


# -- what is worked out anew ------------------------------------------------------------------------------------------------

def test_a_change_works_out_only_what_rests_on_it():
    calls = []

    def noted(name):
        return lambda p: (calls.append(name), getattr(p, name))[1]
    body = Body([Compartment("plasma", "", noted("volume"))],
                [Flow("plasma", "out", "", noted("clearance")), Flow("plasma", "elsewhere", "", noted("other"))],
                dict(volume=100.0, clearance=5.0, other=1.0))
    calls.clear()
    body.changed(clearance=6.0)
    assert calls == ["clearance"]
    body.changed(clearance=6.0)
    assert calls == ["clearance"]  # kept from the last time


def test_a_change_is_the_body_that_would_have_been_built():
    assert small().changed(free=0.2, room=9.0).matrix == pytest.approx(small(free=0.2, room=9.0).matrix)
    assert small().changed(free=0.2).changed(room=9.0).matrix == pytest.approx(small(free=0.2, room=9.0).matrix)
    body = small()
    assert body.changed(free=0.2).changed(free=0.5) is body and body.changed() is body
    assert body.parameters["free"].mark == "measured in animals"  # the first one stays what it was


def test_dose_route_and_schedule_never_touch_the_system_and_a_dose_alone_not_even_the_run():
    body = small()
    one = body.run([("plasma", Bolus(0))], TIMES)
    system, path = body.system, one._path
    double, other = body.run([("plasma", Bolus(0, 2.0))], TIMES), body.run([("tissue", Bolus(1))], TIMES)
    assert body.system is system and double._path is path and other._path is not path
    assert double.level("tissue") == pytest.approx(2 * one.level("tissue"))
    assert double.area("tissue") == pytest.approx(2 * one.area("tissue"))


def test_only_so_many_changes_are_kept():
    body = small()
    for clearance in np.linspace(10, 500, 100):
        body.changed(clearance=clearance).run([("plasma", Bolus(0))], TIMES)
    assert len(body._made) < 20 and len(body._runs) < 20


def test_a_sweep_gives_the_areas_of_each_body():
    body, values = small(), np.array([30.0, 120.0, 700.0])
    sweep = body.areas_along("clearance", values, "plasma")
    assert sweep.level("tissue") == pytest.approx([small(clearance=v).areas("plasma").level("tissue") for v in values])
    rooms = body.areas_along("room", [1.0, 8.0], "plasma")
    assert rooms.level("tissue") == pytest.approx([small(room=v).areas("plasma").level("tissue") for v in (1.0, 8.0)])
    assert rooms.free("tissue")[0] == pytest.approx(rooms.free("tissue")[1])  # binding does not move the free level


# -- bad input ----------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("build, words", [
    (lambda: Body([], []), "compartments"),
    (lambda: Body([Compartment("a", "", 1.0)] * 2, [], blood="a"), "each name once"),
    (lambda: Body([Compartment("a", "", 1.0)], [Flow("b", "a", "", 1.0)], blood="a"), "Flow.start"),
    (lambda: Body([Compartment("a", "", 1.0)], [Flow("a", "a", "", 1.0)], blood="a"), "elsewhere"),
    (lambda: Body([Compartment("a", "", 1.0)], [Flow("a", "b", "", 1.0, "magic")], blood="a"), "magic"),
    (lambda: Body([Compartment("a", "", 1.0)], []), "blood"),
    (lambda: Body([Compartment("a", "", 1.0)], [], groups={"a": ["a"]}, blood="a"), "groups"),
    (lambda: Body([Compartment("a", "", 1.0)], [], groups={"g": ["b"]}, blood="a"), "groups"),
    (lambda: Body([Compartment("a", "", -1.0)], [], blood="a"), "volume_ml of a.*-1"),
    (lambda: Body([Compartment("a", "", float("nan"))], [], blood="a"), "volume_ml of a.*nan"),
    (lambda: Body([Compartment("a", "", lambda p: p.v)], [], blood="a"), "a value for v"),
    (lambda: Body([Compartment("a", "", lambda p: 1 / p.v)], [], {"v": 0}, blood="a"), "volume_ml of a .*inf"),
    (lambda: Body([Compartment("a", "", lambda p: 1 - p.v)], [], {"v": 2}, blood="a"), r"volume_ml of a \(v\).*-1"),
    (lambda: Body([Compartment("a", "", 1.0)], [Flow("a", "b", "", -3.0)], blood="a"), "ml_per_h from a to b.*-3"),
    (lambda: small(blood="much"), "blood.*much"),
    (lambda: small(blood=-5), "blood.*-5"),
    (lambda: Parameter(float("inf")), "value.*inf"),
    (lambda: Parameter(1, mark="guessed"), "mark.*guessed"),
    (lambda: small().changed(nothing=1), "nothing.*blood"),
    (lambda: small().changed(blood=float("nan")), "blood.*nan"),
    (lambda: small().changed(blood=0), "volume_ml of plasma"),
    (lambda: small().run([("liver", Bolus(0))], TIMES), "where.*liver"),
    (lambda: small().run([([1, -1], Bolus(0))], TIMES), "where.*-1"),
    (lambda: small().run([([1], Bolus(0))], TIMES), "where.*list of 2"),
    (lambda: small().run([("plasma", 3)], TIMES), "doses"),
    (lambda: small().run([("plasma", Bolus(0))], []), "times"),
    (lambda: small().run([("plasma", Bolus(0))], [2, 1]), "ascending"),
    (lambda: small().run([("plasma", Bolus(0))], [-1]), "times.*-1"),
    (lambda: small().run([("plasma", Bolus(0))], TIMES, [(2, small())]), "then"),
    (lambda: small().run([("plasma", Bolus(0))], TIMES, [(0, small())]), "then.*0"),
    (lambda: (it := small()).run([("plasma", Bolus(0))], TIMES, [(2, it.changed(blood=1500.0))]), "then.*volumes"),
    (lambda: small().run([("plasma", Bolus(0))], TIMES).level("liver"), "name.*liver"),
    (lambda: small().run([("plasma", Bolus(0))], TIMES).level(3), "name.*3"),
    (lambda: small().run([("plasma", Bolus(0))], TIMES).carried("plasma", "liver"), "to.*liver"),
    (lambda: small().steady("plasma", -1), "rate.*-1"),
    (lambda: small().areas("plasma", float("nan")), "amount.*nan"),
    (lambda: small().areas_along("liver", [1], "plasma"), "name.*liver"),
    (lambda: small().areas_along("room", [], "plasma"), "values"),
    (lambda: small().areas_along("room", [-1], "plasma"), "values.*-1"),
    (lambda: two_boxes(0, 150, 1, 1, 1), "blood_ml"),
    (lambda: two_boxes(3000, 150, 1, -1, 1), "entry_ml_per_h.*-1"),
    (lambda: advantage_of_two_boxes(1, [1, 0]), "entry_ml_per_h"),
    (lambda: Body([Compartment("plasma", "", 1.0)], []).areas("plasma"), "where.*plasma.*way"),
])
def test_bad_input_names_the_argument_and_the_value(build, words):
    with pytest.raises(ValueError, match=words):
        build()
