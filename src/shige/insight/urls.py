"""Addresses of the figures and of the health of the grids; included at the root."""

from django.urls import path

from . import health, open_pages, pages

app_name = "insight"
urlpatterns = [
    path("health/", health.grid_health, name="health"),
    path("open/", open_pages.open_page, name="open"),
    path("figures/", pages.overview, name="figures"),
    path("figures/export.csv", pages.export, {"kind": "csv"}, name="csv"),
    path("figures/export.xlsx", pages.export, {"kind": "xlsx"}, name="xlsx"),
]
