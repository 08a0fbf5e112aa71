"""Pages of devices: register one and see its secret once, say what its events become, revoke it (R41)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.territory.places.pages import place_settings
from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..models.device import DeviceEvent, Severity
from ..things.forms import SEVERITY_WORDS, DeviceForm, EventRuleForm
from . import commands
from .queries import device_detail, device_list

OUTCOMES = {
    DeviceEvent.Outcome.FILED: gettext_lazy("became a matter"),
    DeviceEvent.Outcome.ADDED: gettext_lazy("added to the open matter"),
    DeviceEvent.Outcome.CLEARED: gettext_lazy("over; noted in the matter"),
    DeviceEvent.Outcome.KEPT: gettext_lazy("kept only"),
}


@require_GET
@staff_page("device.manage")
def devices(request: HttpRequest) -> HttpResponse:
    """List the devices of the own areas, and which of them are silent."""
    return render(request, "assets/devices.html", {"rows": device_list(viewer_in(request))})


@never_cache
@require_http_methods(["GET", "POST"])
@staff_page("device.manage")
def register_device(request: HttpRequest) -> HttpResponse:
    """Register a device; its secret is on this one answer and nowhere else."""
    form = DeviceForm(request.POST or None, initial={"thing": request.GET.get("thing", "")})
    if request.method == "POST" and form.is_valid():
        try:
            device, secret = commands.register_device(viewer_in(request), form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return render(request, "assets/device_secret.html", {"device": device, "secret": secret})
    shown = {"form": form, **place_settings(viewer_in(request), form)}
    return render(request, "assets/device_form.html", shown, status=422 if form.errors else 200)


@require_GET
@staff_page("device.manage")
def device(request: HttpRequest, uid: str) -> HttpResponse:
    """Show one device, what its events become, and the last of them."""
    return _shown(request, uid, EventRuleForm())


@require_POST
@staff_page("device.manage")
def map_events(request: HttpRequest, uid: str) -> HttpResponse:
    """Say what events of a type become."""
    form = EventRuleForm(request.POST)
    if form.is_valid():
        try:
            commands.map_events(viewer_in(request), uid, form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("assets:device", uid)
    return _shown(request, uid, form)


@require_POST
@staff_page("device.manage")
def unmap_events(request: HttpRequest, uid: str, type: str) -> HttpResponse:
    """Refuse events of a type from now on."""
    commands.unmap_events(viewer_in(request), uid, type)
    return redirect("assets:device", uid)


@require_POST
@staff_page("device.manage")
def revoke_device(request: HttpRequest, uid: str) -> HttpResponse:
    """Take a device's right to raise events away."""
    commands.revoke_device(viewer_in(request), uid)
    messages.success(request, _("The device is revoked; what it sent stays."))
    return redirect("assets:device", uid)


def _shown(request: HttpRequest, uid: str, form: EventRuleForm) -> HttpResponse:
    found = device_detail(viewer_in(request), uid)
    if found is None:
        raise Http404
    content = {
        "row": found.row,
        "device": found.row.device,
        "rules": [
            (type, name, category, SEVERITY_WORDS[Severity(least)])
            for type, name, category, least in found.rules
        ],
        "events": [
            (event, SEVERITY_WORDS[Severity(event.severity)], OUTCOMES[DeviceEvent.Outcome(event.outcome)])
            for event in found.events
        ],
        "form": form,
    }
    return render(request, "assets/device.html", content, status=422 if form.errors else 200)
