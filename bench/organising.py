"""How long the table of a city's 64,000 Party organisations takes: read, looked at, saved, written again."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final, TypeVar

from tests.program import Running

from shige.files.spreadsheets import excel_file
from shige.redline.coverage.listing import Wanted
from shige.redline.coverage.places import Place
from shige.redline.organisations.exporting import exported
from shige.redline.organisations.importing import found_all, understood
from shige.redline.organisations.table import read_organisations
from shige.trust.gate import SYSTEM
from shige.trust.queries import today

from .gridded import SINCE, made
from .timing import Line

ORGANISATIONS: Final = 64_000
HEADERS: Final = ("名称", "类别", "网格编码", "上级组织", "起始日期")
REASON: Final = "首次录入"

T = TypeVar("T")


def lines(_running: Running) -> Iterator[Line]:
    """Make the city, then take its table through every step that a person takes it through."""
    city = made()
    rows = [(*row, SINCE.isoformat()) for row in city.rows[:ORGANISATIONS]]
    content = excel_file("organisations", "organisations", [HEADERS, *rows]).content
    told = f"{len(rows):,} rows; {len(city.areas):,} areas"
    seconds, table = timed(lambda: read_organisations("organisations.xlsx", content))
    yield Line("table of organisations read", seconds, "s", told)
    seconds, reading = timed(lambda: understood(SYSTEM, table))
    yield Line("looked at before it is saved", seconds, "s", f"{len(reading.faults)} faults")
    seconds, done = timed(lambda: found_all(SYSTEM, table, REASON))
    yield Line("saved, after another look", seconds, "s", f"{len(done.places):,} founded")
    seconds, again = timed(lambda: found_all(SYSTEM, table, REASON))
    yield Line("the same table again", seconds, "s", f"{again.known:,} known, {len(again.places)} founded")
    seconds, written = timed(lambda: list(exported(SYSTEM, Wanted(Place(None, "", "city"), today()))))
    yield Line("exported", seconds, "s", f"{len(written):,} rows")


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Return how long something took (seconds), and what it returned."""
    begun = perf_counter()
    result = act()
    return perf_counter() - begun, result
