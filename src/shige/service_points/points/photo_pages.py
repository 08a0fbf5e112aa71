"""The page on which the office sets the photo of a point (R13)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shige.files.desk import done_with, file_field, files_of
from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from .photo import ALT_LIMIT, remove_photo, set_photo
from .queries import point_kept


class PhotoForm(forms.Form):
    """What a photo shows, in words."""

    alt = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=ALT_LIMIT,
        help_text=gettext_lazy("Read out to whoever does not see it: the entrance with its ramp."),
    )


@require_http_methods(["GET", "POST"])
@staff_page("service_point.edit")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the photo of a point, or its words."""
    found = point_kept(viewer_in(request), pk)
    if found is None or found.point.ended_on:
        raise Http404
    form = PhotoForm(request.POST or None, initial={"alt": found.photo.alt if found.photo else ""})
    if request.method == "POST" and form.is_valid():
        try:
            set_photo(viewer_in(request), pk, files_of(request), form.cleaned_data["alt"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            done_with(request)
            messages.success(request, _("Everybody sees the photo now."))
            return redirect("service_points:point", pk)
    shown = {"form": form, "found": found, "point": found.point, **file_field(request), "most": 1}
    return render(request, "service_points/photo.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("service_point.edit")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the photo of a point away."""
    if point_kept(viewer_in(request), pk) is None:
        raise Http404
    try:
        remove_photo(viewer_in(request), pk)
    except PermissionDenied:
        messages.info(request, _("This was done already. The page shows how it stands now."))
    else:
        messages.success(request, _("The photo is taken away."))
    return redirect("service_points:point", pk)
