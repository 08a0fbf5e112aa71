"""The register's pages: a secretary at work, whoever was invited on a phone, and everybody else (R11)."""

import re
from io import BytesIO
from typing import Any, Final

import pytest
from django.test import Client
from openpyxl import load_workbook

from shige.members import commands
from shige.members.commands import invite
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry
from shige.trust.queries import today
from shige.trust.veil import veiled
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town

from .made import NAME, checked, confirmed, declared, entries, form, held, organisation_for

pytestmark = pytest.mark.django_db

REGISTER: Final = "/office/members/"
LINK: Final = re.compile(r"http://testserver(/members/join/[\w-]+/)")
OUTSIDERS: Final = (
    "micro_worker", "fulltime_worker", "exclusive_worker", "community_chief", "mediation_committee",
    "department", "district_centre", "overseer",
)  # fmt: skip


def filled(town: Town, **more: object) -> dict[str, object]:
    """Return a declaration as a phone sends it."""
    usual = {
        "form": form(), "name": NAME, "phone": "138 0000 1234", "party": "yes", "monthly": "4",
        "grid": town.areas["micro"].code, "offers": ["law"], "words": "周末", "own_will": "on",
    }  # fmt: skip
    return usual | more


def text(answer: Any) -> str:
    return str(answer.content.decode())


def links_of(browser: Client, organisation: int, **more: object) -> list[str]:
    """Invite by the page and return the links of its sheet."""
    sent = {"organisation": veiled("key", str(organisation)), "places": 3, "links": "each", "form": form()}
    return LINK.findall(text(browser.post(f"{REGISTER}invite/", sent | more)))


def test_from_the_sheet_to_the_register_and_out_of_it_again(staffed: Town, east: int) -> None:
    secretary, phone = signed_in(staffed, "secretary"), Client()
    first, *_others = links = links_of(secretary, east)
    assert len(set(links)) == 3
    page = phone.get(first)
    assert page.status_code == 200 and "玉兰示例党支部" in text(page) and "no-store" in page["Cache-Control"]
    sent = filled(staffed)
    refused = phone.post(first, sent | {"phone": "12"})
    assert refused.status_code == 422 and entries() == []
    made = phone.post(first, sent)
    own = made["Location"]
    assert made.status_code == 302 and phone.post(first, sent)["Location"] == own
    assert phone.get(first).status_code == 404  # used
    assert NAME in text(phone.get(own)) and "138 0000 1234" in text(phone.get(own))
    waiting = text(secretary.get(f"{REGISTER}waiting/"))
    assert "欧阳某" in waiting and "待他人确认" in waiting and NAME not in waiting
    (member,) = entries()
    entry = f"{REGISTER}{member.key}/"
    assert NAME not in text(secretary.get(entry))
    opened = secretary.post(f"{entry}open/")
    assert NAME in text(opened) and opened["Cache-Control"] == "no-store"
    assert "须由另一人确认" in text(secretary.post(f"{entry}confirm/", follow=True))
    assert "secretary" in text(phone.get(own))
    officer = signed_in(staffed, "street_officer")
    listed = officer.post(f"{REGISTER}waiting/open/")
    assert NAME in text(listed) and listed["Cache-Control"] == "no-store"
    done = officer.post(f"{REGISTER}waiting/confirm/", {"keys": [str(member.key)]}, follow=True)
    assert "已确认 1 条申报" in text(done) and "没有待您确认的申报" in text(done)
    given = {"day": f"{today()}", "what": "law", "form": form()}
    assert phone.post(f"{own}hours/", given | {"hours": "30"}).status_code == 422
    assert phone.post(f"{own}hours/", given | {"hours": "3"}).status_code == 302
    assert phone.post(f"{own}renew/").status_code == 302
    assert phone.post(f"{own}change/", sent | {"ready": "on"}).status_code == 302
    assert "欧阳某" in text(secretary.get(f"{REGISTER}reserve/?area={staffed.areas['micro'].code}"))
    assert phone.post(f"{own}withdraw/")["Location"] == "/members/left/"
    assert phone.get(own).status_code == 404 and secretary.get(entry).status_code == 404
    assert entries()[0].hours == 3


def test_a_declaration_is_declined_with_a_reason_that_its_owner_reads(staffed: Town, east: int) -> None:
    member, code = declared(east, staffed.areas["micro"])
    secretary = signed_in(staffed, "secretary")
    entry = f"{REGISTER}{member.key}/"
    assert secretary.post(f"{entry}decline/", {"reason": ""}).status_code == 422
    assert secretary.post(f"{entry}decline/", {"reason": "不属于本支部"}).status_code == 302
    assert "不属于本支部" in text(Client().get(f"/members/own/{code}/"))
    assert (
        secretary.post(f"{entry}confirm/", follow=True).status_code == 200 and held(code).state == "declined"
    )


