"""Links to another page of the same list."""

from django.http import HttpRequest


def after_link(request: HttpRequest, code: str) -> str:
    """Return the address of the page that begins after a code, with the filters as they are."""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("grid", None)
    if code:
        query["after"] = code
    return f"?{query.urlencode()}"
