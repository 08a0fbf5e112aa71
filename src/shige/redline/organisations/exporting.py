"""Organisations as rows of the table that an import reads."""

from django.db.models import F, Min

from shige.files.spreadsheets import Row
from shige.trust.gate import Viewer, require

from ..coverage.listing import Wanted, organisations_in
from ..models import Standing
from ..rules import kind_name


def exported(viewer: Viewer, wanted: Wanted) -> list[Row]:
    """Return the organisations of a list, as far as the viewer may see them, in the import's columns.

    The day is that of the founding. Three statements.
    """
    require(viewer, "redline.see")
    found = organisations_in(viewer, wanted)
    rows = found.select_related("area", "overseer").order_by("area__code", "kind", "pk")
    names = dict(Standing.objects.filter(valid__contains=wanted.day).values_list("organisation", "name"))
    firsts = Standing.objects.values_list("organisation").annotate(Min(F("valid__startswith")))
    since = dict(firsts.filter(organisation__in=found.values("organisation")))
    return [
        (
            row.name,
            kind_name(row.kind),
            row.area.code,
            row.area.name,
            names.get(row.parent_id or 0, ""),
            str(since[row.organisation_id]),
            row.overseer.name if row.overseer else "",
        )
        for row in rows
    ]
