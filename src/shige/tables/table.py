"""Rows below a header as rows of our columns, with what is wrong with them and what was passed over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .cells import ErrorCell, Uncomputed, said_by, text
from .headers import KIND, Columns
from .problems import Detail, Problem, UnreadableTable, WrongCell
from .separated import OpenQuote, rows_of
from .text import decoded, has_odd_signs, plain

HEADER_AMONG: Final = 30
NAMED: Final = 12
"""Rows that a remark names."""

FREE: Final = frozenset(
    {"address", "compound", "manager", "group", "name", "words", "type", "state", "above"}
)
"""Columns in people's words; the others are read in half-width characters."""

LINED: Final = frozenset({"words", "id"})
"""Columns whose line breaks mean something."""

TIMED: Final = frozenset({"reported", "responded", "due", "closed", "inspected", "since"})
COUNTED: Final = frozenset({"households", "shops", "population", "expected_households", "workload"})
_TOTALS: Final = frozenset(
    {"合计", "总计", "小计", "共计", "总数", "汇总", "total", "subtotal", "grandtotal", "sum"}
)

_SIGNED: Final = re.compile(
    "(填表|填报|制表|审核|审批|经办|负责|联系)(人|单位|日期|时间)[:：]|(备注|注|说明)[:：]"
)
"""What stands alone in a row below a table: who made it, and remarks."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or the rows of a text file.

    Attributes
    ----------
    merged
        First row, first column, last row and last column of merged cells, from 0.
    others
        The sheets that were not read and hold something, with the rows that they have.
    """

    rows: Sequence[Sequence[Any]]
    name: str = ""
    merged: Sequence[tuple[int, int, int, int]] = ()
    others: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows of our columns; a map has a shape for each.

    Attributes
    ----------
    numbers
        What the reader of the file calls each row: as a spreadsheet counts them, or features from 1.
    headers
        For each column of ours the header that the file uses.
    crs
        What the file says of its coordinates as a whole, "" where it says nothing.
    flat
        Whether it has rows and columns, not shapes.
    """

    rows: tuple[Mapping[str, Any], ...]
    numbers: tuple[int, ...]
    columns: Columns
    headers: Mapping[str, str] = field(default_factory=dict)
    shapes: tuple[Any, ...] = ()
    crs: str = ""
    flat: bool = False
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def called(self, column: str) -> str:
        """Return the file's own header of a column, else its usual one."""
        if column == "geometry" and self.flat:
            return "/".join(self.called(part) for part in ("lon", "lat"))
        if column not in self.columns.named:
            return column
        return self.headers.get(column) or (self.columns.usual(column)[0] if self.flat else column)

    def as_in_file(self, problem: Problem) -> Problem:
        """Return a problem of the rows, counted from 1, with the file's own number and header."""
        details: dict[str, Detail] = dict(problem.details)
        if isinstance(first := details.get("first"), int):
            details["first"] = self.numbers[first - 1]
        row = self.numbers[problem.row - 1] if problem.row else 0
        return Problem(row, self.called(problem.column), problem.code, details)

    def without(self, needed: Iterable[str]) -> list[Problem]:
        """Return a problem for each needed column that the file does not have at all."""
        if not self.rows:
            return []
        return [
            Problem(0, self.called(column), "no_column", {"usual": self.columns.usual(column)[:4]})
            for column in needed
            if column not in self.headers
        ]

    def too_long(self, limits: Mapping[str, int]) -> list[Problem]:
        """Return a problem for each cell that is longer than its column allows."""
        return [
            Problem(number, self.called(column), "too_long", {"count": len(said), "limit": limit})
            for number, row in zip(self.numbers, self.rows, strict=True)
            for column, limit in limits.items()
            if len(said := text(row.get(column))) > limit
        ]


def from_text(content: bytes, columns: Columns) -> Table:
    """Read a text file of rows.

    Raises
    ------
    UnreadableTable
        It is no text, has no rows or no known headers, or a quotation mark in it is not closed.
    """
    try:
        rows = rows_of(decoded(content), columns.known)
    except OpenQuote as error:
        at = header_of(error.rows, columns)
        header = error.rows[at] if at is not None else []
        column = header[error.place - 1].strip() if error.place <= len(header) else ""
        raise UnreadableTable(error.code, row=error.row, column=column) from error
    return from_sheet(Sheet(rows), columns, uneven=True)


