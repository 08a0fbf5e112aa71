"""State of matters (诉求、事件): the matter, its steps, its photos."""

from .joining import Joining
from .matter import Matter
from .photo import Photo
from .relation import Relation
from .step import Step

__all__ = ["Joining", "Matter", "Photo", "Relation", "Step"]
