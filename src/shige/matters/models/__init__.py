"""State of matters (诉求、事件): the matter, its steps, its photos."""

from .claim import Claim
from .matter import Matter
from .photo import Photo
from .rule import RoutingRule
from .saved_filter import SavedFilter
from .step import Step

__all__ = ["Claim", "Matter", "Photo", "RoutingRule", "SavedFilter", "Step"]
