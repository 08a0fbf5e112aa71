"""Addresses of the office's pages about matters; included under ``office/``."""

from django.urls import path

from . import pages

app_name = "matters"
urlpatterns = [
    path("", pages.today, name="today"),
    path("matters/", pages.matters, name="list"),
    path("matters/export.csv", pages.export, name="export"),
    path("matters/<str:number>/", pages.matter, name="matter"),
    path("matters/<str:number>/reveal/<str:what>/", pages.reveal, name="reveal"),
    path("matters/<str:number>/photos/", pages.add_photos, name="add_photos"),
    path("matters/<str:number>/photos/<str:name>/", pages.photo, name="photo"),
    path("matters/<str:number>/uploads/", pages.uploads, name="uploads"),
    path("matters/<str:number>/uploads/<str:name>/", pages.upload, name="upload"),
    path("matters/<str:number>/do/<str:action>/", pages.act, name="act"),
    path("compounds/", pages.compounds, name="compounds"),
    path("compounds/<int:pk>/", pages.compound, name="compound"),
    path("unassigned/", pages.unassigned, name="unassigned"),
]
