"""Addresses of the office's pages about matters; included under ``office/``."""

from django.urls import path

from . import pages

app_name = "matters"
urlpatterns = [
    path("", pages.today, name="today"),
    path("matters/", pages.matters, name="list"),
    path("matters/export.csv", pages.export, name="export"),
    path("matters/map/", pages.matter_map, name="map"),
    path("matters/map/spots.json", pages.map_spots, name="spots"),
    path("matters/assign/", pages.assign, name="assign"),
    path("matters/by-phone/", pages.by_phone, name="by_phone"),
    path("matters/filters/", pages.keep_filter, name="keep_filter"),
    path("matters/filters/<int:pk>/drop/", pages.drop_filter, name="drop_filter"),
    path("matters/<str:number>/", pages.matter, name="matter"),
    path("matters/<str:number>/reveal/<str:what>/", pages.reveal, name="reveal"),
    path("matters/<str:number>/photos/", pages.add_photos, name="add_photos"),
    path("matters/<str:number>/photos/<str:name>/", pages.photo, name="photo"),
    path("matters/<str:number>/do/<str:action>/", pages.act, name="act"),
    path("matters/<str:number>/give/", pages.give_task, name="give_task"),
    path("matters/<str:number>/sight/", pages.sight, name="sight"),
    path("matters/<str:number>/call/", pages.call_joint, name="call_joint"),
    path("tasks/", pages.tasks, name="tasks"),
    path("tasks/<str:number>/", pages.task, name="task"),
    path("tasks/<str:number>/photos/<str:name>/", pages.photo_of_task, name="photo_of_task"),
    path("tasks/<str:number>/do/<str:action>/", pages.move_task, name="move_task"),
    path("joint/<str:number>/", pages.joint, name="joint"),
    path("joint/<str:number>/attendance/<int:part>/", pages.attendance, name="attendance"),
    path("joint/<str:number>/result/<int:part>/", pages.result_for, name="result_for"),
    path("joint/<str:number>/do/<str:action>/", pages.end_joint, name="end_joint"),
    path("parts/<int:pk>/", pages.part, name="part"),
    path("parts/<int:pk>/do/<str:action>/", pages.move_part, name="move_part"),
    path("compounds/", pages.compounds, name="compounds"),
    path("compounds/<int:pk>/", pages.compound, name="compound"),
    path("board/", pages.board, name="board"),
    path("morning/", pages.morning, name="morning"),
    path("import/", pages.start_import, name="import"),
    path("import/<str:token>/", pages.preview_import, name="import_preview"),
    path("import/<str:token>/save/", pages.save_import, name="import_save"),
    path("rules/", pages.rules, name="rules"),
    path("rules/<str:code>/new/", pages.write_rule, name="rule_new"),
    path("rules/<str:code>/<int:pk>/", pages.write_rule, name="rule_change"),
    path("rules/<int:pk>/do/<str:action>/", pages.rule_act, name="rule_act"),
    path("unassigned/", pages.unassigned, name="unassigned"),
]
