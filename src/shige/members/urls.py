"""Addresses of the members' register: at work, and of whoever was invited."""

from django.urls import path

from . import own_pages, pages

app_name = "members"
urlpatterns = [
    path("office/members/", pages.register, name="register"),
    path("office/members/waiting/", pages.waiting, name="waiting"),
    path("office/members/waiting/open/", pages.open_waiting, name="open_waiting"),
    path("office/members/waiting/confirm/", pages.confirm_chosen, name="confirm_chosen"),
    path("office/members/reserve/", pages.reserve, name="reserve"),
    path("office/members/invite/", pages.invite, name="invite"),
    path("office/members/invite/end/", pages.end_invitations, name="end_invitations"),
    path("office/members/export/", pages.export, name="export"),
    path("office/members/<uuid:key>/", pages.one, name="one"),
    path("office/members/<uuid:key>/open/", pages.open_contact, name="open"),
    path("office/members/<uuid:key>/confirm/", pages.confirm, name="confirm"),
    path("office/members/<uuid:key>/decline/", pages.decline, name="decline"),
    path("members/join/<slug:code>/", own_pages.join, name="join"),
    path("members/report/", own_pages.report_home, name="report_home"),
    path("members/own/<slug:code>/", own_pages.own, name="own"),
    path("members/own/<slug:code>/change/", own_pages.change, name="change"),
    path("members/own/<slug:code>/withdraw/", own_pages.withdraw, name="withdraw"),
    path("members/own/<slug:code>/hours/", own_pages.hours, name="hours"),
    path("members/own/<slug:code>/hours/<uuid:key>/undo/", own_pages.undo, name="undo_hours"),
    path("members/own/<slug:code>/renew/", own_pages.renew, name="renew"),
    path("members/own/<slug:code>/take-on/", own_pages.take_on, name="take_on"),
    path("members/left/", own_pages.left, name="left"),
]
