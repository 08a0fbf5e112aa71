"""The rows of a foreign table as drafts of matters, with every fault by row and column."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final, TypeVar

import numpy as np
from django.utils.translation import gettext as _

from shige.division.input import misplaced
from shige.language.blank import trimmed
from shige.language.telephone import NoTelephoneError, read_telephone
from shige.tables import cells
from shige.tables.places import all_problems
from shige.tables.problems import Detail, Problem, WrongCell
from shige.tables.table import NAMED, Table
from shige.territory.intake.faults import Fault
from shige.territory.intake.tables import UnreadableFile, open_rows, told
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import wrong_with

from .. import clock
from ..categories import hazard_in, unsorted
from ..danger.detectors import hear
from ..filing.suggestion import suggest
from .columns import USUAL, Column, columns_of, rating_of, usual_mapping
from .columns import Mapping as Meaning

MOST: Final = 200_000
LONGEST: Final = {"id": 60, "words": 5000, "address": 160, "name": 60}
"""Characters that are kept of each column."""

TIMES: Final[tuple[Column, ...]] = ("reported", "responded", "due", "closed")

Value = TypeVar("Value")

NOTHING_SAID: Final = " 0-—–－_/\\.*?？"
NO_TELEPHONE: Final = frozenset(
    (
        "无",
        "没有",
        "未留",
        "未提供",
        "不详",
        "匿名",
        "保密",
        "空",
        "none",
        "null",
        "nan",
        "n/a",
        "na",
        "anonymous",
        "unknown",
    )
)
"""What a table writes where nobody left a telephone."""


@dataclass(frozen=True, slots=True)
class ImportedMatter:
    """One row, understood; times are aware, ``lon`` and ``lat`` None where it has no place.

    ``given`` is the category that the table gives; ``category`` is another one where an open row speaks of
    an emergency (P4).
    """

    row: int
    id: str
    words: str
    given: str
    category: str
    address: str
    lon: float | None
    lat: float | None
    reported: datetime
    responded: datetime | None
    due: datetime | None
    closed: datetime | None
    rating: int | None
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Intake:
    """A whole table: its drafts in order of their report, its faults, and the types that no rule names.

    ``notes`` say what was read otherwise than it stands there, or not at all.
    """

    mapping: Meaning
    drafts: tuple[ImportedMatter, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[tuple[str, int], ...]
    notes: tuple[Fault, ...] = ()

    @property
    def moved(self) -> list[ImportedMatter]:
        """Open rows that speak of an emergency and leave the category that the table gives (P4)."""
        return [draft for draft in self.drafts if draft.category != draft.given]


def read_matters(name: str, content: bytes, mapping: Meaning | None = None) -> Intake:
    """Read a table (CSV, Excel) with its mapping, or by the usual headers.

    Raises
    ------
    UnreadableFile
        It is no such table, or a column that every matter needs is not there.
    """
    table = open_rows(name, content, columns_of(mapping), MOST)
    if mapping is None:
        mapping = usual_mapping(column for column in USUAL if column in table.headers)
    _refuse_without(table, mapping)
    reader = _Reader(mapping)
    drafts = [
        draft
        for place, (number, row) in enumerate(zip(table.numbers, table.rows, strict=True), 1)
        for draft in reader.read(place, number, row)
    ]
    drafts.sort(key=lambda draft: (draft.reported, draft.row))
    return Intake(
        mapping,
        tuple(drafts),
        tuple(told(all_problems(table, [*table.problems, *table.too_long(LONGEST)], reader.problems))),
        tuple(reader.unknown.most_common()),
        tuple(told([*table.notes, *reader.notes("words" in mapping.columns)])),
    )


def _refuse_without(table: Table, mapping: Meaning) -> None:
    """Refuse a table without a column that its mapping names, or that every matter needs.

    What is refused says everything that is missing, and the headers that were not read: they may be it.
    """
    spoken: Column = "type" if "type" in mapping.columns else "words"
    missing = [
        Fault(0, column, _("The file has no column “%(header)s”.") % {"header": header})
        for column, header in mapping.columns.items()
        if column not in table.headers
    ]
    every: tuple[Column, ...] = ("id", "reported", spoken)
    for needed in every:
        if needed not in table.columns.wanted:
            missing.append(Fault(0, USUAL[needed][0], _("The mapping names no column for this.")))
        elif needed not in mapping.columns:
            missing += told(table.without((needed,)))
    if missing:
        first, *others = missing
        unread = told([note for note in table.notes if note.code == "unread_columns"])
        said = [first.message, *map(str, others), *(fault.message for fault in unread)]
        raise UnreadableFile(replace(first, message=" ".join(said)))


class _Reader:
    """Reads one row after the other and remembers what was wrong."""

    def __init__(self, mapping: Meaning) -> None:
        self.mapping = mapping
        self.problems: list[Problem] = []
        self.unknown: Counter[str] = Counter()
        self.first: dict[str, int] = {}
        self.wordless: list[int] = []

    def read(self, place: int, number: int, row: Mapping[str, Any]) -> Iterator[ImportedMatter]:
        """Yield the draft of a row, the ``place``-th and ``number`` to its reader, unless it has a fault."""
        before = len(self.problems)
        self.place, self.row = place, row
        identity = self._identity()
        kind, words = self._text("type"), self._text("words")
        given = self._category(kind, words)
        times = self._times()
        lon, lat = self._point()
        rating = self._value("rating", lambda value: rating_of(cells.text(value)))
        phone = self._phone()
        if len(self.problems) > before or times["reported"] is None or given is None:
            return
        if not words:
            self.wordless.append(number)
        closed = times["closed"] or times["reported"]
        done = self.mapping.is_closed(self._text("state"), times["closed"])
        yield ImportedMatter(
            row=number,
            id=identity,
            words=words or kind,
            given=given,
            category=given if done else self._heeded(given, words or kind),
            address=self._text("address"),
            lon=lon,
            lat=lat,
            reported=times["reported"],
            responded=times["responded"],
            due=times["due"],
            closed=closed if done else None,
            rating=rating if done else None,
            name=self._text("name"),
            phone=phone,
        )

    def notes(self, has_words: bool) -> list[Problem]:
        """Return a remark on rows without words, where the table has a column for them."""
        if not self.wordless or not has_words:
            return []
        rows = tuple(map(str, self.wordless[:NAMED])) + (("…",) if len(self.wordless) > NAMED else ())
        return [Problem(0, "", "no_words", {"count": len(self.wordless), "rows": rows})]

    def _identity(self) -> str:
        found = self._value("id", cells.exact) or ""
        if not found:
            self._fault("id", "missing")
        elif self.first.setdefault(found, self.place) != self.place:
            self._fault("id", "duplicate", value=found, first=self.first[found])
        return found

    def _category(self, kind: str, words: str) -> str | None:
        if not kind and not words:
            self._fault("words" if "words" in self.mapping.columns else "type", "missing")
            return None
        found = self.mapping.category_of(kind)
        if found is None and not kind:
            found = (suggest(words, limit=1).sure or unsorted()).code
        if found is None:
            self.unknown[kind] += 1
            self._fault("type", "no_category", value=kind)
        return found

    def _heeded(self, given: str, words: str) -> str:
        """Return the category that the table gives, or the one of the danger that the words speak of (P4)."""
        found = hazard_in(hear(words).emergencies, profile().category(given))
        return found.code if found else given

    def _times(self) -> dict[Column, datetime | None]:
        read: dict[Column, datetime | None] = {}
        for column in TIMES:
            read[column] = self._value(column, self.mapping.moment)
        if (reported := read["reported"]) is not None:
            read = {column: self._on_its_day(moment, reported) for column, moment in read.items()}
            self._order(read, reported)
        elif not self._faulty("reported"):
            self._fault("reported", "missing")
        return read

    def _on_its_day(self, moment: datetime | None, reported: datetime) -> datetime | None:
        """Return a moment; one of which only the day of the report is known is as late as the report."""
        day = datetime.combine(reported.astimezone(self.mapping.zone), time(), self.mapping.zone)
        return reported if moment == day else moment

    def _order(self, read: dict[Column, datetime | None], reported: datetime) -> None:
        """Name what lies before the report or, unless it is a due date, in the future."""
        for column, moment in read.items():
            if moment is not None and moment < reported:
                self._fault(column, "before_report", value=cells.text(self.row.get(column)))
            elif moment is not None and column != "due" and moment > clock.now():
                self._fault(column, "in_future", value=cells.text(self.row.get(column)))

    def _point(self) -> tuple[float | None, float | None]:
        lon = self._value("lon", lambda value: cells.degrees(value, "lon"))
        lat = self._value("lat", lambda value: cells.degrees(value, "lat"))
        if self._faulty("lon") or self._faulty("lat") or (lon is None and lat is None):
            return None, None
        if lon is None or lat is None:
            self._fault("lat" if lat is None else "lon", "missing")
            return None, None
        if wrong := misplaced(np.array([[lon, lat]])):
            self._fault("lon", wrong[0], **wrong[1])
            return None, None
        return lon, lat

    def _phone(self) -> str:
        """Return the telephone as it is kept; empty where the table says that there is none (无)."""
        written = self._text("phone")
        if written.strip(NOTHING_SAID) == "" or written.lower() in NO_TELEPHONE:
            return ""
        try:
            return str(read_telephone(written, profile().telephones))
        except NoTelephoneError as error:
            self._fault("phone", "no_telephone", value=written[:30], why=wrong_with(error))
            return ""

    def _value(self, column: Column, read: Callable[[Any], Value]) -> Value | None:
        try:
            return read(self.row.get(column))
        except WrongCell as error:
            self._fault(column, error.code, **error.details)
            return None

    def _text(self, column: Column) -> str:
        return trimmed(cells.text(self.row.get(column)))

    def _faulty(self, column: Column) -> bool:
        return any(p.row == self.place and p.column == column for p in self.problems[-20:])

    def _fault(self, column: Column, code: str, **details: Detail) -> None:
        self.problems.append(Problem(self.place, column, code, details))
