"""State of disputes: the record of a mediation, plans for claims of groups, what a month has taught."""

from .group_plan import ClaimGroup, GroupPlan, Measure
from .mediation import Mediation, MediationNote, MediationSession, Party, PromisedStep, Side
from .monthly import MonthlyText

__all__ = [
    "ClaimGroup",
    "GroupPlan",
    "Measure",
    "Mediation",
    "MediationNote",
    "MediationSession",
    "MonthlyText",
    "Party",
    "PromisedStep",
    "Side",
]
