"""The list of matters for programs of the staff."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from shige.trust.page_access import STAFF_AUTH, viewer_in

from .queries.filters import SEARCH_LIMIT, MatterFilter
from .queries.page import matter_list
from .queries.rows import MatterRow

router = Router(tags=["matters"], auth=STAFF_AUTH)

Code = Annotated[str, StringConstraints(max_length=60)]
"""A code of the profile or a state; the index of the search takes no word of any length."""


class MatterOut(Schema):
    """One line of the list; no personal data."""

    number: str
    category: str
    tier: str
    state: str
    confidential: bool
    words: str
    place: str
    grid: str
    owner_post: str
    reported_at: datetime
    respond_by: datetime | None = Field(description="null for what has no deadline, such as praise")
    resolve_by: datetime | None
    responded_at: datetime | None
    late: bool


class MattersOut(Schema):
    """A page of the list; ``next_cursor`` is empty at its end."""

    items: list[MatterOut]
    next_cursor: str


@router.get("", response=MattersOut, url_name="matters")
def list_matters(
    request: HttpRequest,
    limit: int = 50,
    cursor: str = "",
    state: Code = "all",
    tier: Code = "",
    category: Code = "",
    text: str = "",
    kind: Code = "",
    grid: int | None = None,
    owner: int | None = None,
    department: Code = "",
    late: bool = False,
    mine: bool = False,
    confidential: bool = False,
    led: bool = False,
) -> dict[str, object]:
    """List what the caller may see, the soonest due first; ``state``: all, open, done or one."""
    chosen = MatterFilter(
        state=state,
        text=text[:SEARCH_LIMIT],
        tier=tier,
        category=category,
        kind=kind,
        grid=grid,
        owner=owner,
        department=department,
        late=late,
        mine=mine,
        confidential=confidential,
        led=led,
    )
    page = matter_list(viewer_in(request), chosen, cursor, limit)
    return {"items": [line(row) for row in page.rows], "next_cursor": page.next_cursor}


def line(row: MatterRow) -> dict[str, object]:
    """Return a row as it stands in the answer."""
    names = set(MatterOut.model_fields) - {"owner_post"}
    told = {"owner_post": row.owner, **{name: getattr(row, name) for name in names}}
    return told if row.timed else told | {"respond_by": None, "resolve_by": None}
