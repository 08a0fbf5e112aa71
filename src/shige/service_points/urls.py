"""Addresses of the office's pages of service points; included under ``office/service-points/``."""

from django.urls import path

from .bookings import pages as bookings
from .points import pages, photo_pages
from .proposals import pages as proposals

app_name = "service_points"
urlpatterns = [
    path("", pages.points, name="points"),
    path("new/", pages.add, name="new"),
    path("proposals/", proposals.waiting, name="proposals"),
    path("<veiled:pk>/proposals/<veiled:proposal>/answer/", proposals.answer, name="proposal_answer"),
    path("<veiled:pk>/proposals/<veiled:proposal>/phone/", proposals.phone, name="proposal_phone"),
    path("<veiled:pk>/", pages.point, name="point"),
    path("<veiled:pk>/change/", pages.change, name="change"),
    path("<veiled:pk>/photo/", photo_pages.photo, name="photo"),
    path("<veiled:pk>/photo/remove/", photo_pages.remove, name="photo_remove"),
    path("<veiled:pk>/hours/", pages.hours, name="hours"),
    path("<veiled:pk>/closures/", pages.close, name="close"),
    path("<veiled:pk>/closures/<veiled:closure>/end/", pages.reopen, name="reopen"),
    path("<veiled:pk>/offers/", pages.offer, name="offer"),
    path("<veiled:pk>/offers/<veiled:offer>/end/", pages.withdraw, name="withdraw"),
    path("<veiled:pk>/offers/<veiled:offer>/rules/", bookings.rules, name="rules"),
    path("<veiled:pk>/offers/<veiled:offer>/rules/end/", bookings.unbook, name="unbook"),
    path("<veiled:pk>/offers/<veiled:offer>/book/", bookings.book, name="book"),
    path("<veiled:pk>/bookings/", bookings.bookings, name="bookings"),
    path("<veiled:pk>/bookings/<veiled:booking>/came/", bookings.came, name="booking_came"),
    path("<veiled:pk>/bookings/<veiled:booking>/missed/", bookings.missed, name="booking_missed"),
    path("<veiled:pk>/bookings/<veiled:booking>/cancel/", bookings.cancel, name="booking_cancel"),
    path("<veiled:pk>/bookings/<veiled:booking>/phone/", bookings.phone, name="booking_phone"),
    path("<veiled:pk>/end/", pages.end, name="end"),
]
