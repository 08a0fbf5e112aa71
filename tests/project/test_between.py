"""A sealed matter between two that are seen: what its chain asks for is the same as without it (P3, P4)."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.lists.queries.circumstances import circumstances
from shige.matters.lists.queries.filters import OUTSIDE
from shige.matters.models import Matter
from shige.matters.recusal.commands import recuse
from shige.project.api import api
from shige.trust.commands import appoint, end_appointment, issue_token
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models.people import start_of
from shige.trust.permissions import PERMISSIONS, roles_for
from shige.trust.queries import lineage_of_post
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import WEDNESDAY, Town, build, report
from tests.project.test_unseen import CHANGING, READ, settle, text_of, walk

pytestmark = [pytest.mark.django_db, pytest.mark.long]

COMPLAINT: Final = {"words": "微网格员收了钱不办事，态度恶劣", "category": "11.3"}
DANGER: Final = {"words": "他又动手打我了", "category": "05.6"}
OFFICIAL: Final = {"words": "街道办的干部收红包", "category": "11.4"}
KEPT: Final = [
    ("micro_worker", COMPLAINT),
    ("fulltime_worker", DANGER),
    ("community_chief", COMPLAINT),
    ("street_officer", DANGER),
    ("service_centre", OFFICIAL),
]
"""Who must not know of which matter: each role of a chain, and each kind of seal."""

CHOICES: Final = (
    *({"state": state} for state in ("open", "done", "all", "new", "to_confirm")),
    *({"text": text, "state": "all"} for text in ("微网格员", "动手", "红包", "态度恶劣", "收了钱", "楼")),
    *({"category": code, "state": "all"} for code in ("05", "05.6", "11", "11.3", "11.4", "02.1")),
    *({name: "on", "state": "all"} for name in ("late", "mine", "confidential", "led")),
    *({"circumstance": name, "state": "all"} for name in circumstances()),
    *({"outside": level, "state": "all"} for level in OUTSIDE),
    *({"kind": kind, "state": "all"} for kind in ("complaint", "guarded", "problem")),
    {"since": "2026-09-01", "until": "2026-09-30", "state": "all"},
    {"page": "2", "state": "all"},
    {"cursor": "x"},
)
"""What a list may be narrowed to, by its form, its search and its addresses."""

FIGURES: Final = tuple(
    {"by": by, "period": month}
    for by in ("leaf", "category", "department")
    for month in ("2026-08", "2026-09")
)
BOX: Final = {"west": "103.9", "south": "29.9", "east": "104.2", "north": "30.2", "z": "16"}


def pages_asked() -> list[str]:
    """Return addresses to which nobody needs a link: searches, filters, exports, counts."""
    asked = [f"/office/matters/?{urlencode(choice)}" for choice in CHOICES]
    asked += [f"/office/matters/export.csv?{urlencode(choice)}" for choice in CHOICES]
    for page in ("", "export.csv", "export.xlsx"):
        asked += [f"/figures/{page}?{urlencode(choice)}" for choice in FIGURES]
    asked += [f"/office/matters/map/spots.json?{urlencode(BOX)}", "/office/opinions/export.csv"]
    return [
        *asked,
        "/office/matters/board/",
        "/office/board/",
        "/office/desk/",
        "/office/messages/",
        "/open/",
    ]


def answers(town: Town, who: str) -> dict[str, str]:
    """Return what the API says to a token of somebody: every list, page by page of two, however narrowed."""
    person = town.persons[who]
    allowed = [action for action in PERMISSIONS if town.posts[who].role in roles_for(action)]
    _, secret = issue_token(SYSTEM, person, "look", allowed, 30)
    bearer, said = {"Authorization": f"Bearer {secret}"}, dict[str, str]()
    paths = api.get_openapi_schema()["paths"]
    lists = [path for path, methods in paths.items() if "get" in methods and "{" not in path]
    assert "/api/v1/matters" in lists
    for path in lists:
        for choice in CHOICES if path == "/api/v1/matters" else [{"level": "micro"}]:
            cursor = ""
            for number in range(20):
                query = choice | {"limit": "2", "q": "玉兰"} | ({"cursor": cursor} if cursor else {})
                query = {name: "true" if value == "on" else value for name, value in query.items()}
                answer = Client().get(path, query, headers=bearer)
                said[f"api {path} {choice} {number}"] = f"{answer.status_code} {answer.content.decode()}"
                page = json.loads(answer.content)
                cursor = page.get("next") or page.get("next_cursor") if isinstance(page, dict) else ""
                if not cursor:
                    break
    return said


def asked(client: Client, paths: Iterable[str]) -> dict[str, str]:
    """Return what each address says."""
    said = {}
    for path in paths:
        answer = client.get(path)
        said[path] = f"{answer.status_code} {text_of(answer)}"
    return said


NUMBER: Final = re.compile(r"\d{8}-\d{6}")
AHEAD: Final = re.compile(r'(cursor=|"next_cursor": ?")[^"&\\]+')
AS_OF: Final = re.compile(r"数据截至\D{0,60}\d{4}-\d\d-\d\d \d\d:\d\d")
TOLD_AT: Final = re.compile(
    r'(<a class="number" data-open href="/messages/ONE/">[^<]*</a>) <span class="quiet">[^<]*'
)
"""When a message was written: the walks take longer than a minute, and the post's clock is the real one."""


