"""Addresses of oversight, below ``/oversight/``."""

from django.urls import path

from .grids import pages as grids
from .urgings import pages as urgings

app_name = "oversight"
urlpatterns = [
    path("", grids.home, name="home"),
    path("grids/<str:code>/", grids.grid, name="grid"),
    path("grids/<str:code>/urge/", urgings.make, name="urge"),
    path("urgings/", urgings.urgings, name="urgings"),
    path("urgings/<veiled:pk>/", urgings.urging, name="urging"),
    path("urgings/<veiled:pk>/<slug:action>/", urgings.move, name="act"),
]
