"""State of matters (诉求、事件): the matter, its steps and photos; tasks and joint tasks of it."""

from .claim import Claim
from .joining import Joining
from .joint import JointPart, JointTask
from .matter import Matter
from .opening import Opening
from .photo import Photo
from .relation import Relation
from .rule import RoutingRule
from .saved_filter import SavedFilter
from .step import Step
from .task import Task, TaskPhoto, TaskStep

__all__ = [
    "Claim",
    "Joining",
    "JointPart",
    "JointTask",
    "Matter",
    "Opening",
    "Photo",
    "Relation",
    "RoutingRule",
    "SavedFilter",
    "Step",
    "Task",
    "TaskPhoto",
    "TaskStep",
]
