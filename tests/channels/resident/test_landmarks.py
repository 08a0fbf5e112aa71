"""A landmark or compound that a search finds can be chosen on every page that asks for a place."""

import re

import pytest
from django.test import Client

from shige.language.spelling import keys_of
from shige.territory.models import PlaceName
from shige.trust.veil import veiled
from tests.matters.town import Town

pytestmark = pytest.mark.django_db

PAGES = ("/things/", "/services/near/", "/my/worker/")


@pytest.mark.parametrize("page", PAGES)
def test_what_was_found_leads_on(client: Client, town: Town, page: str) -> None:
    place = town.place("micro")
    PlaceName.objects.create(
        kind="landmark", text="玉兰公园", keys=keys_of("玉兰公园"), lon=place.lon, lat=place.lat
    )
    link = re.search(rf'href="({page}\?n=[^"]+)"', client.get(f"{page}?q=玉兰公园").content.decode())
    assert link is not None
    answer = client.get(link[1])
    assert answer.status_code == 200 and "玉兰公园" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_name_that_is_none_asks_again(client: Client, town: Town, page: str) -> None:
    for name in ("", "7", "x" * 40, veiled("key", "999999")):
        assert client.get(f"{page}?n={name}").status_code == 200
