"""Addresses of the pages of adoptions; included under ``office/adoptions/``."""

from django.urls import path

from . import pages

app_name = "adoptions"
urlpatterns = [
    path("", pages.offered, name="offered"),
    path("made/", pages.made, name="made"),
    path("figures/", pages.year_figures, name="figures"),
    path("made/<veiled:pk>/withdraw/", pages.withdraw, name="withdraw"),
    path("wishes/<str:number>/", pages.adopt, name="adopt"),
]
