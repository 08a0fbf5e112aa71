"""Coverage for programs of the staff: the list of grids, two days side by side, month by month (R9)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from shige.trust.asked_fields import filled
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.queries import today
from shige.trust.veil import veiled

from .counts import Share, coverage, first_day, months
from .forms import ListForm
from .listing import PAGE, Row, Wanted, found_count, found_rows
from .places import Place, place_of

router = Router(tags=["redline"], auth=STAFF_AUTH)


class BodyOut(Schema):
    """An organisation of a row; `overseer` is whoever oversees, empty where nobody does."""

    id: str
    name: str
    kind: str
    overseer: str


class RowOut(Schema):
    """A grid with its organisations, or an organisation without a grid and the area of its seat."""

    code: str
    name: str
    level: str
    community: str
    households: int | None
    organisations: list[BodyOut]
    stand_in: str = Field(description="the organisation above that oversees it, where it has none of its own")
    found: list[str] = Field(description="gap, no_overseer, vacant, planned; stranded for an organisation")


class ListOut(Schema):
    """A page of the list; `count` is of all pages."""

    count: int
    rows: list[RowOut]


class ShareOut(Schema):
    """So many of so many."""

    part: int
    of: int
    percent: float | None


class LineOut(Schema):
    """One measure before and now, and by how many percentage points it has changed."""

    label: str
    before: ShareOut
    now: ShareOut
    change: float | None


class PartOut(Schema):
    """One area of the place now, its shares in the order of `heads`."""

    code: str
    name: str
    shares: list[ShareOut]


class CoverageOut(Schema):
    """Coverage of a place on two days."""

    area: str = Field(description="empty for all that the caller sees")
    name: str
    before: date
    day: date
    lines: list[LineOut]
    heads: list[str]
    parts: list[PartOut]


class MonthOut(Schema):
    """The shares on the first day of a month, by measure."""

    day: date
    shares: dict[str, ShareOut]


@router.get("/grids", response=ListOut, url_name="redline_grids")
def grids(
    request: HttpRequest,
    area: str = "",
    level: str = "",
    state: str = "",
    text: str = "",
    day: date | None = None,
    sort: str = "code",
    page: int = 1,
) -> dict[str, Any]:
    """Return a page of the grids of an area with who oversees them; with `state=loose` organisations."""
    viewer = admitted(request, "redline.see")
    wanted = wanted_by(viewer, area, level, state, text, day, sort)
    rows = found_rows(viewer, wanted, (max(page, 1) - 1) * PAGE)
    return {"count": found_count(viewer, wanted), "rows": [_row(row) for row in rows]}


@router.get("/coverage", response=CoverageOut, url_name="redline_coverage")
def of_place(
    request: HttpRequest, area: str = "", before: date | None = None, day: date | None = None
) -> dict[str, Any]:
    """Return the shares of an area on two days: the first that is known and today where none is named."""
    viewer = admitted(request, "redline.see")
    place = _place(viewer, area)
    now = day or today()
    found = coverage(viewer, place, before or first_day(viewer, place) or now, now)
    told = {name: getattr(found, name) for name in ("before", "day", "lines", "heads", "parts")}
    return {"area": place.code, "name": place.name, **told}


@router.get("/coverage/months", response=list[MonthOut], url_name="redline_months")
def by_month(request: HttpRequest, area: str = "") -> list[dict[str, Any]]:
    """Return the shares of an area on the first day of each of the last months."""
    viewer = admitted(request, "redline.see")
    told: list[tuple[date, dict[str, Share]]] = months(viewer, _place(viewer, area), today())
    return [{"day": day, "shares": shares} for day, shares in told]


def wanted_by(
    viewer: Viewer, area: str, level: str, state: str, text: str, day: date | None, sort: str = "code"
) -> Wanted:
    """Return the filter that a program asks for.

    Raises
    ------
    Http404
        The area is none that the viewer sees.
    ValidationError
        By field: what does not fit.
    """
    place = _place(viewer, area)
    return filled(ListForm({"level": level, "state": state, "text": text, "day": day, "sort": sort})).wanted(
        place
    )


def _place(viewer: Viewer, code: str) -> Place:
    found = place_of(viewer, code)
    if found is None:
        raise Http404(code)
    return found


def _row(row: Row) -> dict[str, Any]:
    told = {
        name: getattr(row, name) for name in ("code", "name", "level", "community", "households", "stand_in")
    }
    return {
        **told,
        "found": list(row.waits),
        "organisations": [
            {
                "id": veiled("key", str(body.id)),
                "name": body.name,
                "kind": body.kind,
                "overseer": body.overseer.holder if body.overseer else "",
            }
            for body in row.bodies
        ],
    }