def from_sheet(sheet: Sheet, columns: Columns, *, uneven: bool = False) -> Table:
    """Read the rows of a sheet; `uneven` says that rows of another length than the header mean something.

    Raises
    ------
    UnreadableTable
        It has no rows, no known headers, or two headers that mean the same.
    """
    reading = _Reading(sheet, columns)
    return reading.table(uneven)


def header_of(rows: Sequence[Sequence[Any]], columns: Columns) -> int | None:
    """Return the place of the row with most known headers among the first, None where none has any."""
    known = [columns.known(row) for row in rows[:HEADER_AMONG]]
    return known.index(max(known)) if any(known) else None


class _Reading:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.sheet, self.columns = sheet, columns
        self.rows = [list(row) for row in sheet.rows]
        self.notes: list[Problem] = []
        self.problems: list[Problem] = []
        self.seen: dict[str, list[int]] = {}
        self.doubled = self._merged()
        self.plain: Counter[str] = Counter()
        self.first_plain: dict[str, int] = {}

    def table(self, uneven: bool) -> Table:
        """Return the table."""
        at = header_of(self.rows, self.columns)
        if at is None:
            if not any(map(_filled, self.rows)):
                raise UnreadableTable("no_rows")
            usual = tuple(self.columns.usual(column)[0] for column in self.columns.wanted[:6])
            if self.sheet.others:
                name, others = self.sheet.name, self._others()
                raise UnreadableTable("no_header_of_sheets", usual=usual, value=name, others=others)
            raise UnreadableTable("no_header", usual=usual)
        headers = self.rows[at]
        self._told_about(at)
        places = self._places(headers)
        width = max(place for place, header in enumerate(headers, 1) if _shown(header))
        kept: list[dict[str, Any]] = []
        numbers: list[int] = []
        usual_length = Counter(len(row) for row in self.rows[at + 1 :]).most_common(1)
        for number, row in enumerate(self.rows[at + 1 :], at + 2):
            if not _filled(row) or self._passed_over(number, row, places, headers):
                continue
            if uneven:
                self._length(
                    number, row, headers, even=bool(usual_length) and usual_length[0][0] == len(headers)
                )
            self._beyond(number, row, headers, width)
            kept.append(self._row(number, row, places, headers))
            numbers.append(number)
        if not kept and not self.problems:
            raise UnreadableTable("no_rows")
        self._summed_up()
        return Table(
            rows=tuple(kept),
            numbers=tuple(numbers),
            columns=self.columns,
            headers={column: _shown(headers[place]) for column, place in places.items()},
            flat=True,
            problems=tuple(self.problems),
            notes=tuple(self.notes),
        )

    def _merged(self) -> set[tuple[int, int]]:
        """Give each row of a merged cell what it says; return the cells below the first one."""
        given: set[tuple[int, int]] = set()
        for top, left, bottom, _right in self.sheet.merged:
            said = self.rows[top][left] if top < len(self.rows) and left < len(self.rows[top]) else None
            for row in range(top + 1, min(bottom + 1, len(self.rows))):
                if said not in (None, ""):
                    self.rows[row][left] = said
                    given.add((row + 1, left))
        return given

    def _told_about(self, at: int) -> None:
        """Tell of other sheets, of what stands above the headers, and of merged cells."""
        if self.sheet.others:
            details: dict[str, Detail] = {"value": self.sheet.name, "others": self._others()}
            self.notes.append(Problem(0, "", "other_sheets", details))
        if any(map(_filled, self.rows[:at])):
            self.notes.append(Problem(0, "", "title_rows", {"value": at + 1}))
        below = {row for row, _place in self.doubled if row > at + 1}
        if below:
            self.notes.append(Problem(0, "", "merged_filled"))
        across = sorted({top + 1 for top, left, _b, right in self.sheet.merged if right > left and top > at})
        if across:
            self.notes.append(Problem(0, "", "merged_across", {"rows": _named(across)}))

    def _others(self) -> tuple[str, ...]:
        """Return the names of the sheets that are not read, with their rows."""
        return tuple(f"{name} ({rows})" for name, rows in self.sheet.others)

    def _places(self, headers: Sequence[Any]) -> dict[str, int]:
        """Return where each column of ours stands."""
        places: dict[str, int] = {}
        unread = []
        for place, header in enumerate(headers):
            column = self.columns.of(header)
            if column in places:
                first, second = _shown(headers[places[column]]), _shown(header)
                raise UnreadableTable("same_column", column=second, first=first, second=second)
            if column:
                places[column] = place
            elif _shown(header):
                unread.append(_shown(header))
        if unread:
            self.notes.append(Problem(0, "", "unread_columns", {"columns": tuple(unread)}))
        return places

    def _passed_over(
        self, number: int, row: Sequence[Any], places: Mapping[str, int], headers: Sequence[Any]
    ) -> bool:
        """Whether a row repeats the headers or adds the others up."""
        of = self.columns.of
        if len(places) > 1 and all(
            place < len(row) and of(row[place]) == column for column, place in places.items()
        ):
            self.seen.setdefault("repeated_headers", []).append(number)
            return True
        cells = [_shown(cell) for cell in row]
        words = [cell for cell in cells if cell]
        first = plain(words[0]).replace(" ", "").rstrip(":").lower()
        if first in _TOTALS and len(words) < max(2, sum(bool(_shown(header)) for header in headers)):
            self.seen.setdefault("total_rows", []).append(number)
            return True
        if len(words) == 1 and len(places) > 1 and _SIGNED.match(plain(words[0]).replace(" ", "")):
            self.seen.setdefault("signed_rows", []).append(number)
            return True
        return False

    def _length(self, number: int, row: Sequence[Any], headers: Sequence[Any], *, even: bool) -> None:
        """Name a row that is longer than the headers, and tell of one that is shorter."""
        if len(row) < len(headers):
            self.seen.setdefault("short_rows", []).append(number)
        elif len(row) > len(headers) and even and not any(map(_shown, row[len(headers) :])):
            self._fault(number, "", "wider", count=len(row), limit=len(headers))

    def _beyond(self, number: int, row: Sequence[Any], headers: Sequence[Any], width: int) -> None:
        """Name a cell that no header stands above."""
        for place, cell in enumerate(row):
            headless = place >= width or not _shown(headers[place])
            if headless and _shown(cell):
                self._fault(number, "", "beyond_header", value=_shown(cell)[:60])
                return

    def _row(
        self, number: int, row: Sequence[Any], places: Mapping[str, int], headers: Sequence[Any]
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column, place in places.items():
            value = row[place] if place < len(row) else None
            header = _shown(headers[place])
            if (column in COUNTED or column.startswith(KIND)) and (number, place) in self.doubled:
                self._fault(number, header, "merged_count", count=2)
                continue
            said, wrong = read_cell(number, header, column, value)
            if wrong:
                self.problems.append(wrong)
            found[column] = said
            if isinstance(value, str) and isinstance(said, str) and _was_odd(value, said):
                self.plain[header] += 1
                self.first_plain.setdefault(header, number)
        return found

    def _summed_up(self) -> None:
        """Tell of what was found here and there."""
        for code, rows in self.seen.items():
            self.notes.append(Problem(0, "", code, {"rows": _named(rows)}))
        for header, count in self.plain.items():
            about = {"count": count, "first": self.first_plain[header]}
            self.notes.append(Problem(0, header, "plain_signs", about))

    def _fault(self, number: int, column: str, code: str, **details: Detail) -> None:
        self.problems.append(Problem(number, column, code, details))


def read_cell(number: int, header: str, column: str, value: Any) -> tuple[Any, Problem | None]:
    """Return what a cell says in plain signs, and what is wrong with it."""
    try:
        said = said_by(value, timed=column in TIMED, lined=column in LINED)
    except WrongCell as error:
        return None, Problem(number, header, error.code, error.details)
    if isinstance(said, str) and column not in FREE:
        said = plain(said)
    return said, None


def _was_odd(value: str, said: str) -> bool:
    return said.split() != value.split() and has_odd_signs(value.strip())


def _shown(cell: Any) -> str:
    if isinstance(cell, ErrorCell):
        return cell.shown
    if isinstance(cell, Uncomputed):
        return "="
    return " ".join(text(cell).replace("\ufeff", "").replace("\u200b", "").split())


def _filled(row: Iterable[Any]) -> bool:
    return any(map(_shown, row))


def _named(rows: Collection[int]) -> tuple[str, ...]:
    named = tuple(str(row) for row in sorted(rows)[:NAMED])
    return (*named, "…") if len(rows) > NAMED else named
