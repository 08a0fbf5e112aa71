"""Read the holiday file that an office loads for a year that the program does not know yet.

CSV with the columns `date` (日期) and `kind` (类型), where a kind is `holiday` (休, 放假) or `make_up`
(班, 上班); or TOML with one table for each year. A date may be a span, `2027-02-05/2027-02-11`:

    [2027]
    holidays = ["2026-12-31/2027-01-02", "2027-02-05/2027-02-11"]
    make_up = ["2027-02-14"]

A notice crosses the turn of the year. The years that a file covers, and replaces whole, are the tables of the
TOML; in CSV, those of which it names more than `LENT` days. Days of other years are added to what is known.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from shige.worktime.holidays import Holidays, days_between

LENT: Final = 7
"""How many days of a neighbouring year a notice may name at most."""

Kind = Literal["holiday", "make_up"]
Entry = tuple[str, str, str]  # where in the file, date or span, kind

_KINDS: dict[str, Kind] = {
    "holiday": "holiday", "休": "holiday", "放假": "holiday", "休息": "holiday", "节假日": "holiday",
    "make_up": "make_up", "班": "make_up", "上班": "make_up", "调休": "make_up", "补班": "make_up",
}  # fmt: skip
_HEADERS = {"date": "date", "日期": "date", "kind": "kind", "类型": "kind"}


class HolidayFileError(ValueError):
    """A holiday file that cannot be used; `problems` lists each with its place."""

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"holiday file {source}: " + "\n  ".join(("cannot be used", *problems)))
        self.source = source
        self.problems = problems


def load_holidays(path: str | Path) -> Holidays:
    """Read a holiday file; all or nothing.

    Raises
    ------
    HolidayFileError
        The file cannot be read, or has entries that make no sense; every problem is listed.
    """
    source = Path(path)
    try:
        text = _decoded(source.read_bytes())
    except OSError as error:
        raise HolidayFileError(str(path), (f"cannot be read ({error.strerror})",)) from None
    except UnicodeDecodeError:
        raise HolidayFileError(str(path), ("is neither UTF-8 nor GB18030 text",)) from None
    try:
        if source.suffix.lower() == ".toml":
            tables = tomllib.loads(text)
            entries, years = list(_toml_entries(tables)), frozenset(map(_year, tables))
        else:
            entries, years = list(_csv_entries(text)), None
    except ValueError as error:
        raise HolidayFileError(str(path), (str(error),)) from None
    return _collected(str(path), entries, years)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _year(table: str) -> int:
    if not (table.isdecimal() and len(table) == 4):
        raise ValueError(f"[{table}] is no year; write [2027]")
    return int(table)


def _toml_entries(tables: dict[str, Any]) -> Iterator[Entry]:
    for year, lists in tables.items():
        if not isinstance(lists, dict) or not set(lists) <= {"holidays", "make_up"}:
            raise ValueError(f"[{year}] holds lists named `holidays` and `make_up`, and nothing else")
        for name, kind in (("holidays", "holiday"), ("make_up", "make_up")):
            for place, entry in enumerate(lists.get(name, ()), 1):
                yield f"[{year}] {name} {place}", _written(entry), kind


def _written(entry: Any) -> str:
    return entry.isoformat() if isinstance(entry, date) else str(entry)


def _csv_entries(text: str) -> Iterator[Entry]:
    rows = csv.reader(text.splitlines())
    headers = [_HEADERS.get(name.strip().lower(), "") for name in next(rows, [])]
    if not {"date", "kind"} <= set(headers):
        raise ValueError("the first row must name the columns `date` and `kind` (日期, 类型)")
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            cells = dict(zip(headers, row, strict=False))
            yield f"row {number}", cells.get("date", "").strip(), cells.get("kind", "").strip()


def _collected(source: str, entries: list[Entry], years: frozenset[int] | None) -> Holidays:
    days: dict[Kind, set[date]] = {"holiday": set(), "make_up": set()}
    problems = []
    for where, span, kind in entries:
        try:
            days[_kind(kind)].update(_days(span))
        except ValueError as error:
            problems.append(f"{where}: {error}")
    problems += [f"{day} is a holiday and a make-up day at once" for day in days["holiday"] & days["make_up"]]
    if not entries:
        problems.append("holds no days")
    named = days["holiday"] | days["make_up"]
    if years is None:
        years = frozenset(year for year, count in Counter(day.year for day in named).items() if count > LENT)
    else:
        problems += [f"{day} lies far outside the year of its table" for day in _strays(named, years)]
    if problems:
        raise HolidayFileError(source, tuple(problems))
    return Holidays(years, frozenset(days["holiday"]), frozenset(days["make_up"]))


def _strays(days: set[date], years: frozenset[int]) -> list[date]:
    """Return the days that lie neither in one of the years nor just beside it, as by a typing slip."""
    near = timedelta(days=2 * LENT)
    return sorted(day for day in days if not years & {(day - near).year, (day + near).year})


def _kind(written: str) -> Kind:
    if written.lower() not in _KINDS:
        raise ValueError(f"{written!r} is no kind of day; write holiday (休) or make_up (班)")
    return _KINDS[written.lower()]


def _days(span: str) -> list[date]:
    first, _, last = span.partition("/")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        raise ValueError(f"{span!r} is no date; write 2027-02-05 or 2027-02-05/2027-02-11") from None
    if not 0 <= (end - start).days <= 31:
        raise ValueError(f"{span!r} runs backwards or over a month")
    return list(days_between(start, end))
