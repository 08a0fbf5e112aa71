"""Addresses of the register of things and of devices; included under ``office/``."""

from django.urls import path

from .devices import pages as devices
from .things import import_pages
from .things import pages as things

app_name = "assets"
urlpatterns = [
    path("things/", things.things, name="things"),
    path("things/new/", things.add_thing, name="thing_new"),
    path("things/import/", import_pages.import_things, name="things_import"),
    path("things/<str:code>/", things.thing, name="thing"),
    path("things/<str:code>/change/", things.change_thing, name="thing_change"),
    path("things/<str:code>/retire/", things.retire_thing, name="thing_retire"),
    path("things/<str:code>/inspect/", things.inspect_thing, name="thing_inspect"),
    path("devices/", devices.devices, name="devices"),
    path("devices/new/", devices.register_device, name="device_new"),
    path("devices/<str:uid>/", devices.device, name="device"),
    path("devices/<str:uid>/map/", devices.map_events, name="device_map"),
    path("devices/<str:uid>/unmap/<str:type>/", devices.unmap_events, name="device_unmap"),
    path("devices/<str:uid>/revoke/", devices.revoke_device, name="device_revoke"),
]
