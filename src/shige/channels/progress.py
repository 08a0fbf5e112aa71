"""The steps of a matter as a line with stations: what was, what is, what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from shige.matters.models import Matter
from shige.matters.queries import Tracked

State = Matter.State


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the line."""

    label: str
    when: datetime | None
    note: str
    status: Literal["done", "now", "next"]


def timeline(matter: Tracked) -> list[Station]:
    """Return the steps taken, where the matter is now, and what still comes."""
    done = [Station(_said(step.action, step.label), step.when, step.note, "done") for step in matter.steps]
    return done + _ahead(matter)


def _said(action: str, label: str) -> str:
    """Return a step in the reporter's words."""
    return {
        "file": _("You reported it"),
        "take": _("The office took it in hand"),
        "note": _("News from the office"),
        "pass_up": _("Passed to the next tier up"),
        "solve": _("The office reports it as solved"),
        "confirm": _("You confirmed that it is solved"),
        "not_solved": _("You said that it is not solved"),
        "lapse": _("No answer came, so it ended unconfirmed"),
        "reopen": _("You had it taken up again"),
    }.get(action, label)


def _ahead(matter: Tracked) -> list[Station]:
    office = {"office": matter.office}
    waiting = Station(_("%(office)s will answer") % office, matter.respond_by, "", "now")
    handling = Station(_("%(office)s is handling it") % office, None, "", "now")
    solving = Station(_("To be solved by"), matter.resolve_by, "", "next")
    confirming = Station(_("You say whether it is solved"), None, "", "next")
    asking = Station(_("Please say whether it is solved, by"), matter.confirm_by, "", "now")
    return {
        State.NEW.value: [waiting, solving, confirming],
        State.IN_HAND.value: [handling, solving, confirming],
        State.TO_CONFIRM.value: [asking],
    }.get(matter.state, [])
