"""Photos and PDFs that a reporter adds later, from the device that filed the matter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.files.fields import files_of
from shige.matters.filing.commands.photos import add_own_photos
from shige.trust.gate import PUBLIC
from shige.trust.page_access import public_page

from ...rates import address_of, count_request
from ..device import key_for


@require_POST
@public_page
def own_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Add what was chosen; what cannot be taken is named."""
    try:
        count_request("address", address_of(request))
        if not (device := key_for(request, code)):
            raise PermissionDenied("another device filed it")  # before work is spent on its files
        found = files_of(request)
        add_own_photos(PUBLIC, code, device, found)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("Thank you. It has been added.") if found else _("No file was chosen.")
        messages.success(request, said)
    return redirect("channels:tracking", code=code)
