"""Nothing that an overseer can reach leads to a resident (R10, P3, P4, P8)."""

import json
from collections import Counter
from datetime import timedelta
from typing import Final

import pytest
from django.db import transaction
from django.test import Client

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.oversight.grids.queries.cases import trouble_in
from shige.oversight.models import Note, Report
from shige.oversight.notes.commands import write_note
from shige.oversight.reports.commands import draft_report
from shige.oversight.reports.queries import quarters
from shige.oversight.urgings.commands import escalate, move_urging, urge
from shige.oversight.urgings.queries.urgings import open_urgings
from shige.project.api import api
from shige.trust.commands import issue_token
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.permissions import PERMISSIONS, roles_for
from shige.trust.veil import veiled
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import WEDNESDAY, Town, report
from tests.oversight.line import LATER, lamps, night, overseer
from tests.project.test_unseen import CHANGING, LEFT_OUT, LINK, READ, settle, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NAME: Final = "诸葛月明"
PHONE: Final = "139876"
"""How the telephones begin that people leave."""
ROOM: Final = "1704"
WORDS: Final = "楼顶的蓝色水箱渗水"
OVERSEERS: Final = {"upper": "east", "middle": "general", "lower": "micro", "inside": "tower"}
MOST: Final = 300
WAYS: Final = 20  # in which one list is filtered and sorted


@pytest.fixture
def overseen(town: Town) -> Town:
    """Let every kind of overseer have late matters of known people in their grids, and urgings under way."""
    for name, area in OVERSEERS.items():
        overseer(town, name, area)
    known = {"name": NAME, "words": WORDS}
    for grid in ("micro", "micro2", "tower"):
        lamps(town, 6, grid, category="02.1", **known)
    lamps(town, 2, "micro", category="03.1", **known)
    Matter.objects.update(place=f"玉兰路1号2单元{ROOM}")
    day = WEDNESDAY.date()
    with clock.at(LATER):
        night()
        middle, trouble = town.viewer("middle"), trouble_in(town.areas["general"])
        assert trouble is not None
        case = trouble.cases[0]
        about = urge(
            middle, town.areas["general"].code, "这类事件办得慢", day + timedelta(days=30), case.handle
        )
        owner = next(name for name, post in town.posts.items() if post.pk == about.asked_id)
        move_urging(town.viewer(owner), about.pk, "answer", "已联系维修", day + timedelta(days=30))
        for name, area in OVERSEERS.items():
            viewer, code = town.viewer(name), town.areas[area].code
            urge(viewer, code, "超期较多", day + timedelta(days=21))
            write_note(viewer, code, "visit", on=clock.now().date(), looked_at=["late"], words="记录齐全")
            draft_report(viewer, code, quarters()[0].key)
    with clock.at(LATER + timedelta(days=3)):
        escalate(SYSTEM)
    return town


def reached(client: Client) -> dict[str, str]:
    """Open every page that can be reached by links from an overseer's first page; return what each said."""
    ahead, said = ["/start/", "/oversight/", "/office/", "/messages/"], dict[str, str]()
    ways = Counter[str]()
    while ahead and len(said) < MOST:
        path = ahead.pop().replace("&amp;", "&")
        page = path.partition("?")[0]
        if path in said or path.startswith(LEFT_OUT) or READ.fullmatch(path) or ways[page] == WAYS:
            continue
        ways[page] += 1
        answer = client.get(path)
        said[path] = f"{answer.status_code} {answer.get('Location', '')} {CHANGING.sub('', text_of(answer))}"
        ahead += LINK.findall(text_of(answer))
    assert len(said) < MOST, "the walk was cut short"
    return said


def told(town: Town, who: str) -> dict[str, str]:
    """Return every answer of the API to a program of somebody, of each area of the town and each urging."""
    allowed = [action for action in PERMISSIONS if town.posts[who].role in roles_for(action)]
    _, secret = issue_token(SYSTEM, town.persons[who], "look", allowed, 30)
    own = [row.key for row in open_urgings(town.viewer(who))]
    own += [row.pk for model in (Note, Report) for row in model.objects.all()]
    keys = [veiled("key", str(key)) for key in own]
    numbers = list(Matter.objects.values_list("number", flat=True))[:3]
    values = {"{code}": [area.code for area in town.areas.values()], "{number}": numbers, "{pk}": keys}
    asked = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        named = next((name for name in values if name in path), "")
        if "get" in methods and path.count("{") <= 1 and (named or "{" not in path):
            asked += [path.replace(named, value) for value in values[named]] if named else [path]
    said = {}
    for path in asked:
        answer = Client().get(path, headers={"Authorization": f"Bearer {secret}"})
        said[path] = f"{answer.status_code} {json.dumps(json.loads(answer.content), ensure_ascii=False)}"
    assert any(
        path.startswith("/api/v1/oversight/grids/") and text[:3] == "200" for path, text in said.items()
    )
    return said


@pytest.mark.parametrize("who", OVERSEERS)
def test_no_name_telephone_word_or_door_stands_anywhere(overseen: Town, who: str) -> None:
    with clock.at(LATER + timedelta(days=3)):
        settle()
        said = reached(signed_in(overseen, who)) | told(overseen, who)
    for room in ("urgings", "notes", "reports"):
        assert any(path.startswith(f"/oversight/{room}/") and len(path) > 40 for path in said), room
    numbers = Matter.objects.values_list("number", flat=True)
    for mark in (NAME, "诸葛", PHONE, ROOM, WORDS, "水箱", "玉兰路", *numbers):
        found = [path for path, text in said.items() if mark in text]
        # A public page may name a street's roads; an overseer's own may not.
        assert [path for path in found if path.startswith(("/oversight", "/api/v1/oversight"))] == [], mark
        assert mark == "玉兰路" or found == [], mark
    opened = [
        path for path, text in said.items() if path.startswith("/office/matters/") and text[:3] == "200"
    ]
    assert opened == []


@pytest.mark.parametrize("who", OVERSEERS)
def test_with_something_sealed_or_without_every_page_is_the_same(overseen: Town, who: str) -> None:
    def walked(*kept: tuple[str, str]) -> dict[str, str]:
        with transaction.atomic():
            with clock.at(WEDNESDAY):
                for grid in ("micro", "micro2", "tower"):
                    for words, category in kept:
                        file_matter(PUBLIC, report(words, category=category, place=overseen.place(grid)))
            with clock.at(LATER + timedelta(days=3)):
                settle()
                night()
                said = reached(signed_in(overseen, who))
            transaction.set_rollback(True)
        return said

    before = walked()
    after = walked(
        ("微网格员收了钱不办事，态度恶劣", "11.3"), ("他又动手打我了", "05.6"), ("他又动手打我了", "02.1"),
        ("街道办的干部收红包", "11.4"),
    )  # fmt: skip
    own = {path for path in before if path.startswith("/oversight")}
    assert own and own == {path for path in after if path.startswith("/oversight")}
    assert [path for path in own if before[path] != after[path]] == []
