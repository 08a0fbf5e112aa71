"""State of the ground plan: divisions and grids, places, plans and their versions, drawn tiles."""

from .area import Area, Outline
from .name import Address, PlaceName
from .place import Building, Compound, Door, Feature
from .plan import GridVersion, Placement, Plan, PlanNote
from .thing import Thing
from .tiles import TileSet

__all__ = [
    "Address",
    "Area",
    "Building",
    "Compound",
    "Door",
    "Feature",
    "GridVersion",
    "Outline",
    "PlaceName",
    "Placement",
    "Plan",
    "PlanNote",
    "Thing",
    "TileSet",
]
