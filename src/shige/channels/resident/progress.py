"""The steps of a matter as a line with stations: what was, what is, what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from shige.matters.models import Matter
from shige.matters.tracking.queries import Tracked

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
    done = [Station(step.label, step.when, step.note, "done") for step in matter.steps]
    return done + _ahead(matter)


def _ahead(matter: Tracked) -> list[Station]:
    if not matter.timed:
        return _undated(matter)
    office = {"office": matter.office}
    waiting = Station(_("Next: answer from %(office)s by") % office, matter.respond_by, "", "now")
    if matter.at_once:
        waiting = Station(
            _("%(office)s has been told at once and has yet to take it") % office, None, "", "now"
        )
    handling = Station(_("%(office)s is handling it") % office, None, "", "now")
    answering = Station(_paused(matter), matter.stopped_at, "", "now")
    solving = Station(_("To be solved by"), matter.resolve_by, "", "next")
    confirming, asking = _confirmed(matter)
    known = {
        State.NEW.value: [waiting, solving, confirming],
        State.IN_HAND.value: [handling, solving, confirming],
        State.WAITING.value: [answering, solving, confirming],
        State.TO_CONFIRM.value: [asking],
    }
    return known.get(matter.state, _of_its_kind(matter, solving, confirming))


def _undated(matter: Tracked) -> list[Station]:
    """Return where something without dates is now, and what comes, by the words of its states."""
    if not matter.ahead:
        return []
    here = Station(matter.state_label, None, "", "now")
    return [here, *(Station(label, None, "", "next") for label in matter.ahead)]


def _of_its_kind(matter: Tracked, solving: Station, confirming: Station) -> list[Station]:
    """Return what comes next in a state that only some kinds of matters have."""
    here = Station(matter.state_label, None, "", "now")
    return {"open": [here, solving, confirming], "waiting": [here, confirming], "asked": [here]}.get(
        matter.phase, []
    )


def _paused(matter: Tracked) -> str:
    if matter.joined or matter.merged:
        return _("The office waits for whoever reported it; the clock stands still")
    return _("The office waits for your answer; the clock stands still")


def _confirmed(matter: Tracked) -> tuple[Station, Station]:
    """Return who says whether it is solved, as what comes next and as what is now."""
    if matter.joined or matter.merged:
        said = _("Whoever reported it says whether it is solved")
        return Station(said, None, "", "next"), Station(said, matter.confirm_by, "", "now")
    if matter.proof == "none":
        said = _("Nobody can say for you whether it is solved: it ends as unconfirmable")
        return Station(said, None, "", "next"), Station(said, matter.confirm_by, "", "now")
    confirming = Station(_("You say whether it is solved"), None, "", "next")
    return confirming, Station(_("Please say whether it is solved, by"), matter.confirm_by, "", "now")
