"""Addresses of the desk of warnings ahead; included under ``office/warnings/``."""

from django.urls import path

from . import pages

app_name = "warnings"
urlpatterns = [
    path("", pages.desk, name="desk"),
    path("send/", pages.send, name="send"),
    path("dismiss/", pages.dismiss, name="dismiss"),
    path("weather/", pages.weather, name="weather"),
    path("weather/<veiled:pk>/lift/", pages.lift_weather, name="weather_lift"),
    path("<veiled:pk>/", pages.one, name="one"),
    path("<veiled:pk>/withdraw/", pages.withdraw, name="withdraw"),
]
