"""A phone that somebody else looks through: what a report leaves on it, and what it does not (P4)."""

from typing import Any

import pytest
from django.test import Client

from shige.channels.forms_counter import CounterForm
from shige.matters.models import Matter
from tests.matters.town import Town

from .test_drafts import Tab
from .test_report import key_on, path_of, place, words

pytestmark = pytest.mark.django_db

ASKED_HARM = ["05.1", "05.4", "08.3"]
"""Family, neighbours, children."""


def at_contact(
    client: Client, town: Town, category: str, said: str = "有件家里的事想请人来劝劝"
) -> dict[str, str]:
    """Write a report up to its last screen; returns the fields of its form."""
    words(client, said, category=category, danger="none")
    client.post("/report/emergency/", {"emergency": "called"})
    client.post("/report/hurt/", {"hurt": "no"})
    place(client, town)
    return {"d": key_on(client), "anonymous": "1"}


def sealed_sent(client: Client, town: Town, said: str = "他打我，他又打了我") -> dict[str, str]:
    """Send a report that leaves no trace; returns the fields of its last form."""
    form = at_contact(client, town, "05.1", said)
    assert client.post("/report/contact/", form).status_code == 302
    return form


@pytest.mark.parametrize("category", ASKED_HARM)
def test_where_harm_is_asked_the_writer_says_whether_the_device_keeps_it(
    client: Client, town: Town, category: str
) -> None:
    form = at_contact(client, town, category)
    assert 'name="keep_here"' in client.get(f"/report/contact/?d={form['d']}").content.decode()
    sent = client.post("/report/contact/", form)
    assert "mine" not in sent.cookies and sent["Location"] not in client.get("/my/").content.decode()
    assert not Matter.objects.get().sealed


@pytest.mark.parametrize("category", ASKED_HARM)
def test_what_is_asked_to_be_kept_is_kept(client: Client, town: Town, category: str) -> None:
    sent = client.post("/report/contact/", at_contact(client, town, category) | {"keep_here": "on"})
    assert sent["Location"] in client.get("/my/").content.decode()


def test_of_a_lamp_nobody_is_asked_and_it_is_kept(client: Client, town: Town) -> None:
    words(client, category="02.1")
    place(client, town)
    assert 'name="keep_here"' not in client.get("/report/contact/").content.decode()
    sent = client.post("/report/contact/", {"anonymous": "1"})
    assert sent["Location"] in client.get("/my/").content.decode()


def test_the_counter_is_not_the_persons_device() -> None:
    assert "keep_here" not in CounterForm(of_person=True).fields
    assert "callback" in CounterForm(of_person=True).fields


@pytest.mark.parametrize(
    "step", ["", "category/", "place/", "contact/", "known/", "hurt/", "staff/", "emergency/"]
)
@pytest.mark.parametrize("said", ["他打我，他又打了我", "有件家里的事想请人来劝劝"])
def test_an_old_address_of_what_is_discreet_leads_to_the_home_page(
    client: Client, town: Town, step: str, said: str
) -> None:
    form = sealed_sent(client, town, said)
    answer: Any = client.get(f"/report/{step}?d={form['d']}")
    while answer.status_code == 302 and path_of(answer).startswith("/report/"):
        answer = client.get(answer["Location"])
    assert answer["Location"] == "/"


def test_without_the_session_an_old_address_opens_an_empty_form(client: Client, town: Town) -> None:
    form = sealed_sent(client, town)
    client.cookies.pop("sessionid")  # the browser was started anew
    page = client.get(f"/report/?d={form['d']}")
    assert page.status_code == 200 and "打" not in page.context["draft"].words


def test_a_second_press_leads_to_the_same_receipt(client: Client, town: Town) -> None:
    form = at_contact(client, town, "05.1", "他打我，他又打了我")
    first, second = (client.post("/report/contact/", form)["Location"] for _ in range(2))
    assert first == second and first.startswith("/m/") and Matter.objects.count() == 1


def test_an_old_address_of_a_lamp_still_leads_to_its_receipt(client: Client, town: Town) -> None:
    tab = Tab(client)
    receipt = tab.report(town, "路灯不亮了")
    assert client.get(f"/report/contact/?d={tab.key}")["Location"] == receipt
