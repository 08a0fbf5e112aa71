"""Danger and complaints: what is heard in words, what was answered, what a report becomes (P3, P4)."""

from .decision import UNANSWERED, Alarm, Answers, Danger, Staff, Verdict, decide, seal_for
from .detectors import Heard, hear
from .outcome import Outcome, outcome_of, remark_on

__all__ = [
    "UNANSWERED",
    "Alarm",
    "Answers",
    "Danger",
    "Heard",
    "Outcome",
    "Staff",
    "Verdict",
    "decide",
    "hear",
    "outcome_of",
    "remark_on",
    "seal_for",
]
