"""Grids are public: GeoJSON by level, page by page."""

from typing import Any

from django.test import Client
from shapely.geometry import shape

from shige.territory.models import GridVersion, Plan

from ..conftest import first_of, person_with

ADDRESS = "/api/v1/public/grids"


def test_pages_hold_every_grid_once_in_the_order_of_codes(divided: Plan, client: Client) -> None:
    codes: list[str] = []
    cursor = ""
    while cursor is not None:
        page = client.get(ADDRESS, {"level": "micro", "limit": 3, "cursor": cursor}).json()
        assert page["type"] == "FeatureCollection" and len(page["features"]) <= 3
        codes += [feature["properties"]["code"] for feature in page["features"]]
        cursor = page["next"]
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes)) == GridVersion.objects.filter(level="micro").count()


def test_a_feature_names_its_parent_and_the_post_in_charge(divided: Plan, client: Client) -> None:
    grid = first_of("micro")
    person_with("micro_worker", grid)
    feature = client.get(ADDRESS, {"limit": 1}).json()["features"][0]
    assert feature["properties"]["code"] == grid.code
    assert feature["properties"]["parent"] == grid.parent.code  # type: ignore[union-attr]
    assert feature["properties"]["post"]["holder"] == "示例员1"
    assert shape(feature["geometry"]).is_valid


def test_a_community_grid_shows_the_post_of_its_community(divided: Plan, client: Client) -> None:
    person_with("community_chief", first_of("community").parent)  # type: ignore[arg-type]
    feature = client.get(ADDRESS, {"level": "community", "limit": 1}).json()["features"][0]
    assert feature["properties"]["post"]["holder"] == "示例员1"


def test_a_vacant_grid_shows_no_post(divided: Plan, client: Client) -> None:
    assert client.get(ADDRESS, {"limit": 1}).json()["features"][0]["properties"]["post"] is None


def test_what_does_not_fit_is_refused(divided: Plan, client: Client) -> None:
    for wrong in ({"level": "street"}, {"limit": 0}, {"limit": 1000}, {"cursor": "'; --"}):
        assert client.get(ADDRESS, wrong).status_code == 422


def test_a_page_takes_few_statements(
    divided: Plan, client: Client, django_assert_max_num_queries: Any
) -> None:
    person_with("micro_worker", first_of("micro"))
    with django_assert_max_num_queries(4):
        client.get(ADDRESS, {"limit": 50})
