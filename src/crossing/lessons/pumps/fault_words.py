"""What `FindTheFault` says: readings of the looks, what still fits, and the verdict on a claim."""

from .fault_cases import COSTS, KINDS, LOOKS, UNSURE

#: Controls by look: its name in the model, and what it is called on the chart.
NAMES = {"log": "log", "reservoir": "reservoir", "x-ray": "x-ray", "assay": "strength", "side port": "side port",
         "csf": "CSF sample", "dye": "dye"}
NOT_YET, CANNOT = "not yet", "cannot tell yet"
#: No advice: in view wherever faults are.
FIXED = "Not a protocol. Suspected pump failure or withdrawal can be fatal: contact the pump team or emergency services."


def percent(share):
    """A share in words."""
    return f"{100 * share:.0f} %"


def capital(text):
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def count(r):
    """How many kinds of fault still fit."""
    return f"{len(r.left)} of {len(KINDS)} kinds " + ("fits" if len(r.left) == 1 else "fit")


def bought(r):
    """Readings of the looks that were bought; many usual ones are said together."""
    if not r.looks:
        return "no look bought"
    odd = [look for look in r.looks if r.shows[look] != LOOKS[look]]
    usual = [look for look in r.looks if look not in odd]
    told = [f"{NAMES[look]}: {r.shows[look]}" for look in odd]
    if len(usual) < 2 or len(r.looks) == 2:
        told = [f"{NAMES[look]}: {r.shows[look]}" for look in usual] + told
    else:
        told.insert(0, "in order: " + ", ".join(NAMES[look] for look in usual))
    return "; ".join(told)


def fitting(r):
    """How many kinds still fit, which, and how likely each is."""
    if len(r.left) <= 5:
        return f"{count(r)}: " + ", ".join(f"{kind} {percent(r.beliefs[kind])}" for kind in r.left)
    low, high = percent(min(r.beliefs[k] for k in r.left)), percent(max(r.beliefs[k] for k in r.left))
    each = f"{count(r)}, each {high}" if low == high else f"{count(r)}, {low[:-2]} to {high} each"
    out = [kind for kind in KINDS.values() if kind not in r.left]
    return f"{each}; not {', '.join(out)}" if out else each


def paid(r, spent):
    """What was paid in this case, looks put back too."""
    return f"paid {spent}" + (f" ({spent - r.cost} put back)" if spent > r.cost else "")


def verdict(r):
    """On the claim made."""
    if r.claim == NOT_YET:
        return "not yet"
    if r.licensed:
        return "holds"
    return "ruled out" if r.claim != CANNOT and r.claim not in r.left else "does not hold yet"


def ending(r):
    """What was hidden, once all is settled."""
    sudden = f", halved in {r.halved:.1f} h" if r.halved else ""
    looks = " + ".join(NAMES[look] for look in r.cheapest[1])
    return f"hidden: {r.hidden}, level {percent(r.level)}{sudden}; cheapest: {looks}, {r.cheapest[0]}"


def after(r):
    """What is told once a claim is made: which look is worth most now; or, when all is settled, what was hidden."""
    if r.settled:
        return ending(r)
    return f"worth most now: {NAMES[r.next_look[0]]}, {r.next_look[1]:.2f} halvings" if r.next_look else "no look left tells more"


def sentence(r, spent):
    """The three sentences under the chart: what was read, what it says, and the verdict on a claim."""
    start = f"Case {r.number}, day {r.after}, effect less from day {UNSURE}, refill day {-r.since}; {bought(r)}."
    learned = f"{capital(paid(r, spent))}, doubt halved {r.bits:.2f} of {r.most:.2f} times; {fitting(r)}."
    if r.claim == NOT_YET:
        return f"{start} {learned} No claim yet."
    return f"{start} {learned} Claim, {r.claim}: {verdict(r)}; {after(r)}."


def rows(r):
    """The table: each look with its cost and reading, each kind with how likely it is."""
    looks = [(NAMES[look], str(COSTS[look]), r.shows[look] if look in r.looks else "not bought") for look in COSTS]
    return [*looks, *((kind, "", percent(r.beliefs[kind]) if kind in r.left else "does not fit") for kind in KINDS.values())]
