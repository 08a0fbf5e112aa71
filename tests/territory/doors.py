"""What the walk through every address needs to know of pages of maps and plans with arguments."""

from shige.territory.models import Plan
from tests.places import Town
from tests.project.door import Arguments, Door


def plan_in(town: Town) -> Arguments:
    """Propose a plan for the street, as its row alone."""
    plan = Plan.objects.create(scope=town.areas["street"], profile="chengdu 1", outcome={}, state="failed")
    return {"pk": plan.pk}


DOORS: dict[str, Door] = {
    "territory:grid": lambda town: {"code": town.areas["micro one"].code},
    "territory:grid_name": lambda town: {"code": town.areas["micro one"].code},
    "territory:sign": lambda town: {"code": town.areas["micro one"].code},
    "territory:sign_code": lambda town: {"code": town.areas["micro one"].code},
    "territory:tile_on": lambda town: {"day": "2026-01-01", "z": 14, "x": 1, "y": 1},
    "territory:tile": lambda town: {"kind": "grids", "edition": 1, "z": 14, "x": 1, "y": 1},
    "territory:building_code": lambda town: {"unit": "unknown"},
    "territory:plan": plan_in,
    "territory:plan_grids": lambda town: plan_in(town) | {"side": "after"},
    "territory:compare": plan_in,
    "territory:plan_building": plan_in,
    "territory:plan_check": plan_in,
    "territory:plan_move": plan_in,
    "territory:plan_name": plan_in,
    "territory:plan_lock": plan_in,
    "territory:plan_pair": plan_in,
    "territory:plan_line": plan_in,
    "territory:plan_grid": plan_in,
    "territory:plan_forget": plan_in,
    "territory:plan_again": plan_in,
    "territory:plan_submit": plan_in,
    "territory:plan_comment": plan_in,
    "territory:plan_notice": plan_in,
    "territory:decide": plan_in,
    "territory:refuse": plan_in,
    "territory:import_preview": lambda town: {"token": "unknown"},
    "territory:import_save": lambda town: {"token": "unknown"},
}
