"""Duplicates, merged and related matters on the page of a matter: merge with one click, link, unlink."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.profile import Transition
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language
from shige.trust.page_access import staff_page, viewer_in

from ..commands.links import relate, unrelate
from ..forms import ActionForm, RelationForm
from ..queries.alike import Alike, beside_matter
from ..queries.detail import Detail, matter_detail


def belonging(viewer: Viewer, found: Detail) -> dict[str, object]:
    """Return what the part of a matter's page shows of others, with a form to merge each likely same one."""
    held = beside_matter(viewer, found.matter)
    merge = next((row for row in found.actions if row.action == "merge"), None)
    return {
        "beside": held,
        "alike": [(one, *_merging(found, one, merge)) for one in held.alike],
        "merge_label": merge.name.in_language(language()) if merge else "",
        "relation_form": RelationForm(auto_id="id_relation_%s") if found.actions else None,
    }


@require_POST
@staff_page("matter.handle")
def link(request: HttpRequest, number: str) -> HttpResponse:
    """Let this matter and another one point to each other."""
    _must_be_seen(request, number)
    form = RelationForm(request.POST)
    try:
        if form.is_valid():
            relate(viewer_in(request), number, form.cleaned_data["other"], form.cleaned_data["reason"])
            messages.success(request, _("The two matters now point to each other."))
        else:
            messages.error(request, " ".join(_said(form)))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("matters:matter", number)


@require_POST
@staff_page("matter.handle")
def unlink(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """Take that back."""
    _must_be_seen(request, number)
    try:
        unrelate(viewer_in(request), number, other)
        messages.success(request, _("The two matters no longer point to each other."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("matters:matter", number)


def _merging(found: Detail, one: Alike, merge: Transition | None) -> tuple[str, ActionForm | None]:
    """Return which matter ends and the form that ends it in the older one; none where that cannot be."""
    into_other = one.older and one.row.open
    into_this = not one.older and found.matter.open and merge and one.row.state in merge.before
    if merge is None or not (into_other or into_this):
        return "", None
    ends, goes_on = found.row.number, one.row.number
    if not into_other:
        ends, goes_on = goes_on, ends
    form = ActionForm(merge, [])
    form.initial, form.auto_id = {"into": goes_on}, f"id_merge_{one.row.number}_%s"
    return ends, form


def _said(form: RelationForm) -> Iterator[str]:
    return (str(text) for said in form.errors.values() for text in said)


def _must_be_seen(request: HttpRequest, number: str) -> None:
    if matter_detail(viewer_in(request), number) is None:
        raise Http404