def told(
    town: Town, who: str, sealed: dict[str, str] | None, then: Callable[[], None] = lambda: None
) -> dict[str, str]:
    """Return all that is told to somebody when a matter lies between two that they see, or none does.

    ``then`` happens after they were filed, before anybody looks.
    """
    with transaction.atomic():
        filed = []
        for hours, given in enumerate(({"category": "02.1"}, sealed, {"category": "02.1"})):
            if given is not None:
                with clock.at(WEDNESDAY + timedelta(hours=hours)):
                    filed.append(file_matter(PUBLIC, report(place=town.place("micro"), **given)).matter)
        with clock.at(WEDNESDAY + timedelta(days=2)):
            then()
            settle()
            client = signed_in(town, who)
            said = walk(client) | asked(client, pages_asked()) | answers(town, who)
        seen = filed[0], filed[-1]
        transaction.set_rollback(True)
    names = {matter.number: name for matter, name in zip(seen, ("FIRST", "LAST"), strict=True)}
    numbered = {matter.number for matter in Matter.objects.all()}

    def read(text: str) -> str:
        plain = NUMBER.sub(lambda found: names.get(found[0], found[0]), READ.sub("/messages/ONE/", text))
        return CHANGING.sub("", TOLD_AT.sub(r"\1", AS_OF.sub("", AHEAD.sub(r"\1CURSOR", plain))))

    assert numbered and all(name in "".join(map(read, said)) for name in names.values()), "both are seen"
    return {read(path): read(text) for path, text in said.items()}


@pytest.fixture
def town() -> Town:
    """Build the town with something to count."""
    town = build()
    with clock.at(WEDNESDAY - timedelta(days=1)):
        for grid in ("micro", "micro2", "micro3"):
            for category in ("01.1", "03.1", "10.1"):
                file_matter(PUBLIC, report("楼道里有情况", category=category, place=town.place(grid)))
    return town


@pytest.mark.parametrize(("who", "sealed"), KEPT)
def test_what_lies_between_two_that_are_seen_changes_nothing_that_can_be_asked(
    town: Town, who: str, sealed: dict[str, str]
) -> None:
    without, between = told(town, who, None), told(town, who, sealed)
    assert set(without) == set(between)
    assert without == between, differing(without, between)


def test_nor_does_what_is_about_somebody_in_the_post_that_they_get_later(town: Town) -> None:
    """Whom a complaint names is appointed to the post that has it, as its only holder."""
    post, person, day = (
        town.posts["service_centre"],
        town.persons["department"],
        localdate() - timedelta(days=1),
    )
    town.persons["service_centre"] = person  # who walks

    def begin() -> None:
        for matter in Matter.objects.filter(sealed__gt=0):
            recuse(SYSTEM, matter.number, person.pk, "反映的就是本人")
        for held in post.appointments.all():
            end_appointment(SYSTEM, held, lineage_of_post(post), start_of(day))
        appoint(SYSTEM, person, post, lineage_of_post(post), since=day)
        assert not Matter.objects.filter(sealed__gt=0, owner=post).exists()

    without, between = (told(town, "service_centre", kept, begin) for kept in (None, COMPLAINT))
    assert set(without) == set(between)
    assert without == between, differing(without, between)


def differing(one: dict[str, str], other: dict[str, str]) -> str:
    """Return the first line of each page that is not the same."""
    lines = []
    for path in one:
        pairs = zip(one[path].splitlines(), other.get(path, "").splitlines(), strict=False)
        first = next(((mine, theirs) for mine, theirs in pairs if mine != theirs), None)
        if one[path] != other.get(path):
            lines.append(f"{path}: {first}"[:600])
    return "\n".join(lines)
