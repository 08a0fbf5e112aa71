"""Every address that is open without an account is counted, and one that asks too often is told so."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, resolve, reverse

from shige.channels import middleware, rates
from shige.channels.middleware import READS, UNCOUNTED, WRITES, is_open
from shige.project.api import api
from shige.trust.page_access import PUBLIC_ACCESS
from tests.places import Town, make_town
from tests.project.doors import ARGUMENTS, FOREIGN, PAGES

OPEN = {
    name: page
    for name, page in PAGES.items()
    if getattr(page.callback, "access", PUBLIC_ACCESS) == PUBLIC_ACCESS and name not in UNCOUNTED
}
END_POINTS = [
    (method, path.replace("{", "").replace("}", ""))
    for path, methods in api.get_openapi_schema()["paths"].items()
    if "/public/" in path
    for method in methods
]


@pytest.fixture
def town(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(rates, "_minute", lambda: 1)  # a test that runs over the full minute counts anew
    made = make_town()
    settings.SHIGE_PUBLIC_RATE = 1
    return made


def address_of(name: str, page: URLPattern, town: Town) -> str:
    """Return where a page lies."""
    arguments = ARGUMENTS[name](town) if page.pattern.converters and name in ARGUMENTS else {}
    return reverse(name, kwargs=arguments) if page.name else f"/{name}"


def exhaust(browser: Client, kind: str) -> None:
    """Use up what this address may ask in a minute."""
    with connection.cursor() as cursor:
        times = READS if kind == "read" else WRITES
        browser.get("/") if kind == "read" else browser.post("/i18n/setlang/", {"language": "en"})
        cursor.execute("UPDATE channels_knocks SET count = %s", [times])


@pytest.mark.parametrize("name", OPEN)
def test_every_open_page_is_counted(name: str, town: Town) -> None:
    page = OPEN[name]
    if page.pattern.converters and name not in ARGUMENTS:
        assert is_open(resolve_like(page)), name
        return
    url = address_of(name, page, town)
    for kind, method in (("read", "get"), ("write", "post"), ("read", "patch")):
        browser = Client(REMOTE_ADDR=f"198.51.100.{len(kind)}")
        exhaust(browser, kind)
        answer = getattr(browser, method)(url)
        assert answer.status_code == 429, f"{method} {url} is not counted"
        assert answer["Retry-After"] == "60"


def resolve_like(page: URLPattern) -> Any:
    """Return what the middleware is told of a page for which no argument is known here."""

    class Match:
        func = page.callback
        url_name = page.name
        namespaces: list[str] = []

    return Match()


@pytest.mark.parametrize(("method", "path"), END_POINTS)
def test_every_open_end_point_is_counted(method: str, path: str, town: Town) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.9")
    exhaust(browser, "read" if method == "get" else "write")
    answer = getattr(browser, method)(path)
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"


SENT = {
    "code": "0000-0000-0000-0000", "answer": "not_solved", "act": "say", "reason": "还是不亮",
    "phone": "13812345678", "key": "k" * 32, "name": "李", "token": "t", "typed": "123456",
}  # fmt: skip
"""What a form may carry that is looked at before it is counted."""

STRICTER = {
    "channels:tracking", "channels:answer", "channels:mine", "channels:card", "channels:own_data",
    "channels:recover", "channels:text_me", "channels:told",
    "channels:claimed", "channels:no_emergency",
}  # fmt: skip
"""Pages that count once more what they are asked, among others."""


def test_every_door_that_counts_once_more_says_when_to_come_again(
    town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SHIGE_DELIVERY_URL = "http://127.0.0.1:9/"
    counted = rates._key

    def full(kind: str, sender: str) -> bytes:
        if kind not in ("read", "write"):
            raise rates.TooOftenError
        return counted(kind, sender)

    monkeypatch.setattr(rates, "_key", full)
    settings.SHIGE_PUBLIC_RATE = 1000
    asked = [(name, address_of(name, page, town)) for name, page in OPEN.items() if _known(name, page)]
    asked += [(path, path) for _method, path in END_POINTS]
    refused = set()
    for name, url in asked:
        for answer in (Client().get(url, {"q": "玉兰"}), Client().post(url, SENT)):
            if answer.status_code == 429:
                assert answer["Retry-After"] == "60", url
                refused.add(name)
    assert refused >= STRICTER, STRICTER - refused
    assert "/api/v1/public/places" in refused, refused


def _known(name: str, page: URLPattern) -> bool:
    return not page.pattern.converters or name in ARGUMENTS


def test_pages_of_staff_are_not_counted_and_all_others_are(town: Town) -> None:
    assert not is_open(resolve("/office/"))
    assert is_open(resolve("/")) and is_open(resolve("/accounts/login/"))
    assert FOREIGN & set(OPEN), "signing in counts as well"
    assert get_resolver().url_patterns


def test_who_is_refused_sees_the_numbers_to_call_and_others_go_on(town: Town) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.1")
    exhaust(browser, "read")
    page = browser.get("/", headers={"Accept-Language": "zh-hans"})
    assert page.status_code == 429 and 'href="tel:110"' in page.content.decode()
    assert Client(REMOTE_ADDR="198.51.100.2").get("/").status_code == 200


def test_counting_is_one_statement(town: Town, settings: Any) -> None:
    counted, free = [], []
    Client().get("/")
    for rate, seen in ((30, counted), (0, free)):
        settings.SHIGE_PUBLIC_RATE = rate
        with CaptureQueriesContext(connection) as statements:
            Client().get("/")
        seen.extend(statements.captured_queries)
    assert len(counted) - len(free) == 1


def test_reading_goes_on_where_nothing_can_be_counted(
    town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("could not extend file")

    monkeypatch.setattr(middleware, "count_request", full)
    assert Client().get("/").status_code == 200


def test_a_form_that_came_too_soon_is_sent_again_with_its_words(town: Town) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.9")
    exhaust(browser, "write")
    answer = browser.post("/m/AAAA-AAAA-AAAA-AAAA/answer/", {"answer": "add", "reason": '三楼"拐角"<b>'})
    page = answer.content.decode()
    assert (
        answer.status_code == 429 and "Send again" in page and answer["Cache-Control"] == "private, no-store"
    )
    assert 'name="answer" value="add"' in page
    assert 'name="reason" value="三楼&quot;拐角&quot;&lt;b&gt;"' in page


def test_a_password_is_never_repeated(town: Town) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.9")
    exhaust(browser, "write")
    for page in ("account_login", "account_change_password"):
        answer = browser.post(reverse(page), {"login": "li", "password": "geheim-geheim"})
        assert answer.status_code == 429 and "geheim" not in answer.content.decode()


def test_what_a_form_of_another_page_brings_is_not_repeated(town: Town) -> None:
    browser = Client(REMOTE_ADDR="198.51.100.9", enforce_csrf_checks=True)
    exhaust(Client(REMOTE_ADDR="198.51.100.9"), "write")
    answer = browser.post("/report/", {"words": "geheim"})
    assert answer.status_code == 403 and "geheim" not in answer.content.decode()
