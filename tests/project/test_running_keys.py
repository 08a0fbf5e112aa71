"""No page and no answer of the API holds a running key: it grows with what its reader may not see (P3)."""

import json
import re
from collections.abc import Iterator
from typing import Final

import psycopg
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shige.machine.database.cluster import Cluster
from shige.project.api import api
from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.permissions import PERMISSIONS, roles_for
from shige.trust.templatetags.veils import veil
from tests.places import Town, make_town
from tests.project.door import Arguments
from tests.project.doors import ARGUMENTS, ONLY_POST, OURS

FIRST: Final = 600_000
APART: Final = 1000
"""Sequences go on from here, each so far from the next: a running key tells that it is one, and whose."""

NUMBER: Final = re.compile(r"(?<![^\W_])(?<![.#])([6-9]\d{5})(?![^\W_]|\.)")
"""Between anything but letters and digits: also in the id of a field, such as ``id_note_600001``."""

MOST_ROWS: Final = 60
"""More rows of one table no test here makes."""

OPEN: Final = {
    "territory_area": "areas have codes that count up, and everybody may see them all",
    "trust_post": "how many posts an office has is no secret, and no post is made for a matter",
}
"""Tables whose rows everybody may count, and why."""

NUMBERS: Final = re.compile(r"\d{8}-\d{6}(?:-\w+)*|/static/[^\"']*")
"""Numbers of matters, which are shuffled, and files by the hash of their content."""

WITH_ANSWERS: Final = (
    "matters:task", "matters:part", "opinions:one", "assets:thing", "assets:device", "redline:organisation",
    "redline:add", "members:one", "warnings:one", "disputes:plan", "disputes:plan_change", "territory:plan",
    "oversight:urging", "oversight:note", "oversight:report",
)  # fmt: skip
"""Pages whose things the API tells of as well."""

SHOWN: Final = [name for name in OURS if name not in ONLY_POST]


def go_on_from_far(cluster: Cluster) -> list[str]:
    """Let every table's key go on from a number that nothing else is; return the sequences in their order."""
    with psycopg.connect(cluster.owner_url) as owner:
        rows = owner.execute(
            "SELECT relname, setval(oid, %s + %s * row_number() OVER (ORDER BY relname)) FROM pg_class"
            " WHERE relkind = 'S' AND relowner = 'shige_owner'::regrole ORDER BY relname",
            [FIRST, APART],
        )
        return [name.removesuffix("_id_seq") for name, _ in rows]


@pytest.fixture
def tables(db: None, database_cluster: Cluster) -> list[str]:
    return go_on_from_far(database_cluster)


@pytest.fixture
def far(tables: list[str]) -> tuple[Town, dict[str, Client]]:
    """Give a town whose keys are told from other numbers, and a signed-in browser for each of its people."""
    town = make_town()
    browsers = {who: Client() for who in town.people}
    for who, browser in browsers.items():
        browser.force_login(town.people[who])
        session = browser.session
        session[SAMPLE_SESSION] = True
        session.save()
    return town, browsers


def running_in(text: str, tables: list[str]) -> set[str]:
    """Return the tables of which a running key stands in a page, but for those that everybody may count."""
    numbers = {int(found) - FIRST for found in NUMBER.findall(NUMBERS.sub("", text))}
    near = {divmod(number, APART) for number in numbers}
    found = {tables[place - 1] for place, more in near if 1 <= place <= len(tables) and 0 < more <= MOST_ROWS}
    return found - OPEN.keys()


def answers(town: Town, browsers: dict[str, Client]) -> Iterator[tuple[str, str]]:
    """Open every page that shows something as everybody; yield who and where, and what it said."""
    for name in SHOWN:
        with transaction.atomic():
            arguments = ARGUMENTS[name](town) if OURS[name].pattern.converters else {}
            path = reverse(name, kwargs=arguments) if OURS[name].name else f"/{name}"
            for who, browser in [("stranger", Client()), *browsers.items()]:
                answer = browser.get(path)
                content = b"".join(answer) if answer.streaming else answer.content
                yield (
                    f"{who} {name}",
                    f'"{path}" {answer.get("Location", "")} {content.decode(errors="replace")}',
                )
            transaction.set_rollback(True)


def test_no_page_of_anybody_holds_a_running_key(
    far: tuple[Town, dict[str, Client]], tables: list[str]
) -> None:
    found: dict[str, set[str]] = {}
    for where, text in answers(*far):
        for table in running_in(text, tables):
            found.setdefault(table, set()).add(where)
    assert found == {}, "\n".join(f"{table}: {sorted(places)}" for table, places in found.items())


def filled_in(pattern: str, arguments: Arguments) -> str:
    """Return an address of the API with what is known of its parts."""
    for name, value in arguments.items():
        pattern = pattern.replace(f"{{{name}}}", veil(value) if isinstance(value, int) else str(value))
    return pattern


def test_no_answer_of_the_api_holds_a_running_key(
    far: tuple[Town, dict[str, Client]], tables: list[str]
) -> None:
    town, _ = far
    for name in WITH_ANSWERS:
        with transaction.atomic():
            arguments = ARGUMENTS[name](town)
            found = {}
            for who, person in town.people.items():
                allowed = [action for action in PERMISSIONS if town.posts[who].role in roles_for(action)]
                _, secret = issue_token(SYSTEM, person, "keys", allowed, 30)
                for pattern, methods in api.get_openapi_schema()["paths"].items():
                    path = filled_in(pattern, arguments)
                    if "get" in methods and "{" not in path:
                        answer = Client().get(path, headers={"Authorization": f"Bearer {secret}"})
                        if keys := running_in(json.dumps(json.loads(answer.content)), tables):
                            found[f"{who} {path}"] = keys
            assert found == {}
            transaction.set_rollback(True)


def test_the_walk_would_notice_one() -> None:
    tables = ["matters_matter", "matters_task"]
    assert running_in('<a href="/office/tasks/602009/">', tables) == {"matters_task"}
    assert running_in('<input value="601001"> data-key="pk-602001"', tables) == set(tables)
    assert running_in('{"id": 601060}', tables) == {"matters_matter"}
    assert running_in("20260101-602001 104.602001 #602001 a602001 602900", tables) == set()
