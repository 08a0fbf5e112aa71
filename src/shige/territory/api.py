"""Public end-points of the ground plan; mounted under ``/public``."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from .grids.queries.grids import public_grids

router = Router(tags=["grids"])

Level = Literal["community", "general", "micro", "exclusive"]


class GridQuery(Schema):
    """Which grids, how many, and after which."""

    level: Level = "micro"
    limit: Annotated[int, Query(ge=1, le=200)] = 50
    cursor: Annotated[str, Query(pattern=r"^([0-9]{18})?$")] = ""


class GridFeatures(Schema):
    """A page of grids as GeoJSON; ``next`` is the cursor of the following page, null on the last."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[dict[str, Any]]
    next: str | None


@router.get("/grids", response=GridFeatures, auth=None, summary="Grids in force with the post in charge")
def grids(request: HttpRequest, wanted: Annotated[GridQuery, Query()]) -> dict[str, Any]:
    """Return the grids of a level that are in force today, in the order of their codes. Grids are public."""
    found = public_grids(wanted.level, wanted.cursor, wanted.limit + 1)
    page = found[: wanted.limit]
    more = len(found) > wanted.limit
    return {"features": page, "next": page[-1]["properties"]["code"] if more else None}
