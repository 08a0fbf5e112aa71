"""Before anything is filed: advice on the category, warnings at the place, the way out (R25, P4)."""

import re

import pytest
from django.test import Client

from shige.channels.calls import advice, with_calls
from shige.matters.models import Matter
from shige.trust.jurisdiction import profile
from shige.warnings.commands.warning import withdraw_warning
from tests.channels.resident.test_report import key_on, path_of, place, words
from tests.matters.town import Town
from tests.warnings.test_warnings import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_advice_stands_where_the_place_is_asked(client: Client, town: Town) -> None:
    words(client, "老板不发工资", category="07.1")
    page = client.get("/report/place/").content.decode()
    assert (
        'class="call-in-text" href="tel:12333"' in page and "10 个工作日" in page and "六十个工作日" in page
    )


def test_whose_question_is_answered_sends_nothing_and_leaves_nothing(client: Client, town: Town) -> None:
    words(client, category="02.1")
    assert "/report/solved/" in client.get("/report/place/").content.decode()
    assert client.post("/report/solved/").status_code == 200
    assert not key_on(client) and Matter.objects.count() == 0
    assert path_of(client.get("/report/contact/")) == "/report/"


def test_in_danger_the_number_comes_first_and_no_way_out_is_offered_p4(client: Client, town: Town) -> None:
    words(client, "楼道有煤气味")
    client.post("/report/next/", {"emergency": "called"})
    page = client.get("/report/place/").content.decode()
    assert 'href="tel:119"' in page and "/report/solved/" not in page and "多长时间" not in page


def test_every_number_of_an_advice_is_a_button(client: Client, town: Town) -> None:
    for emergency in profile().emergencies:
        said = advice(emergency)
        named = re.findall(r"(?<!\d)\d{3,5}(?!\d)", emergency.advice.in_language("zh"))
        assert re.findall(r'href="(?:tel|sms):(\d+)', said) == named
    assert 'href="tel:95598"' in with_calls("供电抢修 95598")
    assert 'href="sms:12110' in with_calls("发短信到 12110")
    assert "&lt;b&gt;" in with_calls("<b>")


def test_a_draft_without_a_category_has_no_advice(client: Client, town: Town) -> None:
    words(client)
    assert client.get("/report/place/").status_code == 200


def test_the_public_page_has_advice_on_every_top_category(client: Client, db: None) -> None:
    page = client.get("/advice/").content.decode()
    assert page.count("<summary>") == 14 and 'href="tel:12348"' in page
    assert "/advice/" in client.get("/").content.decode()


def test_a_warning_is_shown_in_its_place_and_nowhere_else(client: Client, town: Town) -> None:
    warning = sent(town, areas=(town.areas["general"].pk,))
    for address in ("/", "/warnings/", "/my/worker/?b=u-micro", "/report/?b=u-micro"):
        assert "汛期" in client.get(address).content.decode(), address
    assert "汛期" not in client.get("/my/worker/?b=u-micro3").content.decode()
    words(client, category="02.1")
    place(client, town)
    assert "请清理排水口" in client.get("/report/contact/").content.decode()
    withdraw_warning(town.viewer("community_chief"), warning.pk)
    for address in ("/", "/warnings/", "/my/worker/?b=u-micro", "/report/contact/"):
        assert "汛期" not in client.get(address).content.decode(), address
