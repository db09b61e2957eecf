"""The charts of the lessons: explorables that know where their numbers come from."""

from ..explore import Explorable
from ..facts import facts


class Sourced(Explorable):
    """An explorable whose `facts` are looked up in `data/facts.csv`."""

    def sources(self):
        """What, value, paper, address and a remark for each fact behind the chart."""
        return [_row(facts[fact]) for fact in self.facts]


def _row(fact):
    value = fact.figure() + (f", {fact.species}" if fact.species not in ("", "-") else "")
    return {"what": fact.quantity, "value": value, "paper": fact.cite(), "url": fact.url, "remark": fact.remark}
