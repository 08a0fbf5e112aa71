"""The import's pages: what is refused is said beside the form, and a second click changes nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shige.matters.importing import commands as importing
from shige.matters.models import Matter
from shige.trust.models import Appointment, Person, Post
from tests.matters.handling.test_pages import signed_in
from tests.matters.importing.test_commands import HOTLINE, hotline

from ..town import ALWAYS, Town

pytestmark = pytest.mark.django_db

START = "/office/import/"
DANGER = "A-9,丈夫打老婆孩子被打,婚姻家庭,,,,2026-09-01 09:00,,,,,\n"
OLD = "A-8,灯,02.1,,,,2020-09-01 09:00,,2020-09-01 10:00,,,13900000001\n"


@pytest.fixture
def officer(town: Town) -> Client:
    """Sign the street's officer in."""
    return signed_in(town, "street_officer")


def previewed(client: Client, town: Town, rows: str = "") -> str:
    """Hand a hotline's table in; return the page of its preview."""
    table = SimpleUploadedFile("热线.csv", hotline(town, HOTLINE + rows))
    answer = client.post(START, {"table": table, "street": town.areas["street"].code})
    return str(answer["Location"])


def test_the_preview_says_what_danger_moves_and_what_is_too_old(officer: Client, town: Town) -> None:
    page = officer.get(previewed(officer, town, DANGER + OLD)).content.decode()
    assert "1 件未办结事件涉及紧急情况" in page and "婚姻家庭 → 暴力与人身伤害" in page
    assert "1 件的联系方式或封存内容，已过保存期限" in page


def test_a_second_click_leads_to_what_the_first_has_done(officer: Client, town: Town) -> None:
    address = previewed(officer, town)
    for _click in range(2):
        page = officer.post(f"{address}save/", follow=True).content.decode()
        assert "已导入 3 件" in page
    assert Matter.objects.count() == 3


def test_a_click_in_the_same_instant_finds_what_the_other_one_saved(
    officer: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = previewed(officer, town)
    officer.post(f"{address}save/")
    other, known = previewed(officer, town), importing.known_before
    none = importing.Known(frozenset(), frozenset())
    seen = iter([none, None])

    def late(*asked: Any) -> importing.Known:
        return known(*asked) if (first := next(seen)) is None else first

    monkeypatch.setattr(importing, "known_before", late)
    assert officer.post(f"{other}save/").status_code == 302
    assert Matter.objects.count() == 3


def test_without_anybody_in_office_it_is_said_beside_the_form(town: Town) -> None:
    for post in town.posts:
        town.vacate(post)
    town.posts["admin"] = Post.objects.create(
        role="system_admin", area=town.areas["district"], name="admin", department=""
    )
    town.persons["admin"] = Person.objects.create(username="admin", service_name="admin")
    Appointment.objects.create(person=town.persons["admin"], post=town.posts["admin"], valid=ALWAYS)
    admin = signed_in(town, "admin")
    answer = admin.post(f"{previewed(admin, town)}save/")
    assert answer.status_code == 422 and not Matter.objects.exists()
    page = answer.content.decode()
    assert "热线" in page and "全部导入" in page


def test_the_preview_says_what_was_imported_before(officer: Client, town: Town) -> None:
    officer.post(f"{previewed(officer, town)}save/")
    page = officer.get(previewed(officer, town)).content.decode()
    assert "此前已导入，将跳过</dt><dd>3</dd>" in page


def test_the_preview_shows_how_the_first_rows_will_be_filed(officer: Client, town: Town) -> None:
    page = officer.get(previewed(officer, town, DANGER)).content.decode()
    table = page[page.index("将这样登记") :]
    assert "前 4 行将这样登记" in page and not Matter.objects.exists()
    for shown in ("A-1", town.areas["micro"].name, "不在任何网格"):
        assert shown in table
    danger = table[table.index("A-9") :].split("</tr>")[0]
    assert "封闭办理" in danger and not any(post.name in danger for post in town.posts.values())
    officer.post(f"{previewed(officer, town)}save/")
    for matter in Matter.objects.exclude(sealed__gt=0).select_related("owner", "leaf"):
        row = table[table.index(matter.foreign_number) :].split("</tr>")[0]
        assert matter.owner.name in row and (matter.leaf is None or matter.leaf.name in row)


def test_the_preview_says_where_nobody_could_answer(officer: Client, town: Town) -> None:
    address = previewed(officer, town)
    Appointment.objects.exclude(person=town.persons["street_officer"]).delete()
    page = officer.get(address).content.decode()
    assert "将这样登记" in page


def test_rows_beyond_the_first_and_those_known_already_are_not_shown(officer: Client, town: Town) -> None:
    officer.post(f"{previewed(officer, town)}save/")
    more = "".join(f"B-{n},路灯不亮,02.1,,,,2026-09-01 09:00,,,,,\n" for n in range(12))
    page = officer.get(previewed(officer, town, more)).content.decode()
    table = page[page.index("将这样登记") :]
    assert "前 10 行" in page and table.count("B-") == 10 and "A-1" not in table
