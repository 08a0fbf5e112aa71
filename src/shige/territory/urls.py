"""Addresses of the ground plan; included at the root."""

from django.urls import path

from .grids.pages import files, map, signs
from .intake import pages as importing
from .places import pages as places
from .plans import pages as plans
from .refinement import pages as refining

app_name = "territory"
urlpatterns = [
    path("map/", map.console_map, name="map"),
    path("map/places/", places.options, name="places"),
    path("map/grids/<str:code>/", map.grid, name="grid"),
    path("map/grids/<str:code>/name/", map.rename, name="grid_name"),
    path("signs/<str:code>/", signs.sign, name="sign"),
    path("signs/<str:code>/qr.svg", signs.sign_code, name="sign_code"),
    path("tiles/<str:kind>/<int:edition>/<int:z>/<int:x>/<int:y>.mvt", files.tile, name="tile"),
    path("tiles/on/<str:day>/<int:z>/<int:x>/<int:y>.mvt", files.tile_on, name="tile_on"),
    path("b/<str:unit>/qr.svg", files.building_code, name="building_code"),
    path("plans/", plans.plans, name="plans"),
    path("plans/propose/", plans.propose, name="propose"),
    path("plans/<veiled:pk>/", plans.plan, name="plan"),
    path("plans/<veiled:pk>/grids/<str:side>.json", plans.grids, name="plan_grids"),
    path("plans/<veiled:pk>/grid/", plans.grid, name="plan_grid"),
    path("plans/<veiled:pk>/compare/", plans.compare, name="compare"),
    path("plans/<veiled:pk>/building/", refining.building, name="plan_building"),
    path("plans/<veiled:pk>/check/", refining.check, name="plan_check"),
    path("plans/<veiled:pk>/move/", refining.move, name="plan_move"),
    path("plans/<veiled:pk>/lock/", refining.lock, name="plan_lock"),
    path("plans/<veiled:pk>/name/", refining.name, name="plan_name"),
    path("plans/<veiled:pk>/pair/", refining.pair, name="plan_pair"),
    path("plans/<veiled:pk>/line/", refining.line, name="plan_line"),
    path("plans/<veiled:pk>/forget/", refining.forget, name="plan_forget"),
    path("plans/<veiled:pk>/again/", refining.again, name="plan_again"),
    path("plans/<veiled:pk>/submit/", plans.submit, name="plan_submit"),
    path("plans/<veiled:pk>/comment/", plans.comment, name="plan_comment"),
    path("plans/<veiled:pk>/notice/", plans.notice, name="plan_notice"),
    path("plans/<veiled:pk>/decide/", plans.decide, name="decide"),
    path("plans/<veiled:pk>/refuse/", plans.refuse, name="refuse"),
    path("import/", importing.start, name="import"),
    path("import/<str:token>/", importing.preview, name="import_preview"),
    path("import/<str:token>/save/", importing.save, name="import_save"),
]
