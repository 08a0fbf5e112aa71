"""Addresses of uploads of people at work; included under ``office/uploads/``."""

from django.urls import path

from . import desk

app_name = "files"
urlpatterns = [
    path("", desk.begin, name="uploads"),
    path("<str:name>/", desk.go_on, name="upload"),
]
