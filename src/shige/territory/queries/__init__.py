"""Everything that is read of the ground plan."""

from .detail import GridDetail, grid_detail
from .grids import GridFilter, GridRow, LevelFigures, grid_list, level_figures, public_grids
from .intake import Preview, preview_units
from .people import Holder, LookedAfter, Team, teams_of, who_looks_after
from .plans import GridChange, PlanView, plan_list, plan_view

__all__ = [
    "GridChange",
    "GridDetail",
    "GridFilter",
    "GridRow",
    "Holder",
    "LevelFigures",
    "LookedAfter",
    "PlanView",
    "Preview",
    "Team",
    "grid_detail",
    "grid_list",
    "level_figures",
    "plan_list",
    "plan_view",
    "preview_units",
    "public_grids",
    "teams_of",
    "who_looks_after",
]
