"""Addresses of the office's pages about matters; included under ``office/``."""

from django.urls import path

from .assignment.pages import batch, rules
from .desk.pages import board, compounds, desk, hazards
from .handling.pages import actions, links, matter, uploads
from .importing import pages as importing
from .joint import pages as joint
from .lists.pages import filters, lists
from .lists.pages import map as map_pages
from .recusal import pages as recusal
from .summaries import pages as summaries
from .tasks import pages as tasks
from .visits import pages as visits

app_name = "matters"
urlpatterns = [
    path("", lists.today, name="today"),
    path("matters/", lists.matters, name="list"),
    path("matters/export.csv", lists.export, name="export"),
    path("matters/map/", map_pages.matter_map, name="map"),
    path("matters/map/spots.json", map_pages.map_spots, name="spots"),
    path("matters/assign/", batch.assign, name="assign"),
    path("matters/by-phone/", filters.by_phone, name="by_phone"),
    path("matters/filters/", filters.keep_filter, name="keep_filter"),
    path("matters/filters/<veiled:pk>/drop/", filters.drop_filter, name="drop_filter"),
    path("matters/<str:number>/", matter.matter, name="matter"),
    path("matters/<str:number>/reveal/<str:what>/", actions.reveal, name="reveal"),
    path("matters/<str:number>/photos/", actions.add_photos, name="add_photos"),
    path("matters/<str:number>/photos/<str:name>/", matter.photo, name="photo"),
    path("matters/<str:number>/uploads/", uploads.uploads, name="uploads"),
    path("matters/<str:number>/uploads/<str:name>/", uploads.upload, name="upload"),
    path("matters/<str:number>/do/<str:action>/", actions.act, name="act"),
    path("matters/<str:number>/give/", tasks.give_task, name="give_task"),
    path("matters/<str:number>/sight/", matter.sight, name="sight"),
    path("matters/<str:number>/call/", joint.call_joint, name="call_joint"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<str:number>/", tasks.task, name="task"),
    path("tasks/<str:number>/photos/<str:name>/", tasks.photo_of_task, name="photo_of_task"),
    path("tasks/<str:number>/do/<str:action>/", tasks.move_task, name="move_task"),
    path("joint/<str:number>/", joint.joint, name="joint"),
    path("joint/<str:number>/attendance/<veiled:part>/", joint.attendance, name="attendance"),
    path("joint/<str:number>/result/<veiled:part>/", joint.result_for, name="result_for"),
    path("joint/<str:number>/do/<str:action>/", joint.end_joint, name="end_joint"),
    path("parts/<veiled:pk>/", joint.part, name="part"),
    path("parts/<veiled:pk>/do/<str:action>/", joint.move_part, name="move_part"),
    path("matters/<str:number>/summary/", summaries.summary, name="summary"),
    path("recusals/<veiled:pk>/", recusal.answer, name="recusal_answer"),
    path("matters/<str:number>/recusal/", recusal.recusal, name="recusal"),
    path("matters/<str:number>/link/", links.link, name="link"),
    path("matters/<str:number>/unlink/<str:other>/", links.unlink, name="unlink"),
    path("hazards/", hazards.hazards, name="hazards"),
    path("registered/", hazards.registered, name="registered"),
    path("visits/", visits.visits, name="visits"),
    path("compounds/", compounds.compounds, name="compounds"),
    path("compounds/<veiled:pk>/", compounds.compound, name="compound"),
    path("desk/", desk.desk, name="desk"),
    path("board/", board.board, name="board"),
    path("morning/", board.morning, name="morning"),
    path("import/", importing.start, name="import"),
    path("import/<str:token>/", importing.preview, name="import_preview"),
    path("import/<str:token>/save/", importing.save, name="import_save"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:code>/new/", rules.write, name="rule_new"),
    path("rules/<str:code>/<veiled:pk>/", rules.write, name="rule_change"),
    path("rules/<veiled:pk>/do/<str:action>/", rules.rule_act, name="rule_act"),
    path("unassigned/", lists.unassigned, name="unassigned"),
]