def test_nobody_at_work_declares_or_holds_an_own_page(staffed: Town, east: int) -> None:
    secretary = signed_in(staffed, "secretary")
    (first, *_others) = links_of(secretary, east)
    for answer in (secretary.get(first), secretary.post(first, filled(staffed))):
        assert answer.status_code == 403 and "工作身份" in text(answer)
    _member, code = declared(east, staffed.areas["micro"])
    assert secretary.get(f"/members/own/{code}/").status_code == 403
    assert NAME not in text(secretary.get(f"/members/own/{code}/")) and len(entries()) == 1


def test_whoever_works_elsewhere_reports_at_home_and_two_confirm(staffed: Town, east: int) -> None:
    phone, community = Client(), staffed.areas["east"].community
    assert community is not None
    page = f"/members/report/?community={community.code}"
    assert "玉兰示例党支部" not in text(phone.get("/members/report/"))
    assert "玉兰示例党支部" in text(phone.get(page)) and phone.get(f"{page}x").status_code == 200
    sent = filled(staffed)
    assert phone.post(page, sent | {"phone": "1"}).status_code == 422
    made = [phone.post(page, sent)["Location"] for _press in range(2)]
    (member,) = entries()
    assert made[0] == made[1] and (member.reports_home, member.person) == (True, None)
    assert not checked(staffed.viewer("secretary"), member.key)
    assert checked(staffed.viewer("street_officer"), member.key)
    assert signed_in(staffed, "secretary").get(page).status_code == 403


