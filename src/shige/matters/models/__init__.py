"""State of matters (诉求、事件): the matter, its steps, its photos."""

from .matter import Matter
from .photo import Photo
from .rule import RoutingRule
from .step import Step

__all__ = ["Matter", "Photo", "RoutingRule", "Step"]
