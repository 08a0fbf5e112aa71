"""The search for a place by what people write: an index of names and addresses, and what reads it."""

from .index import index_buildings, index_everything, index_landmarks, index_missing
from .names import names_near
from .said import place_said
from .search import MOST, Found, Remark, find_buildings, find_places, named_place, remark_on, sure_building
from .words import area_of_words

__all__ = [
    "MOST",
    "Found",
    "Remark",
    "area_of_words",
    "find_buildings",
    "find_places",
    "index_buildings",
    "index_everything",
    "index_landmarks",
    "index_missing",
    "named_place",
    "names_near",
    "place_said",
    "remark_on",
    "sure_building",
]
