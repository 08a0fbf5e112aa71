"""What an overseer reads, for programs of the staff: own areas, one area, its cases without persons (R10)."""

from datetime import date

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from shige.insight.measures import Measures, Share
from shige.trust.page_access import STAFF_AUTH, admitted

from .queries.overview import Watched, grid_page, own_page

router = Router(tags=["oversight"], auth=STAFF_AUTH)


class ShareOut(Schema):
    """`part` of `of` matters; both null where they are too few to be told."""

    part: int | None
    of: int | None


class RatesOut(Schema):
    """Figures of a closed period that may leave the office."""

    received: int | None
    response: ShareOut
    resolution: ShareOut
    satisfaction: ShareOut


class CaseOut(Schema):
    """A matter that is late or was reopened, without persons; `case` is what an urging names."""

    case: str
    category: str
    place: str = Field(description="name of its general or exclusive grid")
    late: bool
    reopened: bool
    weeks: int = Field(description="whole weeks since it was due, when the week of `as_of` began")


class WatchedOut(Schema):
    """An area that the caller oversees.

    `late` and `reopened` count the cases that may be told of, and are null for a neighbour; `more` says
    whether something else is late or reopened, null where that is not told. All three were decided in the
    night to `as_of`, and stand until the next.
    """

    grid: str = Field(description="its code")
    name: str
    level: str
    organisation: str
    late: int | None
    reopened: int | None
    more: bool | None
    as_of: date | None
    period: str | None
    rates: RatesOut | None


class PartOut(Schema):
    """A grid right below."""

    grid: str
    name: str
    level: str
    late: int | None
    reopened: int | None
    rates: RatesOut | None


class GridOut(WatchedOut):
    """One area with its cases and the grids right below it."""

    cases: list[CaseOut]
    parts: list[PartOut]


@router.get("", response=list[WatchedOut], url_name="oversight")
def own(request: HttpRequest) -> list[dict[str, object]]:
    """List the areas that the caller oversees today, the widest first."""
    return [_told(one) for one in own_page(admitted(request, "oversight.see"))]


@router.get("/grids/{code}", response=GridOut, url_name="oversight_grid")
def grid(request: HttpRequest, code: str, period: str = "") -> dict[str, object]:
    """Return one area; ``period`` is a closed one, the last that is told where none is given."""
    watched = grid_page(admitted(request, "oversight.see"), code, period)
    if watched is None:
        raise Http404(code)
    return _told(watched) | {
        "cases": [
            {name: getattr(case, name) for name in set(CaseOut.model_fields) - {"case"}}
            | {"case": case.handle}
            for case in (watched.trouble.cases if watched.trouble else ())
        ],
        "parts": [
            {
                "grid": part.area.code,
                "name": part.area.name,
                "level": part.area.level,
                "late": part.trouble.late if part.trouble else None,
                "reopened": part.trouble.reopened if part.trouble else None,
                "rates": _rates(part.measures) if part.measures else None,
            }
            for part in watched.parts
        ],
    }


def _told(watched: Watched) -> dict[str, object]:
    trouble, counted = watched.trouble, watched.trouble if watched.finer else None
    return {
        "grid": watched.area.code,
        "name": watched.area.name,
        "level": watched.area.level,
        "organisation": watched.by.name,
        "late": counted.late if counted else None,
        "reopened": counted.reopened if counted else None,
        "more": trouble.more if trouble else None,
        "as_of": trouble.as_of if trouble else None,
        "period": watched.told.period.key if watched.told else None,
        "rates": _rates(watched.told.total) if watched.told else None,
    }


def _rates(measures: Measures) -> dict[str, object]:
    def share(found: Share) -> dict[str, object]:
        return {"part": found.part, "of": found.of}

    return {
        "received": measures.open.of,
        **{name: share(getattr(measures, name)) for name in ("response", "resolution", "satisfaction")},
    }
