"""Keep a filter of the list, drop one, and find matters by a telephone."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..commands.saved_filters import delete_filter, save_filter
from ..commands.telephone import find_by_phone
from ..forms import FilterForm, PhoneForm, SaveFilterForm
from ..queries.rows import rows_of_keys
from .lists import shown_list


@require_POST
@staff_page("matter.handle")
def keep_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter in use under a name."""
    form = SaveFilterForm(request.POST)
    query = known_query(request)
    if not form.is_valid():
        return shown_list(request, form)
    try:
        save_filter(viewer_in(request), form.cleaned_data["name"], query)
    except ValidationError as error:
        add_errors(form, error)
        return shown_list(request, form)
    messages.success(request, _("The filter is kept."))
    return redirect(f"{reverse('matters:list')}?{query}")


@require_POST
@staff_page("matter.handle")
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop one of one's own filters."""
    try:
        delete_filter(viewer_in(request), pk)
    except PermissionDenied as error:
        raise Http404 from error
    return redirect("matters:list")


@require_POST
@never_cache
@staff_page("contact.reveal")
def by_phone(request: HttpRequest) -> HttpResponse:
    """List the matters of a telephone; the number stands in no address and in no log."""
    form = PhoneForm(request.POST)
    rows = None
    if form.is_valid():
        try:
            found = find_by_phone(viewer_in(request), **form.cleaned_data)
            rows = rows_of_keys([matter.pk for matter in found])
        except ValidationError as error:
            add_errors(form, error)
    status = 422 if rows is None else 200
    return render(request, "matters/by_phone.html", {"form": form, "rows": rows}, status=status)


def known_query(request: HttpRequest) -> str:
    """Return the posted query with nothing in it but what the filter bar knows."""
    given = QueryDict(request.POST.get("query", ""))
    return urlencode([(name, given[name]) for name in FilterForm.base_fields if given.get(name)])
