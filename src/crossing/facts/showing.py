"""Where figures come from, as a table for people: plain words, or HTML with a caption and headed rows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import overload

HEADS = ("What", "Figure", "Where it comes from")
WIDTHS = (30, 24, 46)
LEFT = ' style="text-align:left; vertical-align:top; white-space:normal"'


@dataclass(frozen=True)
class SourceRow:
    """One figure and its paper, in words. `remark` says "source not checked" where that is so."""

    id: str
    what: str
    figure: str
    paper: str
    url: str
    remark: str
    disagrees: tuple[str, ...] = ()
    search: str = ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """The remark and the figures that disagree, one text each."""
        return tuple(filter(None, (self.remark, *(f"disagrees with {other}" for other in self.disagrees))))


class Sources(Sequence[SourceRow]):
    """A printable table of `SourceRow`s; a sequence of them as well."""

    def __init__(self, rows: Iterable[SourceRow], title: str) -> None:
        self.rows, self.title = tuple(rows), title

    @overload
    def __getitem__(self, place: int) -> SourceRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[SourceRow, ...]: ...

    def __getitem__(self, place: int | slice) -> SourceRow | tuple[SourceRow, ...]:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sources) and (self.title, self.rows) == (other.title, other.rows)

    def __repr__(self) -> str:
        if not self.rows:
            return self.title
        lines = [self.title, *_across(HEADS), "  ".join("-" * width for width in WIDTHS)]
        for row in self.rows:
            notes = [f"[{remark}]" for remark in row.remarks]
            lines += _across((row.what, row.figure, [row.paper, *notes, *([row.url] if row.url else [])]))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        if not self.rows:
            return f"<p>{escape(self.title)}</p>"
        heads = "".join(f'<th scope="col"{LEFT}>{head}</th>' for head in HEADS)
        # Folded: a long table, and in a stored lesson its figures could answer a question that comes first.
        return (f'<details><summary>{escape(self.title)} ({len(self.rows)})</summary><table><caption{LEFT}>{escape(self.title)}</caption><thead><tr>{heads}</tr></thead><tbody>'
                + "".join(map(_row, self.rows)) + "</tbody></table></details>")


def _row(row: SourceRow) -> str:
    paper = escape(row.paper)
    if row.url:
        paper = f'<a href="{escape(row.url)}">{paper}</a>'
    elif row.search:
        paper += f' (<a href="{escape(row.search)}">search PubMed</a>)'
    notes = "".join(f"<br><em>{escape(remark)}</em>" for remark in row.remarks)
    return f'<tr><th scope="row"{LEFT}>{escape(row.what)}</th><td{LEFT}>{escape(row.figure)}</td><td{LEFT}>{paper}{notes}</td></tr>'


def _across(cells: Sequence[str | list[str]]) -> list[str]:
    """Cells side by side, each wrapped to its width; a list is one paragraph an item. Addresses are never broken."""
    columns = []
    for cell, width in zip(cells, WIDTHS):
        parts = [cell] if isinstance(cell, str) else cell
        columns.append([line for part in parts
                        for line in textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False)])
    height = max(map(len, columns))
    filled = [column + [""] * (height - len(column)) for column in columns]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, WIDTHS)).rstrip() for row in zip(*filled)]