def test_an_organisation_is_not_flooded_without_invitations(
    staffed: Town, east: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_UNINVITED", 1)
    community = staffed.areas["east"].community
    assert community is not None
    page = f"/members/report/?community={community.code}"
    assert Client().post(page, filled(staffed)).status_code == 302
    assert Client().post(page, filled(staffed)).status_code == 422 and len(entries()) == 1


def test_an_invitation_can_be_taken_back(staffed: Town, east: int) -> None:
    secretary, other = signed_in(staffed, "secretary"), signed_in(staffed, "secretary2")
    (first,) = links_of(secretary, east, links="shared", places=40)
    links_of(secretary, east, links="each", places=3)
    page = text(secretary.get(f"{REGISTER}invite/"))
    assert "1 个链接，还可申报 40 人" in page and "3 个链接，还可申报 3 人" in page
    hidden = r'name="organisation" value="([^"]+)"><input type="hidden" name="until" value="([^"]+)"'
    sent = [{"organisation": key, "until": until} for key, until in re.findall(hidden, page)]
    assert len(sent) == 2 and "还可申报" not in text(other.get(f"{REGISTER}invite/"))
    other.post(f"{REGISTER}invite/end/", sent[1])
    assert Client().get(first).status_code == 200
    for _press in range(2):
        assert secretary.post(f"{REGISTER}invite/end/", sent[1]).status_code == 302
    assert Client().get(first).status_code == 404
    assert "40 人" not in text(secretary.get(f"{REGISTER}invite/"))
    assert JournalEntry.objects.filter(verb="member.invitation_ended").count() == 1


def test_more_links_than_a_sheet_holds_come_as_a_table(staffed: Town, east: int) -> None:
    secretary = signed_in(staffed, "secretary")
    sent = {"organisation": veiled("key", str(east)), "places": 201, "links": "each", "form": form()}
    answer = secretary.post(f"{REGISTER}invite/", sent)
    rows = list(load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 202 and LINK.fullmatch(str(rows[-1][1]))
    assert len(links_of(secretary, east, links="shared", places=40)) == 1
    for wrong in ({"places": 5001}, {"places": 0}, {"organisation": str(east)}, {"form": "short"}):
        refused = secretary.post(f"{REGISTER}invite/", sent | wrong)
        assert refused.status_code == 422, wrong


def test_the_table_with_names_is_on_record_and_its_people_see_it(staffed: Town, east: int) -> None:
    _member, code = confirmed(east, staffed.areas["micro"])
    declared(east, staffed.areas["micro"], name="待定例")
    secretary = signed_in(staffed, "secretary")
    answer = secretary.post(f"{REGISTER}export/")
    heading, *rows = list(load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 1 and NAME in rows[0] and len(heading) == len(rows[0])
    assert JournalEntry.objects.filter(verb="member.exported").count() == 1
    assert "secretary" in text(Client().get(f"/members/own/{code}/"))
    assert secretary.get(f"{REGISTER}export/").status_code == 405


def test_a_search_by_the_whole_name_is_on_record_and_its_owner_sees_it(staffed: Town, east: int) -> None:
    member, code = confirmed(east, staffed.areas["micro"])
    secretary = signed_in(staffed, "secretary")
    for words in ("示例党支部", "欧阳", "没有此人"):
        secretary.get(REGISTER, {"q": words})
    assert not JournalEntry.objects.filter(verb="member.found").exists()
    assert str(member.key) in secretary.get(REGISTER, {"q": NAME}).content.decode()
    assert JournalEntry.objects.get(verb="member.found").object_id == str(member.key)
    assert "按全名查找" in Client().get(f"/members/own/{code}/").content.decode()


def test_nothing_is_handed_out_by_a_filter_that_does_not_fit(staffed: Town, east: int) -> None:
    confirmed(east, staffed.areas["micro"])
    answer = signed_in(staffed, "secretary").post(f"{REGISTER}export/", {"organisation": "gone"})
    assert answer.status_code == 302 and not JournalEntry.objects.filter(verb="member.exported").exists()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_others_find_no_door(staffed: Town, east: int, who: str) -> None:
    member, _code = confirmed(east, staffed.areas["micro"])
    other, entry = signed_in(staffed, who), f"{REGISTER}{member.key}/"
    for address in (REGISTER, f"{REGISTER}reserve/", f"{REGISTER}invite/", entry):
        assert other.get(address).status_code == 403
    for address in (f"{entry}open/", f"{entry}confirm/", f"{entry}decline/", f"{REGISTER}export/"):
        assert other.post(address, {"reason": "不"}).status_code == 403
    assert REGISTER not in text(other.get("/messages/")) and held(_code).state == "confirmed"


def test_a_secretary_of_another_community_finds_nothing(staffed: Town, east: int) -> None:
    member, code = declared(east, staffed.areas["micro"], ready=True)
    other, entry = signed_in(staffed, "secretary2"), f"{REGISTER}{member.key}/"
    assert other.get(entry).status_code == 404
    for act in ("open", "confirm", "decline"):
        assert other.post(f"{entry}{act}/", {"reason": "不"}).status_code == 404
    assert "欧阳" not in text(other.get(f"{REGISTER}?waiting=1")) and held(code).state == "declared"
    assert links_of(other, east) == []
    assert "/accounts/login/" in Client().get(entry)["Location"]


def test_who_tries_one_link_after_the_other_has_to_wait_and_who_has_one_does_not(
    staffed: Town, east: int
) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.7")
    statuses = [
        browser.get(f"/members/{kind}/unknown-{turn}/").status_code
        for turn in range(3)
        for kind in ("own", "join")
    ]
    assert statuses[:4] == [404] * 4 and statuses[-1] == 429
    refused = browser.get("/members/own/unknown/")
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    _member, code = declared(east, staffed.areas["micro"])
    assert browser.get(f"/members/own/{code}/").status_code == 200
    (invitation,) = invite(SYSTEM, east, 1, form())
    assert browser.get(f"/members/join/{invitation}/").status_code == 200
    for act in ("change", "withdraw", "hours"):
        assert Client().post(f"/members/own/{invitation}/{act}/").status_code == 404  # another kind of code


def test_only_places_around_the_organisation_are_offered(staffed: Town, east: int) -> None:
    street = organisation_for(staffed.areas["street"], "街道机关示例党支部")
    (near,), (wide,) = invite(SYSTEM, east, 1, form()), invite(SYSTEM, street, 1, form())
    offered = {
        code: set(re.findall(r'value="(\d{12,18})"', text(Client().get(f"/members/join/{code}/"))))
        for code in (near, wide)
    }
    west = staffed.areas["micro3"].code
    assert west not in offered[near] and staffed.areas["micro"].code in offered[near]
    assert offered[near] | {west} <= offered[wide]


def test_the_coverage_tells_who_serves_to_those_who_keep_the_register_alone(staffed: Town, east: int) -> None:
    confirmed(east, staffed.areas["micro"])
    confirmed(east, staffed.areas["micro"], party=False)
    secretary = signed_in(staffed, "secretary")
    page = secretary.get("/redline/coverage/")
    serving = {row.code: row.members for row in page.context["serving"]}
    assert serving[staffed.areas["micro"].code] == 1 and sum(serving.values()) == 1
    links = re.findall(r'href="(/office/members/\?grid=\w+&amp;party=on)">(\d+)<', text(page))
    assert len(links) == len(serving)
    for link, number in links:
        assert secretary.get(link.replace("&amp;", "&")).context["found"].total == int(number)
    street = signed_in(staffed, "street_officer").get("/redline/coverage/")
    assert (staffed.areas["east"].code, 1) in {(row.code, row.served) for row in street.context["serving"]}
    for who in ("overseer", "community_chief", "district_centre"):
        assert "serving" not in signed_in(staffed, who).get("/redline/coverage/").context, who
