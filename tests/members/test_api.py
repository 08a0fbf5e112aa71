"""The register by a program, by the rules of its pages (R11)."""

from typing import Any, Final

import pytest

from shige.members.rules import WAITS
from shige.trust.models import JournalEntry
from tests.matters.program import Program, program_of
from tests.matters.town import Town

from .made import NAME, PHONE, WORDS, confirmed, declared, form

pytestmark = pytest.mark.django_db

RIGHTS: Final = ("member.see", "member.open", "member.invite")


def program(town: Town, who: str = "secretary", *rights: str) -> Program:
    return program_of(town, who, rights or RIGHTS)


def test_from_the_invitation_to_the_open_contact(staffed: Town, east: int) -> None:
    secretary = program(staffed)
    (own,) = secretary.get("/members/organisations").json()
    sent: dict[str, Any] = {"organisation": own["id"], "places": 2, "form": form()}
    made = secretary.post("/members/invitations", **sent)
    assert made.status_code == 201 and len(set(made.json()["links"])) == 2
    assert secretary.post("/members/invitations", **sent).json() == made.json()
    assert secretary.post("/members/invitations", organisation="x", places=1).status_code == 422
    (told,) = secretary.get("/members/invitations").json()
    assert (told["organisation"], told["links"], told["places"]) == (own["id"], 2, 2)
    taken = {"organisation": told["organisation"], "until": told["until"]}
    other = program(staffed, "secretary2")
    assert other.post("/members/invitations/end", **taken).status_code == 403
    assert secretary.post("/members/invitations", **sent | {"form": form()}).status_code == 201
    assert secretary.post("/members/invitations/end", **taken).status_code == 204
    assert [one["until"] for one in secretary.get("/members/invitations").json()] != [told["until"]]
    member, _code = declared(east, staffed.areas["micro"], ready=True)
    one = f"/members/{member.key}"
    told = secretary.get("/members?waiting=true").json()
    assert (told["waiting"], told["rows"][0]["called"]) == (1, "欧阳某") and NAME not in str(told)
    assert told["rows"][0]["vouched"] and secretary.post(f"{one}/confirm").status_code == 422
    assert secretary.post(f"{one}/open").json() == {"name": NAME, "phone": PHONE, "words": WORDS}
    assert secretary.post(f"{one}/confirm").json()["state"] == "confirmed"
    assert secretary.post(f"{one}/confirm").status_code == 422
    pool = secretary.get(f"/members/reserve?area={staffed.areas['micro2'].code}").json()
    assert [found["nearness"] for found in pool] == ["community"]
    assert [found["name"] for found in secretary.post("/members/export").json()] == [NAME]
    assert JournalEntry.objects.filter(verb__in=("member.opened", "member.exported")).count() == 2
    assert secretary.post(f"{one}/decline", reason="搬走了").status_code == 204
    assert secretary.post(f"{one}/decline", reason="搬走了").status_code == 422
    assert WAITS.days == 14


def test_a_token_does_what_it_was_given_for(staffed: Town, east: int) -> None:
    member, _code = confirmed(east, staffed.areas["micro"])
    reader = program(staffed, "secretary", "member.see")
    assert reader.get("/members").json()["total"] == 1
    for path in (f"/members/{member.key}/open", f"/members/{member.key}/confirm", "/members/export"):
        assert reader.post(path).status_code == 403
    assert reader.get("/members/organisations").status_code == 403


@pytest.mark.parametrize(
    "who", ["micro_worker", "community_chief", "department", "district_centre", "overseer"]
)
def test_others_are_refused(staffed: Town, east: int, who: str) -> None:
    member, _code = confirmed(east, staffed.areas["micro"])
    other = program(staffed, who)
    for path in ("/members", "/members/organisations", f"/members/{member.key}", "/members/reserve?area=1"):
        assert other.get(path).status_code == 403
    for act in ("open", "confirm"):
        assert other.post(f"/members/{member.key}/{act}").status_code == 403


def test_another_community_finds_nothing(staffed: Town, east: int) -> None:
    member, _code = confirmed(east, staffed.areas["micro"])
    other = program(staffed, "secretary2")
    assert other.get("/members").json()["total"] == 0
    assert other.get(f"/members/{member.key}").status_code == 404
    assert other.post(f"/members/{member.key}/open").status_code == 404
    assert other.get(f"/members/reserve?area={staffed.areas['micro'].code}").status_code == 403
