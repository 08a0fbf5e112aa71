"""Photos and PDFs of a draft on their way in, piece by piece."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shige.files import tus
from shige.trust.page_access import public_page

from ...rates import TooOftenError, address_of, count_request
from ..drafts import draft_in, leading_to, sender_of


@require_http_methods(["OPTIONS", "POST"])
@never_cache
@public_page
def uploads(request: HttpRequest) -> HttpResponse:
    """Begin an upload; it belongs to the draft that ``?d=`` names."""
    draft = draft_in(request)
    if request.method == "POST":
        try:
            count_request("upload", address_of(request))
        except TooOftenError as error:
            return HttpResponse(str(error), status=429, content_type="text/plain; charset=utf-8")
    return tus.created(
        request, sender_of(request, draft), lambda name: leading_to("channels:upload", draft, name)
    )


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@never_cache
@public_page
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Say how far an upload of this session's draft came, go on with it, or give it up."""
    return tus.continued(request, sender_of(request, draft_in(request)), name)
