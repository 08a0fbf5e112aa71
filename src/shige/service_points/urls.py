"""Addresses of the office's pages of service points; included under ``office/service-points/``."""

from django.urls import path

from .points import pages

app_name = "service_points"
urlpatterns = [
    path("", pages.points, name="points"),
    path("new/", pages.add, name="new"),
    path("<veiled:pk>/", pages.point, name="point"),
    path("<veiled:pk>/change/", pages.change, name="change"),
    path("<veiled:pk>/hours/", pages.hours, name="hours"),
    path("<veiled:pk>/closures/", pages.close, name="close"),
    path("<veiled:pk>/closures/<veiled:closure>/end/", pages.reopen, name="reopen"),
    path("<veiled:pk>/offers/", pages.offer, name="offer"),
    path("<veiled:pk>/offers/<veiled:offer>/end/", pages.withdraw, name="withdraw"),
    path("<veiled:pk>/end/", pages.end, name="end"),
]
