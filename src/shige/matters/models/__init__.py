"""State of matters (诉求、事件): matters, their steps and photos; tasks and joint tasks; opinion notes."""

from .claim import Claim
from .device import Device, DeviceEvent, EventRule, Severity
from .group_plan import ClaimGroup, GroupPlan, Measure
from .inspection import Inspection
from .joining import Joining
from .joint import JointPart, JointTask
from .look import Look
from .matter import Matter
from .mediation import Mediation, MediationNote, MediationSession, Party, PromisedStep
from .monthly import MonthlyText
from .opening import Opening
from .photo import Photo
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
    "ClaimGroup",
    "Device",
    "DeviceEvent",
    "EventRule",
    "GroupPlan",
    "Inspection",
    "Joining",
    "JointPart",
    "JointTask",
    "Look",
    "Matter",
    "Measure",
    "Mediation",
    "MediationNote",
    "MediationSession",
    "MonthlyText",
    "Opening",
    "Party",
    "Photo",
    "PromisedStep",
    "Reading",
    "Relation",
    "ReturnVisit",
    "RoutingRule",
    "SavedFilter",
    "Severity",
    "Step",
    "Summary",
    "Task",
    "TaskPhoto",
    "TaskStep",
]
