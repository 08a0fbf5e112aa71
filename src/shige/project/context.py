"""What every page's frame needs to know: the rail of tasks, who is signed in, whether this is the sample."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from shige.profile import Operator, Text
from shige.trust.gate import may
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post
from shige.trust.navigation import rail_entries
from shige.trust.page_access import opened_in, viewer_in
from shige.trust.queries import unread

HOME: Final = "matters:today"
"""The first page of the office, below which the addresses of the others lie."""


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the frame's words; the rail and the appointment are looked up only where a page shows them."""
    return {
        "sample": (sample := settings.SHIGE_SAMPLE_FILE.exists()),
        "operator": operator_of(sample=sample),
        "rail": SimpleLazyObject(lambda: rail(request)),
        "person": getattr(getattr(request, "user", None), "service_name", ""),
        "appointment": SimpleLazyObject(lambda: appointment(request)),
        "unread": SimpleLazyObject(lambda: unread(viewer_in(request), opened_in(request))),
    }


EXAMPLE: Final = Operator(
    name=Text(
        zh="示例区网格化服务管理中心（示例）", en="Grid service centre of the example district (example)"
    ),
    telephone="028-00000000",
    record="蜀ICP备00000000号",
    police_record="川公网安备00000000000000号",
)
"""Who runs the sample: nobody; the numbers are those of nobody."""


def operator_of(*, sample: bool) -> dict[str, str] | None:
    """Return who runs the service, in the language of the page: the profile's, or the sample's example."""
    found = profile().operator or (EXAMPLE if sample else None)
    if found is None:
        return None
    return {
        "name": found.name.in_language(language()),
        "telephone": found.telephone,
        "address": found.address.in_language(language()) if found.address else "",
        "record": found.record,
        "record_link": found.record_link,
        "police_record": found.police_record,
    }


def rail(request: HttpRequest) -> list[dict[str, object]]:
    """Return the tasks that the viewer may do, the current one marked."""
    entries: list[dict[str, object]] = []
    for entry in rail_entries():
        if may(viewer_in(request), entry.action):
            url = reverse(entry.page)
            current = request.path == url or (url != reverse(HOME) and request.path.startswith(url))
            entries.append({"url": url, "label": entry.label, "icon": entry.icon, "current": current})
    return entries


def appointment(request: HttpRequest) -> str:
    """Return the name of the post that the person holds, the first where there are several."""
    return (
        Post.objects.filter(pk__in=viewer_in(request).posts)
        .order_by("pk")
        .values_list("name", flat=True)
        .first()
        or ""
    )
