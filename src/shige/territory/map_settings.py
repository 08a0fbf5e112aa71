"""What the map in a page needs to know; scripts get it by ``json_script``."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from shige.trust.jurisdiction import profile

from .models import Plan, TileSet
from .shapes import Box
from .tiles.grids import ZOOMS


def map_config(box: Box | None = None) -> dict[str, Any]:
    """Return the settings of a map: where it opens, its tiles, and an outside base map if one is set."""
    centre = profile().centre
    config: dict[str, Any] = {
        "center": [centre.lon, centre.lat],
        "zoom": centre.zoom,
        "tiles": {
            "base": tile_address(TileSet.Kind.BASE),
            "grids": tile_address(TileSet.Kind.GRIDS),
            "minzoom": ZOOMS.start,
            "maxzoom": ZOOMS.stop - 1,
        },
        "tile_url": settings.SHIGE_TILE_URL,
    }
    if box:
        west, south, east, north = box
        config |= {"bounds": list(box), "center": [(west + east) / 2, (south + north) / 2]}
    return config


def console_config(box: Box | None, on: date | None = None) -> dict[str, Any]:
    """Return the settings of the console's map, which fetches a grid's detail; of a day, or of today."""
    detail = reverse("territory:grid", args=["CODE"]).replace("CODE", "{code}")
    config = map_config(box) | {"detail": detail, "colour": "load", "keep": ""}
    if on is not None:
        config |= {"detail": f"{detail}?on={on.isoformat()}", "keep": f"on={on.isoformat()}"}
        config["tiles"]["grids"] = f"/tiles/on/{on.isoformat()}/{{z}}/{{x}}/{{y}}.mvt"
    return config


def plan_config(
    box: Box | None, sides: Mapping[str, str], moved: Iterable[str] = (), grid: str = ""
) -> dict[str, Any]:
    """Return the settings of a plan's map: addresses of its grids by side, and the buildings that move.

    ``grid`` is the address that tells of one grid, where a page has a place for it.
    """
    return map_config(box) | {"sides": dict(sides), "moved": list(moved), "grid": grid}


def change_config(plan: Plan) -> dict[str, Any]:
    """Return what a plan's map needs to know where a hand may change the plan: addresses, drawn borders."""
    addresses = {name: reverse(f"territory:plan_{name}", args=[plan.pk]) for name in ("building", "check")}
    return addresses | {"lines": plan.wishes.get("lines", [])}


def tile_address(kind: str) -> str:
    """Return the address of the newest edition of tiles; edition 0 is empty and stands for none yet."""
    newest = TileSet.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True).first()
    return f"/tiles/{kind}/{newest or 0}/{{z}}/{{x}}/{{y}}.mvt"
