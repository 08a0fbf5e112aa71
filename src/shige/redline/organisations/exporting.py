"""Organisations as rows of the table that an import reads."""

from django.db.models import F, Min

from shige.files.spreadsheets import Row
from shige.territory.models import Area
from shige.trust.gate import Viewer, require, visible
from shige.trust.queries import today

from ..models import Standing
from ..rules import kind_name


def exported(viewer: Viewer) -> list[Row]:
    """Return the organisations of today that the viewer may see, in the import's columns.

    The day is that of the founding. Three statements.
    """
    require(viewer, "redline.see")
    seen = Area.objects.annotate(leaf_id=F("pk")).filter(visible(viewer, "redline.see")).values("pk")
    now = Standing.objects.filter(valid__contains=today())
    rows = now.filter(area__in=seen).select_related("area").order_by("area__code", "kind", "pk")
    names = dict(now.values_list("organisation", "name"))
    firsts = Standing.objects.values_list("organisation").annotate(Min(F("valid__startswith")))
    since = dict(firsts.filter(area__in=seen))
    return [
        (
            row.name,
            kind_name(row.kind),
            row.area.code,
            row.area.name,
            names.get(row.parent_id or 0, ""),
            str(since[row.organisation_id]),
        )
        for row in rows
    ]
