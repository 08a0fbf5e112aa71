"""Addresses of the pages of opinion notes; included under ``office/opinions/``."""

from django.urls import path

from . import pages

app_name = "opinions"
urlpatterns = [
    path("", pages.notes, name="list"),
    path("new/", pages.write, name="new"),
    path("export.csv", pages.export, name="export"),
    path("<veiled:pk>/", pages.one, name="one"),
    path("<veiled:pk>/hear/", pages.hear, name="hear"),
    path("<veiled:pk>/do/<str:action>/", pages.move, name="move"),
]
