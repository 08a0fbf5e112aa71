"""Links to another page of the same list, and the day that a page shows."""

from datetime import date

from django.http import HttpRequest


def after_link(request: HttpRequest, code: str) -> str:
    """Return the address of the page that begins after a code, with the filters as they are."""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("grid", None)
    if code:
        query["after"] = code
    return f"?{query.urlencode()}"


def read_day(written: str) -> date | None:
    """Read a day as the address of a page names it; None where it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
