"""An address alone reads back ordinary words and no others: a phone may be shared (P3, P4)."""

import re
from html import unescape

import pytest
from django.test import Client

from ...matters.town import Town
from .test_report import finished, key_on, place, words, written

pytestmark = pytest.mark.django_db(transaction=True)

HARM = [
    "我男人打我",
    "他又打我了",
    "网格员收了我两百块钱",
    "屋头那个又发疯了，我怕得很",
    "My husband beats me",
]


def page(client: Client, step: str = "", key: str = "") -> str:
    """Return a page of the report opened by its address alone."""
    return unescape(client.get(f"/report/{step}?d={key or key_on(client)}").content.decode())


def begun(client: Client, text: str, **given: str) -> str:
    """Send the first screen as the browser does, with its key; returns the key."""
    key = str(client.get("/report/").context["draft"].key)
    client.post("/report/", {"d": key, "words": text, **given})
    return key


@pytest.mark.parametrize("said", HARM)
@pytest.mark.parametrize("danger", ["none", "cannot_talk", ""])
def test_words_of_harm_are_not_shown_by_an_address(
    client: Client, town: Town, said: str, danger: str
) -> None:
    key = begun(client, said, danger=danger)
    client.get(f"/report/?d={key}")
    for step in ("", "contact/", "solved/", "category/", ""):
        assert said not in page(client, step, key), step
    assert written(client).words == said


def test_ordinary_words_come_back(client: Client, town: Town) -> None:
    key = begun(client, "路灯不亮了", danger="none")
    for _again in range(2):
        assert "路灯不亮了" in page(client, "", key)


def test_an_empty_field_goes_on_with_what_was_written(client: Client, town: Town) -> None:
    key = begun(client, "我男人打我", danger="none")
    page(client, "next/", key)
    shown = page(client, "", key)
    assert "留空即按原内容继续" in shown and "我男人打我" not in shown
    answer = client.post("/report/", {"d": key, "words": "", "danger": "none"})
    assert answer.status_code == 302 and written(client).words == "我男人打我"


def test_other_words_take_their_place(client: Client, town: Town) -> None:
    key = begun(client, "我男人打我", danger="none")
    client.post("/report/", {"d": key, "words": "路灯不亮了", "danger": "none"})
    assert "路灯不亮了" in page(client, "", key)


def test_an_empty_field_of_ordinary_words_is_asked_for(client: Client, town: Town) -> None:
    key = begun(client, "路灯不亮了", danger="none")
    assert client.post("/report/", {"d": key, "words": "", "danger": "none"}).status_code == 422


def to_review(client: Client, town: Town, key: str) -> str:
    """Press on from the second screen to the last one; returns what it shows."""
    spot = town.place("micro")
    steps = [("next", {"emergency": "none"}), ("who", {"about": "no"}), ("more", {"hurt": "no"})]
    for step, given in (*steps, ("place", {"lon": str(spot.lon), "lat": str(spot.lat)})):
        answer = client.post(f"/report/{step}/", {"d": key, **given}, follow=True)
    return unescape(answer.content.decode())


def test_whoever_presses_on_reads_their_words_before_sending(client: Client, town: Town) -> None:
    key = begun(client, "我男人打我", danger="none", category="05.1")
    assert "我男人打我" in to_review(client, town, key)
    assert "我男人打我" not in page(client, "contact/", key)


def test_whoever_opened_an_address_and_presses_on_does_not(client: Client, town: Town) -> None:
    key = begun(client, "我男人打我", danger="none", category="05.1")
    page(client, "", key), page(client, "", key)
    assert "我男人打我" not in to_review(client, town, key)


def test_the_change_of_words_from_the_review_shows_them_once(client: Client, town: Town) -> None:
    key = begun(client, "我男人打我", danger="none", category="05.1")
    to_review(client, town, key)
    answer = client.post("/report/contact/", {"d": key, "change": "words"}, follow=True)
    assert "我男人打我" in answer.content.decode()
    assert "我男人打我" not in page(client, "", key)


def test_a_photo_beside_words_of_harm_is_not_shown_either(client: Client, town: Town) -> None:
    words(client, "他打我，他又打了我", danger="none")
    place(client, town)
    assert 'class="thumbs"' not in page(client, "contact/") and "没有照片" not in page(client, "contact/")


def test_plain_words_about_neighbours_come_back_as_ordinary_ones_do(client: Client, town: Town) -> None:
    said = "楼上半夜拖凳子，吵得睡不着"
    key = begun(client, said, danger="none")
    for _again in range(2):
        assert said in page(client, "", key)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("路灯不亮了", True),
        ("楼上半夜拖凳子，吵得睡不着", True),
        ("我男人打我", False),
        ("我跟老公天天为钱吵架，想离婚", False),
        ("网格员收了钱不办事", False),
    ],
)
def test_the_first_page_asks_whether_to_go_on_with_what_is_ordinary(
    client: Client, town: Town, said: str, asked: bool
) -> None:
    begun(client, said, danger="none")
    first = client.get("/")
    assert ("要接着写吗" in first.content.decode()) is asked and said not in first.content.decode()
    assert ("no-store" in first.get("Cache-Control", "")) is asked


def test_what_was_begun_is_gone_on_with_or_erased_and_is_not_offered_once_sent(
    client: Client, town: Town
) -> None:
    begun(client, "路灯不亮了", danger="none", category="02.1")
    first = client.get("/").content.decode()
    onward, erase = re.findall(r'href="(/report/[^"?]*\?d=[^"]+)"', first)
    assert "在哪里" in client.get(onward).content.decode()
    assert onward in client.get(erase).content.decode()
    client.post(erase, {"d": onward.split("=")[1]})
    assert "要接着写吗" not in client.get("/").content.decode()
    finished(client, town)
    assert "要接着写吗" not in client.get("/").content.decode()
