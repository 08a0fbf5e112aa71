"""Before a report is sent: what is known nearby, joined with one press, or passed over (R25, P4)."""

import pytest
from django.test import Client

from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.matters.models.follower import Follower
from shige.matters.report import Filed, Place, Report
from shige.trust.gate import PUBLIC
from tests.channels.resident.test_report import key_on, path_of, place, words
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


def known_lamp(town: Town, category: str = "02.1") -> Filed:
    """File what the next resident wants to report."""
    spot = Place(building=town.buildings["micro"].pk)
    return file_matter(PUBLIC, Report(words="王大爷说三单元灯坏了", place=spot, category=category))


def reference_in(page: str) -> str:
    """Return what the first button to join sends."""
    return page.split('name="join" value="')[1].split('"')[0]


def joined(client: Client, town: Town) -> str:
    """Join the known lamp; return the address of the page to follow it."""
    known_lamp(town)
    words(client, category="02.1")
    assert path_of(place(client, town)) == "/report/known/"
    reference = reference_in(client.get("/report/known/").content.decode())
    return str(client.post("/report/known/", {"join": reference})["Location"])


def test_what_is_known_comes_between_place_and_contact(client: Client, town: Town) -> None:
    filed = known_lamp(town)
    words(client, category="02.1")
    assert path_of(place(client, town)) == "/report/known/"
    page = client.get("/report/known/").content.decode()
    assert town.buildings["micro"].address in page and "/report/contact/" in page
    other = page.index("不是这些，继续反映")
    assert 'class="btn btn-primary"' in page[page.rindex("<a", 0, other) : other]
    assert other < page.index("是同一件事，一同关注</button>")
    assert "王大爷" not in page and filed.matter.number not in page


def test_without_anything_known_the_contact_follows_at_once(client: Client, town: Town) -> None:
    words(client, category="02.1")
    assert path_of(place(client, town)) == "/report/contact/"
    assert path_of(client.get("/report/known/")) == "/report/contact/"


def test_joining_leads_to_a_page_with_a_code_and_sends_nothing(client: Client, town: Town) -> None:
    address = joined(client, town)
    page = client.get(address).content.decode()
    assert address.removeprefix("/m/").rstrip("/") in page and "王大爷" not in page
    assert Matter.objects.count() == 1 and Follower.objects.count() == 1
    assert not key_on(client)
    assert address in client.get("/my/").content.decode()


def test_who_reports_all_the_same_files_a_matter(client: Client, town: Town) -> None:
    known_lamp(town)
    words(client, category="02.1")
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    assert Matter.objects.count() == 2 and not Follower.objects.exists()


def test_danger_comes_before_what_is_known(client: Client, town: Town) -> None:
    """P4: the number first, however somebody got to this page; then a matter of its own, never a joining."""
    known_lamp(town)
    words(client, "楼道灯坏了还有煤气味", category="02.1")
    place(client, town)
    assert path_of(client.get("/report/known/")) == "/report/next/"
    assert path_of(client.post("/report/known/", {"join": "x"})) == "/report/next/"
    client.post("/report/next/", {"emergency": "called"})
    assert path_of(place(client, town)) == "/report/contact/"


def test_beside_an_alarm_that_was_dismissed_nothing_is_joined(client: Client, town: Town) -> None:
    """P4: trained staff look first, whatever is known there."""
    known_lamp(town)
    words(client, "楼道灯坏了，他打我，不用管", category="02.1")
    client.post("/report/next/", {"emergency": "none"})
    assert path_of(place(client, town)) == "/report/contact/"
    assert path_of(client.post("/report/known/", {"join": "x"})) == "/report/contact/"


def test_nobody_enters_in_the_middle(client: Client, town: Town) -> None:
    assert path_of(client.get("/report/known/")) == "/report/"
    words(client, category="02.1")
    assert path_of(client.get("/report/known/")) == "/report/place/"


def test_what_has_gone_meanwhile_is_said(client: Client, town: Town) -> None:
    known_lamp(town)
    words(client, category="02.1")
    place(client, town)
    Matter.objects.update(open=False, running=False)
    answer = client.post("/report/known/", {"join": "0" * 20})
    assert path_of(answer) == "/report/known/" and not Follower.objects.exists()


def test_a_telephone_can_be_left_and_taken_back(client: Client, town: Town) -> None:
    address = joined(client, town)
    refused = client.post(f"{address}told/", {"phone": "138123"})
    page = refused.content.decode()
    assert refused.status_code == 422 and 'value="138123"' in page
    assert "<details" in page and page.rindex("<details", 0, page.index('value="138123"')) == page.rindex(
        '<details class="panel" open', 0, page.index('value="138123"')
    )
    assert Follower.objects.get().phone_handle is None
    client.post(f"{address}told/", {"phone": "13812345678"})
    assert Follower.objects.get().phone_handle is not None
    client.post(f"{address}told/", {"phone": ""})
    assert Follower.objects.get().phone_handle is None


def test_what_is_seen_is_told_to_the_office(client: Client, town: Town) -> None:
    address = joined(client, town)
    client.post(f"{address}answer/", {"answer": "say", "reason": "还是不亮"})
    assert Matter.objects.get().steps.get(action="joined_says").said == "还是不亮"
    assert client.post(f"{address}answer/", {"answer": "solved", "rating": "5"}).status_code == 404


def test_who_stops_following_is_forgotten(client: Client, town: Town) -> None:
    address = joined(client, town)
    assert client.post(f"{address}leave/")["Location"] == "/my/"
    assert not Follower.objects.exists() and client.get(address).status_code == 404
    assert client.post(f"{address}leave/").status_code == 404


def test_a_joined_code_works_for_programs_as_well(client: Client, town: Town) -> None:
    code = joined(client, town).removeprefix("/m/").rstrip("/")
    answer = client.get(f"/api/v1/public/matters/{code}").json()
    assert answer["state"] == "new" and [step["action"] for step in answer["steps"]] == ["join"]
