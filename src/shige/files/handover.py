"""Hand a kept file over: as something to save, of a type that no browser may guess otherwise."""

from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpResponse

from .locked import read_unlocked


@dataclass(frozen=True, slots=True)
class Served:
    """A file, its type, and the name under which it is saved; the sender's own name was never kept."""

    path: Path
    content_type: str
    name: str


def handed_over(found: Served | None) -> HttpResponse:
    """Return the answer with a file; nothing where there is none, or where it is gone."""
    if found is None:
        raise Http404
    try:
        content = read_unlocked(found.path)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type=found.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",  # a shared phone keeps no picture
        },
    )
