"""What was merged into what: the matter that goes on, and those that ended as part of it."""

from typing import Final

from django.db.models import QuerySet

from .models import Matter

FAR: Final = 20
"""Merged into merged into ...: nobody merges further than this."""


def end_of(pk: int, loaded: QuerySet[Matter] | None = None) -> Matter:
    """Return the matter that goes on, however often it was merged; ``loaded`` says what to load with it."""
    found = Matter.objects.all() if loaded is None else loaded
    matter = found.get(pk=pk)
    for _step in range(FAR):
        if matter.merged_into_id is None:
            break
        matter = found.get(pk=matter.merged_into_id)
    return matter


def parts_of(matter: Matter) -> list[Matter]:
    """Return the matters that were merged into one, and into those; one statement where there are none."""
    parts: list[Matter] = []
    ahead = [matter.pk]
    for _step in range(FAR):
        last = list(Matter.objects.filter(merged_into__in=ahead).order_by("pk"))
        if not last:
            break
        parts, ahead = parts + last, [part.pk for part in last]
    return parts
