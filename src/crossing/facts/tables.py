"""A table that is read from its file when it is first asked for something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar, cast

from .reading import DataError, Line, read_lines

Row = TypeVar("Row")
Given = TypeVar("Given")


class UnknownId(KeyError):
    """An id that is in no row; the message names the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@lru_cache(1)
def data_folder() -> Path:
    """Where the tables are: inside the installed package, or in `data/` of the repository. Raises `DataError` if in neither."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data", package.parents[1] / "data"):
        if (folder / "facts.csv").is_file():
            return folder
    raise DataError(package / "data" / "facts.csv", 1, "all", "no such file", "the data folder of the course")


class Table(Mapping[str, Given], Generic[Row, Given]):
    """The rows of one CSV file by id, in the file's order. Nothing is read before the first look-up.

    `make` turns a line into a row; `check` looks at all rows together; `give` says what a look-up returns. An id that is not
    there raises `UnknownId`.
    """

    def __init__(self, name: str, columns: Sequence[str], make: Callable[..., Row],
                 check: Callable[[Sequence[Line], Mapping[str, Row]], None] | None = None,
                 give: Callable[[Row], Given] | None = None, path: Path | None = None) -> None:
        self.name, self.columns = name, columns
        self._make, self._check, self._path = make, check, path
        self._give = give or (lambda row: cast(Given, row))
        self._read: dict[str, Row] | None = None

    def read(self, path: Path, **options: bool) -> Table[Row, Given]:
        """The same kind of table from another file, read at once. Raises `DataError` (file, line, column, found, wanted).

        `check_units=True` (facts only) also has pint parse every unit.
        """
        other = Table(self.name, self.columns, self._make, self._check, self._give, path)
        other._read = other._load(**options)
        return other

    def _load(self, **options: bool) -> dict[str, Row]:
        key = self.columns[0]
        path = self._path or data_folder() / f"{self.name}.csv"
        lines = read_lines(path, self.columns)
        rows, first = dict[str, Row](), dict[str, int]()
        for line in lines:
            name = line.text(key)
            if name.casefold() in first:
                line.fail(key, f"each once; line {first[name.casefold()]} has it already")
            first[name.casefold()] = line.number
            rows[name] = self._make(line, **options)
        if self._check:
            self._check(lines, rows)
        return rows

    @property
    def rows(self) -> dict[str, Row]:
        """All rows by id, as whole rows."""
        if self._read is None:
            self._read = self._load()
        return self._read

    def __getitem__(self, key: str) -> Given:
        try:
            return self._give(self.rows[key])
        except KeyError:
            raise UnknownId(f"{self.name} has no {key!r}; " + self._near(str(key))) from None

    def _near(self, key: str) -> str:
        import difflib

        small = {name.casefold(): name for name in self.rows}
        near = difflib.get_close_matches(key.casefold(), small, 4, 0.5)
        near += [name for name in small if key and key.casefold() in name and name not in near]
        return "did you mean " + ", ".join(small[name] for name in near[:4]) + "?" if near else "nothing has a similar name"

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} rows>"
