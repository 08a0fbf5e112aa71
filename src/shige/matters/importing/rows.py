"""The rows of a foreign table as drafts of matters, with every fault by row and column."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import PurePath
from typing import Any, Final

from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.language.telephone import NoTelephoneError, read_telephone
from shige.territory.intake.faults import Fault
from shige.territory.intake.tables import TABLES, UnreadableFile, rows_of
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import wrong_with

from .. import clock
from ..categories import hazard_in, unsorted
from ..danger.detectors import hear
from ..filing.suggestion import suggest
from .columns import Column, Mapping, usual_mapping

MOST: Final = 200_000
WORDS_MOST: Final = 5000

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
    """A whole table: its drafts in order of their report, its faults, and the types that no rule names."""

    mapping: Mapping
    drafts: tuple[ImportedMatter, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[tuple[str, int], ...]

    @property
    def moved(self) -> list[ImportedMatter]:
        """Open rows that speak of an emergency and leave the category that the table gives (P4)."""
        return [draft for draft in self.drafts if draft.category != draft.given]


def read_matters(name: str, content: bytes, mapping: Mapping | None = None) -> Intake:
    """Read a table (CSV in UTF-8 or GB18030, Excel) with its mapping, or by the usual headers.

    Raises
    ------
    UnreadableFile
        It is no such table, or a column that every matter needs is not there.
    """
    headers, *rows = _table(name, content)
    mapping = mapping or usual_mapping(headers)
    places = _places(headers, mapping)
    reader = _Reader(mapping, places)
    drafts = [draft for number, row in enumerate(rows, 2) if any(row) for draft in reader.read(number, row)]
    drafts.sort(key=lambda draft: (draft.reported, draft.row))
    return Intake(mapping, tuple(drafts), tuple(reader.faults), tuple(reader.unknown.most_common()))


def _table(name: str, content: bytes) -> list[list[Any]]:
    ending = PurePath(name).suffix.lower()
    if ending not in TABLES:
        raise UnreadableFile("", _("Only CSV and Excel files can be read, not %(name)s.") % {"name": name})
    rows = rows_of(name, content)
    if len(rows) < 2:
        raise UnreadableFile("", _("The file has no rows."))
    if len(rows) > MOST:
        raise UnreadableFile("", _("The file has more than %(count)d rows.") % {"count": MOST})
    return rows


def _places(headers: Sequence[Any], mapping: Mapping) -> dict[Column, int]:
    found = {str(header).strip(): place for place, header in enumerate(headers)}
    for column, header in mapping.columns.items():
        if header not in found:
            raise UnreadableFile(column, _("The file has no column “%(header)s”.") % {"header": header})
    for needed in ("id", "reported"):
        if needed not in mapping.columns:
            usual = {"id": _("a number of each matter"), "reported": _("the time of the report")}[needed]
            raise UnreadableFile(needed, _("No column holds %(what)s.") % {"what": usual})
    if "words" not in mapping.columns and "type" not in mapping.columns:
        raise UnreadableFile("words", _("No column says what a matter is about."))
    return {column: found[header] for column, header in mapping.columns.items()}


class _Reader:
    """Reads one row after the other and remembers what was wrong."""

    def __init__(self, mapping: Mapping, places: dict[Column, int]) -> None:
        self.mapping, self.places = mapping, places
        self.faults: list[Fault] = []
        self.unknown: Counter[str] = Counter()
        self.seen: set[str] = set()

    def read(self, number: int, row: Sequence[Any]) -> Iterator[ImportedMatter]:
        """Yield the draft of a row, unless the row has a fault."""
        before = len(self.faults)
        identity = self._text(row, "id")
        if not identity or identity in self.seen:
            said = _("stands twice in this file") if identity else _("is empty")
            self._fault(number, "id", said)
        self.seen.add(identity)
        kind, words = self._text(row, "type"), self._text(row, "words")[:WORDS_MOST]
        given = self._category(number, kind, words)
        times = self._times(number, row)
        lon, lat = self._point(number, row)
        rating = self._rating(number, row)
        phone = self._phone(number, row)
        if len(self.faults) > before or times["reported"] is None or given is None:
            return
        closed = times["closed"] or times["reported"]
        done = self.mapping.is_closed(self._text(row, "state"), times["closed"])
        yield ImportedMatter(
            row=number,
            id=identity,
            words=words or kind,
            given=given,
            category=given if done else self._heeded(given, words or kind),
            address=self._text(row, "address")[:160],
            lon=lon,
            lat=lat,
            reported=times["reported"],
            responded=times["responded"],
            due=times["due"],
            closed=closed if done else None,
            rating=rating if done else None,
            name=self._text(row, "name")[:60],
            phone=phone,
        )

    def _category(self, number: int, kind: str, words: str) -> str | None:
        found = self.mapping.category_of(kind)
        if found is None and not kind and words:
            found = (suggest(words, limit=1).sure or unsorted()).code
        if found is None:
            self.unknown[kind] += 1
            self._fault(
                number, "type", _("“%(kind)s” is no category that the mapping knows") % {"kind": kind}
            )
        return found

    def _heeded(self, given: str, words: str) -> str:
        """Return the category that the table gives, or the one of the danger that the words speak of (P4)."""
        found = hazard_in(hear(words).emergencies, profile().category(given))
        return found.code if found else given

    def _times(self, number: int, row: Sequence[Any]) -> dict[Column, datetime | None]:
        read: dict[Column, datetime | None] = {}
        for column in ("reported", "responded", "due", "closed"):
            written = self._cell(row, column)
            read[column] = self.mapping.moment(written) if written not in (None, "") else None
            if read[column] is None and (written not in (None, "") or column == "reported"):
                self._fault(number, column, _("“%(written)s” is no time") % {"written": written or ""})
        if (reported := read["reported"]) is not None:
            read = {column: self._on_its_day(moment, reported) for column, moment in read.items()}
            self._order(number, row, read, reported)
        return read

    def _on_its_day(self, moment: datetime | None, reported: datetime) -> datetime | None:
        """Return a moment; one of which only the day of the report is known is as late as the report."""
        day = datetime.combine(reported.astimezone(self.mapping.zone), time(), self.mapping.zone)
        return reported if moment == day else moment

    def _order(
        self, number: int, row: Sequence[Any], read: dict[Column, datetime | None], reported: datetime
    ) -> None:
        """Name what lies before the report or, unless it is a due date, in the future."""
        for column, moment in read.items():
            said = ""
            if moment is not None and moment < reported:
                said = _("“%(written)s” lies before the report")
            elif moment is not None and column != "due" and moment > clock.now():
                said = _("“%(written)s” lies in the future")
            if said:
                self._fault(number, column, said % {"written": self._cell(row, column)})

    def _point(self, number: int, row: Sequence[Any]) -> tuple[float | None, float | None]:
        written = [self._cell(row, column) for column in ("lon", "lat")]
        if any(value in (None, "") for value in written):
            return None, None
        try:
            lon, lat = (float(value) for value in written)
        except (TypeError, ValueError):
            lon = lat = math.nan
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            self._fault(number, "lon", _("“%(written)s” is no place on Earth") % {"written": written})
            return None, None
        return lon, lat

    def _rating(self, number: int, row: Sequence[Any]) -> int | None:
        written = self._text(row, "rating")
        if not written:
            return None
        try:
            rating = round(float(written))
        except (ValueError, OverflowError):
            rating = 0
        if not 1 <= rating <= 5:
            self._fault(number, "rating", _("“%(written)s” is not 1 to 5") % {"written": written})
        return rating

    def _phone(self, number: int, row: Sequence[Any]) -> str:
        """Return the telephone as it is kept; empty where the table says that there is none (无)."""
        written = self._text(row, "phone")
        if written.strip(NOTHING_SAID) == "" or written.lower() in NO_TELEPHONE:
            return ""
        try:
            return str(read_telephone(written, profile().telephones))
        except NoTelephoneError as error:
            said = _("“%(written)s” is no telephone number. %(why)s")
            self._fault(number, "phone", said % {"written": written[:30], "why": wrong_with(error)})
            return ""

    def _cell(self, row: Sequence[Any], column: Column) -> Any:
        place = self.places.get(column)
        return row[place] if place is not None and place < len(row) else None

    def _text(self, row: Sequence[Any], column: Column) -> str:
        cell = self._cell(row, column)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if cell is None else trimmed(str(cell).replace("\0", ""))

    def _fault(self, number: int, column: str, message: str) -> None:
        self.faults.append(Fault(number, column, message))
