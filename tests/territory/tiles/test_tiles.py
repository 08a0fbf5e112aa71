"""Tiles can be read by another program, and serve what was drawn."""

import gzip

import mapbox_vector_tile
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from shige.territory.models import Plan, TileSet
from shige.territory.tiles import Drawn, Layer, encode, pyramid
from shige.territory.tiles.commands import make_tiles
from shige.trust.gate import SYSTEM

units = st.integers(0, 4096)


@given(units, units, st.integers(1, 500), st.integers(1, 500))
def test_a_rectangle_comes_back_as_it_was(x: int, y: int, width: int, height: int) -> None:
    drawn = box(x, y, x + width, y + height)
    tile = mapbox_vector_tile.decode(
        encode([Layer("a", ((drawn, {"n": 1}),))]), default_options={"y_coord_down": True}
    )
    assert shape(tile["a"]["features"][0]["geometry"]).equals(drawn)


@given(st.lists(st.tuples(units, units), min_size=2, max_size=30, unique=True))
def test_a_line_comes_back_as_it_was(points: list[tuple[int, int]]) -> None:
    tile = mapbox_vector_tile.decode(
        encode([Layer("a", ((LineString(points), {}),))]), default_options={"y_coord_down": True}
    )
    assert [tuple(p) for p in tile["a"]["features"][0]["geometry"]["coordinates"]] == points


def test_holes_and_properties_survive() -> None:
    ring = Polygon(box(0, 0, 100, 100).exterior, [box(20, 20, 40, 40).exterior])
    properties = {"name": "玉兰苑", "households": -3, "hours": 1.5, "lift": True, "one": 1}
    tile = mapbox_vector_tile.decode(
        encode([Layer("a", ((ring, properties),))]), default_options={"y_coord_down": True}
    )
    feature = tile["a"]["features"][0]
    assert feature["properties"] == properties
    assert shape(feature["geometry"]).area == ring.area


def test_what_vanishes_at_a_zoom_leaves_no_tile_behind() -> None:
    speck = Polygon([(0.1, 0.1), (0.2, 0.1), (0.2, 0.2)])
    assert mapbox_vector_tile.decode(encode([Layer("a", ((speck, {}),))])) == {}


@pytest.mark.parametrize(
    "bad",
    [
        Polygon(),
        Point(float("inf"), 30),
        Point(104, 90),
        box(-170, -60, 170, 60),
        Polygon([(104, 30), (104.01, 30.01), (104.01, 30), (104, 30.01)]),
        Point(float("nan"), 30),
    ],
)
def test_one_bad_shape_never_stops_the_drawing(bad: BaseGeometry) -> None:
    good = Drawn("water", box(104, 30, 104.01, 30.01), {"name": "示例池"})
    tiles = dict(pyramid([Drawn("water", bad, {"name": "x"}), good], [12]))
    names = {
        feature["properties"]["name"]
        for tile in tiles.values()
        for feature in mapbox_vector_tile.decode(tile)["water"]["features"]
    }
    assert "示例池" in names


def test_a_point_lies_in_the_tile_that_the_web_expects() -> None:
    tiles = dict(pyramid([Drawn("a", Point(104.06, 30.64), {})], [14]))
    assert (14, 12927, 6725) in tiles


def test_the_map_serves_an_edition_for_ever(divided: Plan, client: Client) -> None:
    made = make_tiles(SYSTEM, TileSet.Kind.GRIDS)
    assert made.tiles > 0
    page = client.get(f"/tiles/grids/{made.pk}/14/12927/6725.mvt")
    assert page.status_code == 200 and "immutable" in page["Cache-Control"]
    tile = mapbox_vector_tile.decode(page.content)
    assert {"community", "general", "micro", "micro_label"} <= set(tile)
    grid = tile["micro"]["features"][0]["properties"]
    assert grid["staff"] == 0 and grid["households"] > 0 and len(grid["code"]) == 18


def test_a_tile_comes_compressed_to_who_takes_it(divided: Plan, client: Client) -> None:
    address = f"/tiles/grids/{make_tiles(SYSTEM, TileSet.Kind.GRIDS).pk}/14/12927/6725.mvt"
    plain = client.get(address)
    small = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in plain and small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content and "Accept-Encoding" in small["Vary"]


def test_the_base_map_shows_buildings(divided: Plan, client: Client) -> None:
    made = make_tiles(SYSTEM, TileSet.Kind.BASE)
    page = client.get(f"/tiles/base/{made.pk}/14/12927/6725.mvt")
    tile = mapbox_vector_tile.decode(page.content)
    assert tile["building"]["features"][0]["properties"]["address"].startswith("玉兰路")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tiles/grids/1/14/1/1.mvt", 204),
        ("/tiles/secret/1/14/1/1.mvt", 404),
        ("/tiles/grids/1/14/1/..%2f..%2fvault.key", 404),
    ],
)
def test_nothing_else_is_served(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_old_editions_are_removed_but_the_one_before(
    divided: Plan, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        editions = [make_tiles(SYSTEM, TileSet.Kind.GRIDS).pk for _ in range(3)]
    served = [client.get(f"/tiles/grids/{e}/14/12927/6725.mvt").status_code for e in editions]
    assert served == [204, 200, 200]
