"""The receipt of a report: where every press of "send" leads, the first as the second."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..device import remember
from ..drafts import ReportDraft


def receipt_once_more(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Lead to the receipt from another tab or an old page of the report, and say why.

    Of what is discreet not even that it was sent is told to whoever only opens an old address.
    """
    if request.method == "POST" or draft.saved:
        messages.info(request, _("This was sent already. Here is its receipt; nothing was sent twice."))
    else:
        messages.info(
            request, _("There is nothing left to write here. With a tracking code look under “My matters”.")
        )
    return receipt_of(request, draft)


def receipt_of(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Lead to the receipt of a draft that was sent, the first time as every time, and save it here.

    What is discreet is saved only where its writer has asked for that: others may use this device. An old
    address of it, from the history or by Back, tells nothing; only the form itself leads to its receipt.
    """
    if draft.receipt is None:
        raise Http404
    if request.method != "POST" and not draft.saved:
        return redirect("channels:home")
    answer = redirect("channels:tracking", code=draft.receipt.code)
    if draft.saved:
        remember(request, answer, draft.receipt.code, draft.receipt.device_key)
    return answer
