"""Organisations adopt wishes; the year's figure is the length of the lists that it opens (R12)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.adoptions import commands
from shige.adoptions.commands import Contact, adopt
from shige.adoptions.models import Adoption
from shige.adoptions.queries import AdoptionFilter, adoptions, figures
from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Claim, Matter
from shige.matters.wishes.commands import contacted, offer_cold_claims, publish
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import JournalEntry
from shige.trust.queries import today
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import program_of
from tests.matters.town import Town, report
from tests.members.made import organisation_for

pytestmark = pytest.mark.django_db

PAGES = "/office/adoptions/"
CONTACT = Contact("支部联络员", "13800001234")


@pytest.fixture
def staffed(town: Town) -> Town:
    town.appoint("secretary", "community_secretary", "east")
    town.appoint("secretary2", "community_secretary", "west")
    return town


@pytest.fixture
def east(staffed: Town) -> int:
    return organisation_for(staffed.areas["east"])


def wished(town: Town, words: str = "借一副助行器", grid: str = "micro") -> str:
    """Put a wish on offer."""
    told = report(words="想借一副助行器用两个月", category="14.1", place=town.place(grid))
    number = file_matter(PUBLIC, told).matter.number
    publish(SYSTEM, number, words)
    return str(number)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_organisation_adopts_and_takes_it_back(staffed: Town, east: int) -> None:
    number, secretary = wished(staffed), staffed.viewer("secretary")
    made = adopt(secretary, east, number, CONTACT, "form")
    assert adopt(secretary, east, number, CONTACT, "form") == made
    claim = Claim.objects.get()
    assert (claim.group, claim.person_id) == ("玉兰示例党支部", secretary.person)
    with pytest.raises(ValidationError):  # another one was quicker
        adopt(staffed.viewer("street_officer"), east, number, CONTACT, "other form")
    for who in ("secretary2", "fulltime_worker", "community_chief"):
        with pytest.raises(PermissionDenied):
            commands.withdraw(staffed.viewer(who), made.pk)
        with pytest.raises(PermissionDenied):
            adopt(staffed.viewer(who), east, number, CONTACT)
    commands.withdraw(secretary, made.pk)
    claim.refresh_from_db()
    assert claim.ended_at and claim.group == "" and Matter.objects.get(number=number).state == "offered"
    with pytest.raises(ValidationError):
        commands.withdraw(secretary, made.pk)
    assert set(JournalEntry.objects.filter(verb__startswith="adoption").values_list("verb", flat=True)) == {
        "adoption.made", "adoption.withdrawn",
    }  # fmt: skip


def test_what_goes_cold_is_offered_again_and_an_organisation_may_hold_many(staffed: Town, east: int) -> None:
    secretary = staffed.viewer("secretary")
    numbers = [wished(staffed, f"借一副助行器{nth}") for nth in range(5)]
    for number in numbers:
        adopt(secretary, east, number, CONTACT)
    contacted(SYSTEM, numbers[0], "周六上门")
    later = clock.now() + timedelta(days=profile().feedback.wish_contact_days, hours=1)
    with clock.at(later):
        assert offer_cold_claims(SYSTEM) == 4
    states = Matter.objects.filter(kind="wish").values_list("state", flat=True)
    assert sorted(states) == ["claimed", *["offered"] * 4]


def test_the_years_figure_opens_lists_of_the_same_length(staffed: Town, east: int) -> None:
    west = organisation_for(staffed.areas["west"], "西区示例党支部")
    secretary, officer = staffed.viewer("secretary"), staffed.viewer("street_officer")
    first, second, third = (wished(staffed, grid=grid) for grid in ("micro", "micro", "micro3"))
    again = adopt(secretary, east, first, CONTACT)
    commands.withdraw(secretary, again.pk)
    for organisation, number in ((west, first), (east, second), (west, third)):
        adopt(officer, organisation, number, CONTACT)
    year, over = today().year, {"open": False, "running": False, "closed_at": clock.now()}
    Matter.objects.filter(number=second).update(state="closed", **over)
    Matter.objects.filter(number=third).update(state="unconfirmed", **over)
    told = figures(officer, year)
    assert (told.adopted, told.fulfilled) == (3, 1) and Adoption.objects.count() == 4
    assert [(row.name, row.adopted, row.fulfilled) for row in told.communities] == [
        ("east", 2, 1), ("west", 1, 0),
    ]  # fmt: skip
    for row in told.communities:
        for done, count in ((False, row.adopted), (True, row.fulfilled)):
            assert adoptions(officer, AdoptionFilter(year, row.key, fulfilled=done)).total == count
    for row in told.organisations:
        for done, count in ((False, row.adopted), (True, row.fulfilled)):
            chosen = AdoptionFilter(year, organisation=int(row.key), fulfilled=done)
            assert adoptions(officer, chosen).total == count
    assert figures(secretary, year).adopted == 2  # of the own community
    assert adoptions(officer, AdoptionFilter(year - 1)).total == 0
    Matter.objects.filter(number=second).update(gist="")
    assert figures(officer, year).adopted == 2 and figures(officer, year).fulfilled == 0


def test_pages_and_program(staffed: Town, east: int) -> None:
    number, browser = wished(staffed), signed_in(staffed, "secretary")
    assert "借一副助行器" in text(browser.get(PAGES))
    page = text(browser.get(f"{PAGES}wishes/{number}/"))
    key, form = (
        re.search(pattern, page) for pattern in (r'option value="([^"]+)"', r'name="key" value="([^"]+)"')
    )
    assert key and form
    sent = {"organisation": key[1], "name": "联络员", "phone": "138 0000 1234", "key": form[1]}
    assert browser.post(f"{PAGES}wishes/{number}/", sent | {"phone": "1"}).status_code == 422
    for _press in range(2):
        assert browser.post(f"{PAGES}wishes/{number}/", sent)["Location"] == f"{PAGES}made/"
    listed = text(browser.get(f"{PAGES}made/"))
    assert "玉兰示例党支部" in listed and "联络员" not in listed and "放弃认领" in listed
    shown = text(browser.get(f"{PAGES}figures/"))
    for path in set(re.findall(r'href="(/office/adoptions/made/[^"]+)"', shown)):
        assert browser.get(path.replace("&amp;", "&")).status_code == 200
    program = program_of(staffed, "secretary", ("adoption.see", "adoption.adopt"))
    assert program.get("/adoptions/figures").json()["adopted"] == 1
    (row,) = program.get("/adoptions").json()["rows"]
    assert program.post(f"/adoptions/{row['id']}/withdraw").status_code == 204
    assert program.post(f"/adoptions/{row['id']}/withdraw").status_code == 422
    (own,) = program.get("/adoptions/organisations").json()
    (on_offer,) = program.get("/adoptions/wishes").json()["rows"]
    asked = {"organisation": own["id"], "name": "联络员", "phone": "13800001234"}
    to = f"/adoptions/wishes/{on_offer['number']}"
    made = program.post(to, **asked)
    assert made.status_code == 201, made.content
    assert program.post(to, **asked).status_code == 422
    assert program_of(staffed, "secretary2", ("adoption.adopt",)).post(
        f"/adoptions/{row['id']}/withdraw"
    ).status_code == 404  # fmt: skip
