"""Whatever a stranger puts into an address, a form, a cookie or JSON, no page breaks."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import shige
from tests.places import Town
from tests.project.doors import ARGUMENTS, OURS
from tests.project.test_doors import everybody, settled

__all__ = ["everybody", "settled"]  # the fixtures

pytestmark = pytest.mark.long

SOURCE = Path(shige.__file__).parent
READS = re.compile(
    r'(?:GET|POST)\.(?:get|getlist)\("(\w+)"|^    (\w+) = (?:forms\.)?\w*Field\(', re.MULTILINE
)
NAMES = sorted(
    {
        name
        for file in SOURCE.rglob("*.py")
        for found in READS.findall(file.read_text("utf-8"))
        for name in found
        if name
    }
)
"""Every parameter that a page reads and every field of a form."""

FAR_CURSOR = "MjAyNi0wOS0wMVQwMDowMDowMCswMDowMCA5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"
ODD = ["-1", "1" + "0" * 30, "١٢", "x" * 3000, FAR_CURSOR]
ANSWERS = {200, 204, 301, 302, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429}
NUMBERS = ["0", "1" + "0" * 30, "99999999999999999999"]


def address(name: str, town: Town) -> str:
    """Return the address of a page with arguments that fit."""
    arguments = ARGUMENTS[name](town) if OURS[name].pattern.converters else {}
    return reverse(name, kwargs=arguments) if OURS[name].name else f"/{name}"


def test_the_names_are_found() -> None:
    assert len(NAMES) > 80 and {"cursor", "grid", "phone"} <= set(NAMES)


@pytest.mark.parametrize("name", OURS)
def test_no_query_and_no_form_breaks_a_page(name: str, everybody: tuple[Town, dict[str, Client]]) -> None:
    town, browsers = everybody
    url, client = address(name, town), browsers["street"]
    for method in (client.get, client.post):
        for odd in ODD:
            answer = method(url, dict.fromkeys(NAMES, odd))
            assert answer.status_code in ANSWERS, f"{method.__name__} {url} with {odd[:40]}"


@pytest.mark.parametrize("name", [name for name, page in OURS.items() if page.pattern.converters])
def test_no_absurd_argument_breaks_a_page(name: str, everybody: tuple[Town, dict[str, Client]]) -> None:
    town, browsers = everybody
    fitting = ARGUMENTS[name](town)
    for absurd in (*NUMBERS, "x" * 300, "١٢", "=", "-1"):
        for argument, converter in OURS[name].pattern.converters.items():
            number = type(converter).__name__ in ("IntConverter", "VeiledKey")
            if not (absurd.isdecimal() if number else re.fullmatch(converter.regex, absurd)):
                continue
            given = fitting | {argument: int(absurd) if number else absurd}
            for method in (browsers["street"].get, browsers["street"].post):
                answer = method(reverse(name, kwargs=given))
                assert answer.status_code in ANSWERS, f"{name} with {argument}={absurd[:40]}"


@pytest.mark.parametrize("name", OURS)
def test_what_no_text_may_hold_is_refused_at_every_door(
    name: str, everybody: tuple[Town, dict[str, Client]]
) -> None:
    town, browsers = everybody
    url, client = address(name, town), browsers["street"]
    assert client.get(url, {"q": "a\0b"}).status_code == 400
    assert client.get(f"{url}?q=%FF%FE").status_code == 400
    assert client.post(url, {"note": "a\0b"}).status_code == 400
    assert client.post(url, "note=%00", content_type="application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/m/%00/", "/m/%C0%80/", "/m/%ED%A0%80/", "/grids/%FF/", "/api/v1/public/matters/%00", "/%00"],
)
def test_a_path_that_is_no_text_is_refused_with_a_page(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    if path.startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json"
    else:
        assert "请求无法识别" in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [r'{"text": "\u0000"}', r'{"text": "\ud800"}', r'{"\udc00": 1}', '{"text": "\0"}', b'{"text": "\xff"}'],
)
def test_json_that_no_database_stores_is_refused(client: Client, db: None, body: str | bytes) -> None:
    answer = client.post("/api/v1/public/matters", data=body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("text", [r"\\u0000", r"\ud83d\ude00", "😀"])
def test_json_that_only_looks_like_it_passes(client: Client, db: None, text: str) -> None:
    body = f'{{"text": "{text}", "location": {{"lon": 1, "lat": 1}}}}'
    assert (
        client.post("/api/v1/public/matters", data=body, content_type="application/json").status_code != 400
    )


def test_a_cookie_that_cannot_be_read_is_refused(db: None) -> None:
    client = Client(headers={"cookie": 'sessionid="a\\000b"'})
    assert client.get("/").status_code == 400
