"""State of matters (诉求、事件): matters, their steps and photos; tasks and joint tasks; opinion notes."""

from .claim import Claim
from .follower import Follower
from .joint import JointPart, JointTask
from .look import Look
from .matter import Matter
from .photo import Photo
from .read_receipt import ReadReceipt
from .reading import DUTY, Reading
from .relation import Relation
from .rule import RoutingRule
from .saved_filter import SavedFilter
from .step import Step
from .summary import Summary
from .task import Task, TaskPhoto, TaskStep
from .visit import ReturnVisit

__all__ = [
    "DUTY",
    "Claim",
    "Follower",
    "JointPart",
    "JointTask",
    "Look",
    "Matter",
    "Photo",
    "ReadReceipt",
    "Reading",
    "Relation",
    "ReturnVisit",
    "RoutingRule",
    "SavedFilter",
    "Step",
    "Summary",
    "Task",
    "TaskPhoto",
    "TaskStep",
]
