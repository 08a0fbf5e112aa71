"""What can be done about an urging, from which state, by which side (R10)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Urging

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Side = Literal["overseer", "asked"]

URGE: Final = "urge"
ESCALATE: Final = "escalate"
LATE: Final = "late"
END: Final = "end"
PROMISED: Final = "promised"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its button, the question for its words, and the question for a day where it names one."""

    action: str
    label: "StrPromise"
    side: Side
    before: Urging.State
    after: Urging.State
    words: "StrPromise"
    day: "StrPromise | None" = None


ACTS: Final = (
    Act(
        "answer",
        _("Answer"),
        "asked",
        Urging.State.OPEN,
        Urging.State.ANSWERED,
        _("What was done, or will be"),
        _("Done on, or to be done by"),
    ),
    Act(
        "close",
        pgettext_lazy("urging", "Close"),
        "overseer",
        Urging.State.ANSWERED,
        Urging.State.CLOSED,
        _("Why it is settled"),
    ),
    Act(
        "again",
        _("Ask once more"),
        "overseer",
        Urging.State.ANSWERED,
        Urging.State.OPEN,
        _("What is still missing"),
        _("Answer by"),
    ),
    Act(
        "withdraw",
        _("Withdraw"),
        "overseer",
        Urging.State.OPEN,
        Urging.State.WITHDRAWN,
        _("Why it is withdrawn"),
    ),
)

STATES: Final = {
    Urging.State.OPEN: _("to be answered"),
    Urging.State.ANSWERED: _("answered"),
    Urging.State.CLOSED: pgettext_lazy("urging", "closed"),
    Urging.State.WITHDRAWN: _("withdrawn"),
    Urging.State.ENDED: _("case settled or passed on"),
}

SAID: Final = {
    URGE: _("Urged"),
    ESCALATE: _("Not answered by its date, told above"),
    LATE: _("Not answered by its date; nobody above is in office who could be told"),
    PROMISED: _("The day that was promised has come"),
    END: _("The case is settled, or passed on to another post"),
    "answer": _("Answered"),
    "again": _("Asked once more"),
    "close": pgettext_lazy("urging", "Closed"),
    "withdraw": pgettext_lazy("urging", "Withdrawn"),
}
"""How the history calls what happened."""


def act_named(action: str) -> Act | None:
    """Return the act of a name, if there is one."""
    return next((act for act in ACTS if act.action == action), None)
