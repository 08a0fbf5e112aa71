"""Book a room or a service without an account, and the page of a booking behind its code (R13)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shige.matters.codes import device_key
from shige.service_points.bookings import commands
from shige.service_points.bookings.calendar_file import calendar_file
from shige.service_points.bookings.forms import BookingForm
from shige.service_points.bookings.pages import days_shown
from shige.service_points.bookings.queries import bookable, own_booking
from shige.service_points.points.queries import point_seen
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC
from shige.trust.page_access import public_page, viewer_in

from ...lookups import found_by
from ...qr import card_of
from ...rates import TooOftenError, address_of, count_request
from ..device import key_for, remember


@require_http_methods(["GET", "POST"])
@public_page
def book(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Choose a day and a free time, and book it."""
    found = bookable(pk, offer)
    if (sent := _already(request, offer)) and own_booking(sent):
        return _receipt(request, sent)
    if found is None:
        if point_seen(pk) is None:
            raise Http404
        messages.info(request, _("This can no longer be booked."))
        return redirect("channels:service_point", pk)
    form = BookingForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = address_of(request)
        try:
            count_request("address", address)
            key = form.cleaned_data["key"]
            return _receipt(request, commands.book(viewer_in(request), offer, form.given(), key, address))
        except TooOftenError as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            add_errors(form, error)
        found = bookable(pk, offer) or found
    shown = {"form": form, **days_shown(found, request)}
    return render(request, "channels/book.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def booked(request: HttpRequest, code: str) -> HttpResponse:
    """Show a booking to whoever holds its code; cancel it, say that one is there, delete what was said."""
    found = found_by(request, lambda: own_booking(code))
    if found is None:
        return render(request, "channels/unknown_code.html", status=404)
    if request.method == "POST":
        count_request("address", address_of(request))
        try:
            messages.success(request, _acted(request.POST.get("act", ""), code))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except PermissionDenied as error:
            raise Http404 from error
        return redirect("channels:booked", code=code)
    shown = {
        "own": found,
        "booking": found.booked,
        "saved_here": bool(key_for(request, code)),
        **card_of(request, code, "channels:booked"),
    }
    return render(request, "channels/booked.html", shown)


@require_GET
@public_page
@never_cache
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Return a booking as a file for the calendar of a phone."""
    found = found_by(request, lambda: own_booking(code))
    if found is None:
        return render(request, "channels/unknown_code.html", status=404)
    answer = HttpResponse(calendar_file(found.booked), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="booking.ics"'
    return answer


def _acted(act: str, code: str) -> str:
    """Carry out what whoever booked sends, and return what to say of it."""
    if act == "cancel":
        commands.cancel_own(PUBLIC, code)
        return _("The booking is cancelled. What you wrote and your number are forgotten.")
    if act == "arrived":
        commands.arrive(PUBLIC, code)
        return _("Thank you. The service point sees that you are there.")
    if act == "forget":
        commands.forget_own(PUBLIC, code)
        return _("What you wrote and your number are forgotten.")
    raise Http404


def _already(request: HttpRequest, offer: int) -> str:
    """Return the code to which this very form has led before, if it was sent."""
    key = request.POST.get("key", "")
    return commands.booking_code(key, offer) if key else ""


def _receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page of the booking, the first time as every time, and save its code on this device."""
    answer = redirect("channels:booked", code=code)
    remember(request, answer, code, device_key(None))
    return answer
