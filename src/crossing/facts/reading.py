"""Read a table of figures strictly: a damaged file gives one kind of error, which says where to look."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
ADDRESS = re.compile(r"https://[a-z0-9.-]+\.[a-z]+/[!-~]*", re.ASCII)
SHOWN = 60
#: Value, low and high; None where the cell is empty.
Ends: TypeAlias = tuple[float | None, float | None, float | None]


class DataError(ValueError):
    """A data file that cannot be used as it stands.

    Attributes: `file`, `line` (1 is the first), `column` (its name, or what part of the line), `found`, `wanted`.
    """

    def __init__(self, file: Path | str, line: int, column: str, found: object, wanted: str) -> None:
        self.file, self.line, self.column, self.found, self.wanted = str(file), line, column, found, wanted
        super().__init__(f"{file}, line {line}, column {column}: found {_shown(found)}, wanted {wanted}")

    def __reduce__(self) -> tuple[type[DataError], tuple[object, ...]]:
        return DataError, (self.file, self.line, self.column, self.found, self.wanted)


def _shown(found: object) -> str:
    if not isinstance(found, str):
        return str(found)
    short = found if len(found) <= SHOWN else found[:SHOWN] + "..."
    return f'"{short}"' if short.isprintable() else ascii(short)


@dataclass(frozen=True)
class Line:
    """One row of a table, with its place in the file. What a cell should not hold raises `DataError`."""

    file: str
    number: int
    cells: dict[str, str]

    def fail(self, column: str, wanted: str) -> NoReturn:
        """Raise a `DataError` about one cell."""
        raise DataError(self.file, self.number, column, self.cells[column] or "an empty cell", wanted)

    def text(self, column: str, wanted: str = "some text") -> str:
        """A cell that must not be empty."""
        return self.cells[column] or self.fail(column, wanted)

    def measure(self, column: str) -> float | None:
        """A finite number, or None where the cell is empty."""
        cell = self.cells[column]
        if not cell:
            return None
        number = float(cell) if NUMBER.fullmatch(cell) else math.nan
        return number if math.isfinite(number) else self.fail(column, "a plain number such as 3.5 or 2e-7, or nothing")

    def choice(self, column: str, choices: Sequence[str]) -> str:
        """A cell that must hold one of `choices`."""
        cell = self.cells[column]
        return cell if cell in choices else self.fail(column, "one of " + ", ".join(choices))

    def pattern(self, column: str, pattern: str | re.Pattern[str], wanted: str) -> str:
        """A cell that must fit a regular expression from end to end."""
        cell = self.cells[column]
        return cell if re.fullmatch(pattern, cell) else self.fail(column, wanted)

    def address(self, column: str) -> str:
        """A web address (https), or an empty text where the source has none."""
        cell = self.cells[column]
        return cell if not cell or ADDRESS.fullmatch(cell) else self.fail(column, "an address that begins with https://, or nothing")

    def spread(self) -> Ends:
        """`value`, `low` and `high`, in order."""
        value, low, high = (self.measure(column) for column in ("value", "low", "high"))
        if low is not None and high is not None and low > high:
            self.fail("low", f"at most the high bound, {high:g}")
        if value is not None and low is not None and value < low:
            self.fail("value", f"at least the low bound, {low:g}")
        if value is not None and high is not None and value > high:
            self.fail("value", f"at most the high bound, {high:g}")
        return value, low, high


def read_lines(path: Path, columns: Sequence[str]) -> list[Line]:
    """The rows of a CSV file (UTF-8, comma, one header line) as a list of `Line`.

    The header must hold exactly `columns`, in any order. Raises `DataError` for whatever is wrong with the file.
    """
    text = _text(path)
    records = _records(path, text)
    line, header = next(records, (1, None))
    if header is None:
        raise DataError(path, 1, "all", "an empty file", "a header line: " + ",".join(columns))
    _check_header(path, line, header, columns)
    rows = []
    for line, cells in records:
        if len(cells) != len(header):
            raise DataError(path, line, "all", f"{len(cells)} cells", f"{len(header)} cells")
        for column, cell in zip(header, cells):
            if not cell.isprintable():
                raise DataError(path, line, column, cell, "printable text on one line")
        rows.append(Line(str(path), line, dict(zip(header, cells))))
    if not rows:
        raise DataError(path, line, "all", "a header and no rows", "at least one row")
    return rows


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise DataError(path, 1, "all", f"no readable file ({error.strerror})", "a CSV file in UTF-8") from None
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")  # spreadsheets put that mark first
    except UnicodeDecodeError as error:
        line, byte = _place(data, error.start)
        raise DataError(path, line, f"at byte {byte}", f"byte 0x{data[error.start]:02x}", "text in UTF-8") from None
    if "\0" in text:
        line, byte = _place(data, data.index(b"\0"))
        raise DataError(path, line, f"at byte {byte}", "a NUL byte", "text in UTF-8")
    return text


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and byte within it (both from 1) of an offset into the file."""
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1, len(before) - before.rfind(b"\n")


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DataError(path, start, "all", f"a line that cannot be split into cells ({error})",
                            "cells between commas, with quotation marks in pairs") from None
        if cells:
            yield start, [cell.strip() for cell in cells]


def _check_header(path: Path, line: int, header: Sequence[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            raise DataError(path, line, column, "no such column in: " + ", ".join(header), "a column of this name")
    for place, column in enumerate(header):
        if column not in columns:
            raise DataError(path, line, column or "without a name", "an unknown column", "only " + ", ".join(columns))
        if column in header[:place]:
            raise DataError(path, line, column, "the same column twice", "each column once")
