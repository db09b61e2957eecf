"""The charts of the lessons: explorables that know where their numbers come from."""

from ..explore import Explorable
from ..facts import facts, risks


class Sourced(Explorable):
    """An explorable whose `facts` are looked up in `data/facts.csv` or, if there is no such row, in `data/risks.csv`.

    No id stands in both tables (a test of the data holds that). A name that stands in neither raises `UnknownId`.
    """

    def sources(self):
        """What, value, paper, address and a remark for each row behind the chart."""
        return [_risk(risks[row]) if row in risks and row not in facts else _fact(facts[row]) for row in self.facts]


def _fact(fact):
    value = fact.figure() + (f", {fact.species}" if fact.species not in ("", "-") else "")
    return {"what": fact.quantity, "value": value, "paper": fact.cite(), "url": fact.url, "search": fact.search, "remark": fact.remark}


def _risk(risk):
    """Never without its count, its people and its time, where the row has them."""
    count = f", {risk.events:g} of {risk.denominator:g}" if None not in (risk.events, risk.denominator) else ""
    value = ", ".join(filter(None, (risk.figure() + count, risk.population, risk.follow_up)))
    return {"what": f"{risk.complication}, {risk.route_or_device}", "value": value, "paper": risk.cite(), "url": risk.url, "search": risk.search, "remark": risk.remark}
