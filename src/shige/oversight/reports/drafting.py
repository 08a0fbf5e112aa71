"""What a quarter's report says before its overseer edits it: from figures, urgings, visits and guidance."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.insight.charts import RATES, rate
from shige.insight.closed_months import told_figures
from shige.insight.labels import closed_words
from shige.insight.measures import Measures, Share
from shige.insight.periods import Closed
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.form_text import TEXT_LIMIT
from shige.trust.gate import Viewer, may

from ..models import Note, Urging, UrgingStep
from ..notes.kinds import LOOKED_AT
from ..notes.queries import written_for
from ..reach import Overseen
from ..urgings.acts import STATES, URGE

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LIMIT: Final = 4 * TEXT_LIMIT
"""Characters of a paragraph."""

TITLES: Final[dict[str, "StrPromise"]] = {
    "figures": gettext_lazy("How the grid did"),
    "urgings": gettext_lazy("Urgings of the quarter"),
    "visits": gettext_lazy("Visits of the quarter"),
    "guidance": gettext_lazy("Guidance and findings"),
    "outlook": gettext_lazy("What comes next"),
}
"""The paragraphs of a report in their order."""


def drafted(viewer: Viewer, own: Overseen, quarter: Closed) -> dict[str, str]:
    """Return the paragraphs of a report as the program knows them; what comes next stays empty."""
    return {
        "figures": _figures(viewer, own.area, quarter),
        "urgings": _lines(_urgings(own.organisation, quarter)),
        "visits": _lines(_visits(own, quarter)),
        "guidance": _lines(_guidance(own, quarter)),
        "outlook": "",
    }


def _figures(viewer: Viewer, area: Area, quarter: Closed) -> str:
    if not may(viewer, "figures.see", lineage_of(area)):
        return ""
    told = told_figures(viewer, quarter, "month", area).total
    said = [_("In the %(quarter)s:") % {"quarter": closed_words(quarter)}, _received(told)]
    said += [_rate(str(label), getattr(told, name)) for name, label in RATES.items()]
    return "\n".join(said)


def _received(told: Measures) -> str:
    if told.open.hidden:
        return _("Matters that came in: too few to tell.")
    return _("Matters that came in: %(count)d.") % {"count": told.open.of}


def _rate(label: str, share: Share) -> str:
    if share.hidden:
        return _("%(name)s: too few to tell.") % {"name": label}
    if (found := rate(share)) is None:
        return _("%(name)s: nothing was due.") % {"name": label}
    told = {"name": label, "rate": found, "part": share.part, "of": share.of}
    return _("%(name)s: %(rate)s%% (%(part)d of %(of)d).") % told


def _urgings(organisation: int, quarter: Closed) -> Iterable[str]:
    days = (quarter.period.since, quarter.period.until)
    made = UrgingStep.objects.filter(
        action=URGE, urging__organisation=organisation, at__gte=days[0], at__lt=days[1]
    )
    for step in made.select_related("urging__area").order_by("at", "pk"):
        urging = step.urging
        said = {"on": _day(step.at), "area": urging.area.name, "why": step.words}
        line = _("%(on)s, %(area)s: %(why)s") % said
        told = _(" Not answered by its date.") if urging.told_of else ""
        yield f"{line}{told} ({STATES[Urging.State(urging.state)]})"


def _visits(own: Overseen, quarter: Closed) -> Iterable[str]:
    for note in _notes(own, quarter, Note.Kind.VISIT):
        looked_at = "、".join(str(LOOKED_AT[code]) for code in note.looked_at if code in LOOKED_AT)
        seen = {"on": _day(note.on), "area": note.area.name, "what": looked_at}
        said = [_("%(on)s, %(area)s, looked at: %(what)s.") % seen]
        said += [_("Good: %(words)s") % {"words": note.words}] if note.words else []
        said += [_("To be mended: %(words)s") % {"words": note.to_mend}] if note.to_mend else []
        if note.step and note.step_by:
            told = {"words": note.step, "day": _day(note.step_by)}
            said.append(_("Agreed, by %(day)s: %(words)s") % told)
        yield " ".join(said)


def _guidance(own: Overseen, quarter: Closed) -> Iterable[str]:
    for note in _notes(own, quarter, Note.Kind.GUIDANCE, Note.Kind.FINDING):
        upward = note.kind == Note.Kind.FINDING
        said = _("%(on)s, %(area)s, passed above: %(words)s") if upward else _("%(on)s, %(area)s: %(words)s")
        answer = " " + _("Answered: %(words)s") % {"words": note.answer} if note.answered_at else ""
        yield said % {"on": _day(note.on), "area": note.area.name, "words": note.words} + answer


def _notes(own: Overseen, quarter: Closed, *kinds: Note.Kind) -> Iterable[Note]:
    days = (quarter.period.first, quarter.period.last)
    return written_for(own.organisation).filter(kind__in=kinds, on__range=days)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) or _("None in this quarter.")


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
