"""The public search for a place: what it answers, what it never tells, how often it may be asked."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.matters.town import Town

pytestmark = pytest.mark.django_db


def asked(client: Client, **given: Any) -> Any:
    return client.get("/api/v1/public/places", given)


def test_it_answers_address_compound_and_position(client: Client, town: Town) -> None:
    house = town.buildings["micro"]
    answer = asked(client, q="玉兰路一号")
    assert answer.status_code == 200
    assert answer.json()[0] == {
        "address": "玉兰路1号", "compound": None, "lon": house.lon, "lat": house.lat,
    }  # fmt: skip


def test_it_tells_nothing_of_households(client: Client, town: Town) -> None:
    answer = asked(client, q="玉兰路1号2单元301")
    assert [set(place) for place in answer.json()] == [{"address", "compound", "lon", "lat"}]
    assert "301" not in answer.content.decode()


@pytest.mark.parametrize("text", ["", "没有这条街", "\x00", "\ud800", "'; DROP TABLE", "%", "a" * 400])
def test_what_is_not_there_is_an_empty_list(client: Client, town: Town, text: str) -> None:
    answer = client.get("/api/v1/public/places", {"q": text.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 400, 422) and answer.json() in ([], answer.json())
    assert answer.status_code != 200 or answer.json() == []


@pytest.mark.parametrize(
    "given", [{}, {"q": "a" * 401}, {"q": "a", "lon": 181, "lat": 0}, {"q": "a", "lon": "x"}]
)
def test_what_does_not_fit_is_refused(client: Client, db: None, given: dict[str, Any]) -> None:
    assert asked(client, **given).status_code == 422


def test_it_may_not_be_asked_without_end(client: Client, town: Town, settings: Settings) -> None:
    settings.SHIGE_PUBLIC_RATE = 1
    statuses = [asked(client, q="玉兰路1号").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]


def test_it_cannot_be_written_to(client: Client, db: None) -> None:
    assert client.post("/api/v1/public/places", {"q": "a"}).status_code == 405
