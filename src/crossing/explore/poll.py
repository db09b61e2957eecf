"""A vote of the room on any question with options: hands are typed in, the first vote stays hidden until the second.

Hands may be counts or rough shares; only their ratio counts. Both votes are entries of the journal, which is empty and
thrown away when a lesson is presented.
"""

from .panel import Say, buttons, fold, form, number, table, text


def poll(journal, question):
    """The folded block that takes the votes of `question` and, after the second, draws their spread."""
    return fold(f"{question.id} room", "In a room", _blocks(journal, question))


def votes(journal, question):
    """The votes kept and not cleared: at most two lists of hands, one number an option."""
    kept = []
    for vote in journal.entries(question.id, "vote"):
        kept = [] if vote.get("clear") else [*kept, vote["counts"]]
    return [counts for counts in kept if len(counts) == len(question.texts)][:2]


def act(journal, question, do, values):
    """Take a vote, or clear both. Returns the sentence for the status line, None where `do` is no business of a poll."""
    if do == f"vote {question.id}":
        counts = [_hands(values.get(str(i))) for i in range(len(question.texts))]
        if not sum(counts):
            raise Say("Type a number for one option at least.")
        if len(votes(journal, question)) < 2:
            journal.record(question.id, "vote", {"counts": counts})
        return "The vote is kept."
    if do == f"revote {question.id}":
        journal.record(question.id, "vote", {"clear": True})
        return "Both votes are cleared."
    return None


def _blocks(journal, question):
    qid, kept, options = question.id, votes(journal, question), [f"{chr(65 + i)}: {t}" for i, t in enumerate(question.texts)]
    if len(kept) < 2:
        which = ("first", "second")[len(kept)]
        hint = ("First vote: eyes closed, hands up. Type hands or rough shares; they stay hidden until the second vote."
                if not kept else "The first vote is kept, hidden. Two minutes in pairs, then vote again.")
        return [text(f"{qid} hint{len(kept)}", hint, "quiet"),
                form(f"{qid} vote{len(kept)}", f"vote {qid}", [number(str(i), o, "", optional=True) for i, o in enumerate(options)],
                     f"Keep the {which} vote")]
    keys = question.key if isinstance(question.key, list) else [question.key]
    shares = [[100 * v / sum(counts) for v in counts] for counts in kept]
    rows = [[o, *(f"{s[i]:.0f} %" for s in shares)] for i, o in enumerate(options)]
    seen = [table(f"{qid} votes", "The two votes", ["Option", "First vote", "Second vote"], rows, bars=True)]
    if len(keys) == 1:
        seen.append(text(f"{qid} advice", _advice(shares[1][keys[0]]), label="Now"))
    seen.append(text(f"{qid} key", "; ".join(options[i] for i in keys) + ".", label="Right"))
    room = question.get("room", {})
    if room:
        seen += [text(f"{qid} likely", room["likely"], "quiet", label="Likely split"), text(f"{qid} punch", room["punch"], label="Punch line")]
    return [*seen, buttons(f"{qid} revote", "Another room", [("Clear both votes", f"revote {qid}", {})])]


def _hands(value):
    try:
        return max(0.0, min(float(value or 0), 1e6))
    except (TypeError, ValueError):
        return 0.0


def _advice(share):
    if share < 30:
        return "Under 30 % right: explore first, then ask again."
    if share <= 70:
        return "From 30 to 70 % right: talk in pairs, then vote again."
    return "Over 70 % right: ask one who was right for the reason."
