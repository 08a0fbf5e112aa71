"""Matters for programs of the staff."""

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from shige.trust.page_access import STAFF_AUTH, viewer_in

from .handling.queries.detail import matter_detail
from .lists.queries.filters import SEARCH_LIMIT, MatterFilter
from .lists.queries.page import matter_list
from .lists.queries.rows import MatterRow

router = Router(tags=["matters"], auth=STAFF_AUTH)


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


class StepOut(Schema):
    """One step of the history."""

    at: datetime
    action: str
    post: str
    to_post: str
    note: str
    remark: str


class MatterDetailOut(MatterOut):
    """One matter with its history and what the caller may do with it now."""

    steps: list[StepOut]
    actions: list[str]


@router.get("", response=MattersOut, url_name="matters")
def list_matters(
    request: HttpRequest,
    limit: int = 50,
    cursor: str = "",
    state: str = "all",
    tier: str = "",
    category: str = "",
    text: str = "",
    kind: str = "",
    grid: int | None = None,
    owner: int | None = None,
    department: str = "",
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
    return {"items": [_line(row) for row in page.rows], "next_cursor": page.next_cursor}


@router.get("/{number}", response=MatterDetailOut, url_name="matter")
def one_matter(request: HttpRequest, number: str) -> dict[str, object]:
    """Return one matter."""
    found = matter_detail(viewer_in(request), number)
    if found is None:
        raise Http404
    steps = [
        {
            "at": step.when,
            "action": step.action,
            "post": step.post,
            "to_post": step.to_post,
            "note": step.note,
            "remark": step.remark,
        }
        for step in found.history
    ]
    return {**_line(found.row), "steps": steps, "actions": [action.action for action in found.actions]}


def _line(row: MatterRow) -> dict[str, object]:
    names = set(MatterOut.model_fields) - {"owner_post"}
    told = {"owner_post": row.owner, **{name: getattr(row, name) for name in names}}
    return told if row.timed else told | {"respond_by": None, "resolve_by": None}
