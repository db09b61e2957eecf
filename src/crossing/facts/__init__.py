"""Every number of the course: value, range, unit, species, source.

    from crossing.facts import facts, risks, glossary, levels, sources, conflicts

    facts["csf_total_text"].to("L")      0.15
    facts["csf_total_text"].cite()       the paper
    levels["T12"]                        height in cm above the caudal end of the canal
    sources(["csf_total_text"])          a table of figures and papers
    conflicts("csf_total_text")          the rows that disagree with it
    one_axis([risks[a], risks[b]])       the rows, if their bars may be compared; else an error that says why not
    molecules["tpsa"]                    the molecules of B3DB, as columns (see `molecules.py`)
    drug_parameters("morphine")          what the body of the course asks for, each with where it was measured (see `body.py`)

The tables are read from `data/` when first used; pint is imported when a unit is first converted. A damaged file raises
`DataError`, an unknown id `UnknownId` (a KeyError), an impossible conversion `UnitError` (a ValueError).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from . import rows as _rows
from .axes import AxisError, one_axis
from .body import Figure, body_figures, drug_figures, drug_parameters, drugs
from .molecules import Molecules, molecules
from .reading import DataError
from .rows import Fact, Level, Risk, Term
from .showing import SourceRow, Sources
from .tables import Table, UnknownId, data_folder
from .units import UnitError

__all__ = ["AxisError", "DataError", "Fact", "Figure", "Level", "Molecules", "Risk", "SourceRow", "Sources", "Table", "Term", "UnitError", "UnknownId",
           "body_figures", "conflicts", "data_folder", "drug_figures", "drug_parameters", "drugs", "facts", "glossary", "levels", "molecules", "one_axis",
           "risks", "sources"]

facts: Table[Fact, Fact] = Table("facts", _rows.FACTS, _rows.fact, _rows.agree)
risks: Table[Risk, Risk] = Table("risks", _rows.RISKS, _rows.risk)
glossary: Table[Term, Term] = Table("glossary", _rows.GLOSSARY, _rows.term)
levels: Table[Level, float] = Table("levels", _rows.LEVELS, _rows.level, _rows.rise, lambda row: row.height_cm)


def sources(ids: str | Iterable[str], title: str = "Where the figures come from") -> Sources:
    """A table of figures and papers for ids of facts or risks, in the order given, each once.

    Its rows are `SourceRow`s. Rows that nobody checked say "source not checked". Raises `UnknownId`.
    """
    return Sources((_source(name) for name in dict.fromkeys([ids] if isinstance(ids, str) else ids)), title)


def conflicts(name: str) -> Sources:
    """The fact and the rows that disagree with it, side by side; an empty table that says so where there is none."""
    fact = facts[name]
    if not fact.conflicts_with:
        return Sources((), f"No row of the table disagrees with {fact.quantity}.")
    shown = (replace(_source(other), disagrees=()) for other in (name, *fact.conflicts_with))
    return Sources(shown, f"Sources that disagree: {fact.quantity}")


def _source(name: str) -> SourceRow:
    if name in risks and name not in facts:
        risk = risks[name]
        return SourceRow(name, f"{risk.complication}, {risk.route_or_device}", risk.figure(), risk.cite(), risk.url, risk.remark, search=risk.search)
    fact = facts[name]
    species = f", {fact.species}" if fact.species and (fact.value, fact.low) != (None, None) else ""
    others = tuple(f"{facts[other].quantity}: {facts[other].figure()}" for other in fact.conflicts_with)
    return SourceRow(name, fact.quantity, fact.figure() + species, fact.cite(), fact.url, fact.remark, others, fact.search)
