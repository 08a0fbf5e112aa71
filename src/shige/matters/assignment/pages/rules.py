"""Pages of routing rules: write one, try it on last month's matters, put it in force, end it (R22)."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.territory.models import Area
from shige.trust.forms import add_errors
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import holders

from ...categories import group_name
from ...models import RoutingRule
from .. import commands
from ..forms import RuleForm
from ..queries.rules import choices_for, ruled_areas, rules_of, still_known


@require_GET
@staff_page("rule.edit")
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules of the own street or district."""
    areas = ruled_areas(viewer_in(request))
    found = rules_of(viewer_in(request), areas)
    grids = {area.pk: area.name for area in _named(found)}
    held = holders({rule.post_id for rule in found})
    known = still_known(viewer_in(request), found)
    listed = [
        {
            "rule": rule,
            "categories": [group_name(code) for code in rule.categories],
            "grids": [grids.get(pk, str(pk)) for pk in rule.grids],
            "numbers": known[rule.pk],
            "fresh": bool(rule.tried and rule.tried["version"] == rule.version),
            "vacant": rule.state != RoutingRule.State.ENDED and rule.post_id not in held,
        }
        for rule in found
    ]
    return render(request, "matters/rules.html", {"areas": areas, "rules": listed})


@require_http_methods(["GET", "POST"])
@staff_page("rule.edit")
def write(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Write a new rule of an area, or change a draft."""
    area = next((area for area in ruled_areas(viewer_in(request)) if area.code == code), None)
    rule = RoutingRule.objects.filter(pk=pk, area=area).first() if pk else None
    if area is None or (pk and rule is None):
        raise Http404
    form = RuleForm(choices_for(area), rule, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = commands.write_rule(viewer_in(request), area, form.given(), rule)
            commands.try_rule(viewer_in(request), saved.pk)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The rule is written and was tried on last month's matters."))
            return redirect("matters:rules")
    shown = {"form": form, "area": area, "rule": rule}
    return render(request, "matters/rule.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("rule.edit")
def rule_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Try a rule, put it in force, or end it."""
    acts: dict[str, Callable[[Viewer, int], RoutingRule]] = {
        "try": commands.try_rule,
        "live": commands.put_in_force,
        "end": commands.end_rule,
    }
    if action not in acts or not RoutingRule.objects.filter(pk=pk).exists():
        raise Http404
    try:
        acts[action](viewer_in(request), pk)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("matters:rules")


def _named(found: list[RoutingRule]) -> list[Area]:
    return list(Area.objects.filter(pk__in={pk for rule in found for pk in rule.grids}))
