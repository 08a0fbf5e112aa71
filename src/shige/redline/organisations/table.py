"""Read a table of organisations: CSV or Excel with name, kind, grid, above, first day and overseer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shige.tables.cells import exact, text
from shige.tables.headers import Columns
from shige.tables.moments import day
from shige.tables.places import all_problems
from shige.tables.problems import Problem, WrongCell
from shige.territory.intake.faults import Fault
from shige.territory.intake.tables import open_rows, told
from shige.trust.jurisdiction import language, profile

MOST: Final = 100_000
LIMITS: Final = {"name": 80}

COLUMNS: Final = Columns(
    ("name", "kind", "grid", "grid_name", "above", "since", "overseer"),
    {
        "name": ("名称", "党组织名称", "组织名称", "党组织", "organisation"),
        "kind": ("类别", "组织类别", "党组织类别", "类型"),
        "grid": ("网格编码", "网格代码", "编码", "grid_code"),
        "grid_name": ("网格名称", "对应网格", "网格"),
        "above": ("上级组织", "上级党组织", "上级", "parent"),
        "since": ("起始日期", "成立日期", "生效日期", "founded"),
        "overseer": ("监督责任人岗位", "监督责任人", "监督岗位", "overseer"),
    },
)


@dataclass(frozen=True, slots=True)
class Written:
    """One row as it is written: ``grid`` is a code, or empty where ``grid_name`` says which.

    ``overseer`` is what the overseer's post or its holder is called; empty leaves it as it is.
    """

    row: int
    name: str
    kind: str
    grid: str
    grid_name: str
    above: str
    since: date | None
    overseer: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationTable:
    """The rows of a table, every fault of its cells, what is told of it, and how it calls each column."""

    rows: tuple[Written, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    headers: Mapping[str, str]


def read_organisations(name: str, content: bytes) -> OrganisationTable:
    """Read a table of organisations.

    Raises
    ------
    UnreadableFile
        It is no such table, or has more than ``MOST`` rows.
    """
    table = open_rows(name, content, COLUMNS, MOST)
    kinds = {
        word: pair.code
        for pair in profile().redline
        for word in (pair.code, *(pair.name.in_language(said) for said in ("zh", "en")))
    }
    rows: list[Written] = []
    wrong: list[Problem] = []
    for place, (number, row) in enumerate(zip(table.numbers, table.rows, strict=True), 1):
        found, faults = _written(place, number, row, kinds)
        wrong += faults
        rows += [found] if found else []
    needed = ["name", "kind", *(["grid"] if "grid_name" not in table.headers else [])]
    problems = all_problems(table, [*table.without(needed), *table.problems], wrong) + table.too_long(LIMITS)
    headers = {column: table.called(column) for column in COLUMNS.wanted}
    return OrganisationTable(tuple(rows), tuple(told(problems)), tuple(told(list(table.notes))), headers)


def _written(
    place: int, number: int, row: Mapping[str, Any], kinds: Mapping[str, str]
) -> tuple[Written | None, list[Problem]]:
    wrong = [Problem(place, column, "missing") for column in ("name", "kind") if not text(row.get(column))]
    said = text(row.get("kind"))
    if said and said not in kinds:
        known = tuple(pair.name.in_language(language()) for pair in profile().redline)
        wrong.append(Problem(place, "kind", "unknown", {"value": said, "allowed": known}))
    code, since = "", None
    try:
        code = exact(row.get("grid"))
    except WrongCell as error:
        wrong.append(Problem(place, "grid", error.code, error.details))
    try:
        since = day(row.get("since"))
    except WrongCell as error:
        wrong.append(Problem(place, "since", error.code, error.details))
    if not code and not text(row.get("grid_name")) and not wrong:
        wrong.append(Problem(place, "grid", "missing"))
    if wrong:
        return None, wrong
    words = {column: text(row.get(column)) for column in ("name", "grid_name", "above", "overseer")}
    return Written(row=number, kind=kinds[said], grid=code, since=since, **words), []
