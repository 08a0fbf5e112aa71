"""State of matters (诉求、事件): the matter, its steps and photos; tasks and joint tasks of it."""

from .claim import Claim
from .joint import JointPart, JointTask
from .matter import Matter
from .opening import Opening
from .photo import Photo
from .rule import RoutingRule
from .saved_filter import SavedFilter
from .step import Step
from .task import Task, TaskPhoto, TaskStep

__all__ = [
    "Claim",
    "JointPart",
    "JointTask",
    "Matter",
    "Opening",
    "Photo",
    "RoutingRule",
    "SavedFilter",
    "Step",
    "Task",
    "TaskPhoto",
    "TaskStep",
]
