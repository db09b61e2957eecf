"""The molecules of B3DB, as columns: who is said to cross, how well, and six figures that follow from the structure.

    from crossing.facts import molecules

    molecules["tpsa"]            polar surface (square angstroms) of all 7 807 rows, an array that cannot be changed
    molecules["crosses"]         True or False
    molecules["name"]            as B3DB has it; some rows have none, and some have the wrong one
    molecules.measured           the 1 058 rows with a logBB, as the same kind of table
    molecules.where(mask)        any other rows
    molecules.row(5)             one row in full
    molecules.cite()             the paper and the licence

The file is read when something is first asked for (about 25 ms); numpy is imported then. A damaged file raises `DataError`.
What every column means, and what is wrong with the data, stands in data/README.md.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .reading import Line, read_lines
from .tables import UnknownId, data_folder

if TYPE_CHECKING:  # numpy is loaded when something is asked for
    import numpy.typing as npt

#: Columns as arrays: numbers, True and False, or words.
Held: TypeAlias = "dict[str, npt.NDArray[Any]]"
Cells: TypeAlias = Mapping[str, Sequence[str]]

COLUMNS = ("no", "name", "crosses", "group", "n_refs", "logbb", "logbb_group", "logbb_no", "tpsa", "logp", "mw", "hbd", "hba",
           "rotb", "form", "kin", "drawing")
#: Columns that always hold a number, with the least that it may be; of these, the ones that count something.
LEAST = {"no": 1, "n_refs": 1, "tpsa": 0, "logp": -math.inf, "mw": 1, "hbd": 0, "hba": 0, "rotb": 0}
COUNTS = ("no", "n_refs", "hbd", "hba", "rotb")
GROUPS = ("A", "B", "C", "D")
#: Columns that may be empty, with what then stands in the array.
EMPTY = {"logbb": math.nan, "logbb_no": 0.0, "kin": 0.0}
#: No column that counts goes as far as this.
MOST = 1_000_000
CHOICES = {"crosses": ("yes", "no"), "group": GROUPS, "logbb_group": ("", *GROUPS),
           "form": ("", "cation", "anion", "zwitterion", "salt"), "drawing": ("", "two", "repaired", "mismatch")}

CITATION = "Meng F, Xi Y, Huang J, Ayers PW, Sci Data 2021;8:289 (B3DB 1.1.1, CC0 1.0; descriptors by RDKit 2026.09.1)"
URL = "https://doi.org/10.1038/s41597-021-01069-5"


class Molecules:
    """Rows of molecules.csv by column. Nothing is read before something is asked for.

    Columns: numbers are floats or integers; `crosses` is True or False; `logbb` is NaN, `logbb_no` and `kin` are 0 where
    there is nothing; words are arrays of text. All are arrays of length `len(molecules)` that cannot be written to.
    A column that is not there raises `UnknownId`, a place that is not there ValueError.
    """

    columns = COLUMNS

    def __init__(self, path: Path | None = None, held: Held | None = None) -> None:
        self._path, self._held = path, held

    def read(self, path: Path) -> Molecules:
        """The same kind of table from another file, read at once. Raises `DataError` (file, line, column, found, wanted)."""
        return Molecules(path, _load(path))

    @property
    def _arrays(self) -> Held:
        if self._held is None:
            self._held = _load(self._path or data_folder() / "molecules.csv")
        return self._held

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        try:
            return self._arrays[column]
        except (KeyError, TypeError):
            raise UnknownId(f"molecules has no column {column!r}, only " + ", ".join(COLUMNS)) from None

    def __len__(self) -> int:
        return len(self._arrays["no"])

    def __repr__(self) -> str:
        return f"<molecules: {len(self)} rows>"

    def where(self, rows: npt.ArrayLike | slice) -> Molecules:
        """The rows for which a mask is True, or the rows at these places, in this order. Raises ValueError for others."""
        import numpy as np

        try:
            held = {column: array[np.asarray(rows)] for column, array in self._arrays.items()}
        except IndexError as error:
            raise ValueError(f"rows: found {rows!r}, wanted a mask of {len(self)} or places below it ({error})") from None
        return Molecules(self._path, _locked(held))

    @property
    def measured(self) -> Molecules:
        """The rows with a measured logBB."""
        return self.where(self["logbb_no"] > 0)

    @property
    def drawn_right(self) -> Molecules:
        """The rows without those whose structure is known to be that of another molecule."""
        return self.where(self["drawing"] != "mismatch")

    @property
    def distinct(self) -> Molecules:
        """One row for each skeleton, the first: mirror images, isotopes and charged forms counted once."""
        return self.where((self["kin"] == 0) | (self["kin"] == self["no"]))

    def row(self, place: int) -> dict[str, Any]:
        """One row as a dictionary of plain values."""
        return {column: array.tolist()[0] for column, array in self.where([place])._arrays.items()}

    def cite(self) -> str:
        """The source and the licence in words."""
        return CITATION

    @property
    def url(self) -> str:
        """Where the paper is."""
        return URL


def _load(path: Path) -> Held:
    """The columns of a file: at once where it is as we wrote it, else line by line, which finds the place of a fault."""
    cells = _plain_cells(path)
    held = _arrays(cells) if cells else None
    return _locked(held if held is not None else cast(Held, _arrays(_checked_cells(path))))


def _plain_cells(path: Path) -> Cells | None:
    """The cells of each column as texts, or None where anything at all is out of the ordinary."""
    try:
        with open(path, "rb") as file:
            lines = file.read().decode("utf-8").split("\n")
        rows = list(csv.reader(lines[:-1], strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    if lines[-1] or len(rows) != len(lines) - 1 or set(map(len, rows)) != {len(COLUMNS)} or tuple(rows[0]) != COLUMNS:
        return None
    cells = dict(zip(COLUMNS, zip(*rows[1:])))
    if not cells or not "".join(lines).isprintable() or any(name != name.strip() for name in cells["name"]):
        return None
    if any(not set(cells[column]) <= set(choices) for column, choices in CHOICES.items()):
        return None
    counts = "".join(map("".join, (cells[column] for column in (*COUNTS, "logbb_no", "kin"))))
    others = "".join(map("".join, (cells[column] for column in ("tpsa", "logp", "mw", "logbb"))))
    plain = set(counts) <= set("0123456789") and set(others) <= set("0123456789.-")
    return cells if plain else None


def _checked_cells(path: Path) -> Cells:
    """The cells of each column as texts, each checked. Raises `DataError`."""
    lines = read_lines(path, COLUMNS)
    last, firsts = 0, set()
    for line in lines:
        for column, choices in CHOICES.items():
            line.choice(column, choices)
        for column, least in LEAST.items():
            _number(line, column, least)
        number = _number(line, "no", LEAST["no"])
        if number <= last:
            line.fail("no", f"a number above that of the line before, {last}")
        last = int(number)
        logbb = line.measure("logbb")
        for column in ("logbb_group", "logbb_no"):
            if (logbb is None) == bool(line.cells[column]):
                line.fail(column, "nothing, for there is no logbb" if logbb is None else "a value, for there is a logbb")
        if logbb is not None:
            _number(line, "logbb_no", 1)
        if line.cells["kin"]:
            first = int(_number(line, "kin", 1))
            if first == last:
                firsts.add(first)
            if first not in firsts:
                line.fail("kin", "the number of the first row with the same skeleton")
    return {column: [line.cells[column] for line in lines] for column in COLUMNS}


def _number(line: Line, column: str, least: float) -> float:
    value = line.measure(column)
    if value is None or value < least:
        line.fail(column, "a number" if least == -math.inf else f"a number of {least} or more")
    if column in (*COUNTS, "logbb_no", "kin") and (value != int(value) or value > MOST):
        line.fail(column, f"a whole number of at most {MOST}")
    return value


def _arrays(cells: Cells) -> Held | None:
    """Arrays of checked or plain cells; None where plain cells turn out not to be in order."""
    import numpy as np

    held = {}
    for column in COLUMNS:
        texts, nothing = cells[column], EMPTY.get(column)
        try:
            if column in LEAST:
                held[column] = np.fromiter(map(float, texts), float, len(texts))
            elif nothing is not None:
                held[column] = np.fromiter((float(text) if text else nothing for text in texts), float, len(texts))
            else:
                held[column] = np.array(texts, dtype=object if column == "name" else str)
        except ValueError:
            return None
    held["crosses"] = held["crosses"] == "yes"
    if not _in_order(held):
        return None
    return held | {column: held[column].astype(np.int64) for column in (*COUNTS, "logbb_no", "kin")}


def _in_order(held: Held) -> bool:
    """Whether all that `_checked_cells` asks of a row holds for the arrays."""
    import numpy as np

    has, kin, no = ~np.isnan(held["logbb"]), held["kin"], held["no"]
    firsts = no[kin == no]
    return bool(all(np.isfinite(held[column]).all() and (held[column] >= least).all() for column, least in LEAST.items())
            and np.isfinite(held["logbb"][has]).all() and (np.diff(no) > 0).all()
            and all((held[column] <= MOST).all() for column in (*COUNTS, "logbb_no"))
            and np.array_equal(has, held["logbb_no"] > 0) and np.array_equal(has, held["logbb_group"] != "")
            and np.isin(kin[kin > 0], firsts).all() and (kin <= no).all())


def _locked(held: Held) -> Held:
    for array in held.values():
        array.flags.writeable = False
    return held


molecules = Molecules()
