"""Send a warning ahead to residents and field workers, withdraw it, or put a proposal aside (R25)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.visibility.areas import inside
from shige.territory.lineage import LEAF_LEVELS, lineage_of
from shige.territory.models import Area, GridVersion
from shige.trust.commands import Note, enqueue_all, record
from shige.trust.form_text import filled, without_numbers, without_persons
from shige.trust.gate import Viewer, require
from shige.trust.models import Appointment
from shige.trust.permissions import FIELD, roles_of
from shige.trust.queries import held_today, today

from ..facts import WarningChanged, WarningDismissed
from ..models import DismissedProposal, SentWarning
from ..queries.in_force import places_for
from ..queries.proposals import TITLE_LIMIT, Proposal, proposals_for

TEXT_LIMIT: Final = 500
REASON_LIMIT: Final = 200
LONGEST: Final = timedelta(days=184)


@dataclass(frozen=True, slots=True)
class WarningIn:
    """What an office sends: the words as edited, to which areas, until when; ``key`` names a proposal.

    ``title_other`` and ``text_other`` say the same in the second language of the place, or neither does.
    """

    title: str
    text: str
    until: datetime
    areas: tuple[int, ...]
    key: str = ""
    title_other: str = ""
    text_other: str = ""


@transaction.atomic
def send_warning(viewer: Viewer, area: Area, given: WarningIn) -> SentWarning:
    """Send a warning of the office of ``area`` to residents of some of its parts, and tell the field workers.

    Raises
    ------
    ValidationError
        By field: words that are missing, too long or name a number; a time that is over or too long; no
        area, or one that is not the office's own. Above the form: the proposal was sent or put aside.
    """
    area = _locked(viewer, area)
    proposal = _proposed(viewer, area, given.key) if given.key else None
    areas = [place for place in places_for(area) if place.pk in given.areas]
    if not areas or len(areas) != len(set(given.areas)):
        raise ValidationError({"areas": _("Please choose parts of your own area.")})
    now = clock.now()
    if not now < given.until <= now + LONGEST:
        raise ValidationError({"until": _("Please choose a time ahead, within half a year.")})
    reached = _field_workers([place.pk for place in areas])
    warning = SentWarning.objects.create(
        area=area,
        key=given.key,
        categories=list(proposal.categories) if proposal else [],
        **_words(given, proposal),
        sent_at=now,
        until=given.until,
        post_id=_post(viewer, area),
        person_id=viewer.person,
        grids=_grids([place.pk for place in areas]),
        posts=reached.values("post").distinct().count(),
    )
    warning.areas.set(areas)
    _tell("warning.sent", warning, reached)
    _record(viewer, "warning.sent", warning)
    return warning


@transaction.atomic
def withdraw_warning(viewer: Viewer, pk: int) -> SentWarning:
    """Take a warning back before its time; residents no longer see it, and the field workers are told.

    Raises
    ------
    PermissionDenied
        There is none, or it is of an office that is not the viewer's.
    ValidationError
        It is over already.
    """
    found = SentWarning.objects.select_for_update(of=("self",)).select_related("area").filter(pk=pk)
    warning = found.first()
    if warning is None:
        raise PermissionDenied("no such warning here")
    require(viewer, "warning.send", lineage_of(warning.area))
    if warning.withdrawn_at is not None or warning.until <= clock.now():
        raise ValidationError(_("This warning is over already."))
    warning.withdrawn_at = clock.now()
    warning.version += 1
    warning.save(update_fields=["withdrawn_at", "version"])
    areas = list(warning.areas.values_list("pk", flat=True))
    _tell("warning.withdrawn", warning, _field_workers(areas))
    _record(viewer, "warning.withdrawn", warning)
    return warning


@transaction.atomic
def dismiss_proposal(viewer: Viewer, area: Area, key: str, reason: str) -> DismissedProposal:
    """Put a proposal aside in an office's area for as long as its cause lasts: who, and why.

    Raises
    ------
    ValidationError
        No reason is given, or the proposal is not there any more.
    """
    area = _locked(viewer, area)
    proposal = _proposed(viewer, area, key)
    made = DismissedProposal.objects.create(
        area=area,
        key=key,
        title=proposal.title[:TITLE_LIMIT],
        reason=filled("reason", reason, REASON_LIMIT),
        at=clock.now(),
        until=proposal.ends,
        post_id=_post(viewer, area),
        person_id=viewer.person,
    )
    fact = WarningDismissed(key=key)
    record(viewer, "warning.dismissed", "dismissed_proposal", made.pk, 1, lineage_of(area), fact)
    return made


def _words(given: WarningIn, proposal: Proposal | None) -> dict[str, str]:
    """Return the checked words of both languages; half a warning in the second would mislead its readers."""
    limits = {"title": TITLE_LIMIT, "text": TEXT_LIMIT}
    if given.title_other.strip() or given.text_other.strip():
        limits |= {"title_other": TITLE_LIMIT, "text_other": TEXT_LIMIT}
    return {
        field: _checked(field, getattr(given, field), limit, getattr(proposal, field, ""))
        for field, limit in limits.items()
    }


def _checked(field: str, words: str, limit: int, proposed: str) -> str:
    """Return words that everybody reads; those of the profile itself need no look for persons in them."""
    check = without_numbers if words.split() == proposed.split() else without_persons
    return check(field, words, limit=limit)


def _locked(viewer: Viewer, area: Area) -> Area:
    """Return the area with its row locked, so that one proposal is sent or put aside once."""
    require(viewer, "warning.send", lineage_of(area))
    return Area.objects.select_for_update().get(pk=area.pk)


def _proposed(viewer: Viewer, area: Area, key: str) -> Proposal:
    found = next((one for one in proposals_for(viewer, area) if one.key == key), None)
    if found is None:
        raise ValidationError(_("This proposal was sent or put aside already. Load the page again."))
    return found


def _post(viewer: Viewer, area: Area) -> int | None:
    """Return the post in whose name ``viewer`` acts for an area."""
    lineage = lineage_of(area)
    return next((scope.post for scope in viewer.holding("warning.send") if scope.covers(lineage)), None)


def _field_workers(areas: Collection[int]) -> QuerySet[Appointment]:
    return held_today().filter(inside(areas, "post__area__"), post__role__in=roles_of(FIELD))


def _grids(areas: Collection[int]) -> int:
    valid = GridVersion.objects.filter(valid__contains=today(), level__in=LEAF_LEVELS)
    return valid.filter(inside(areas, "area__")).count()


def _tell(kind: str, warning: SentWarning, held: QuerySet[Appointment]) -> None:
    people = held.order_by("person").values_list("person_id", flat=True).distinct()
    enqueue_all(Note(kind, "warning", str(warning.pk), person) for person in people)


def _record(viewer: Viewer, verb: str, warning: SentWarning) -> None:
    fact = WarningChanged(
        key=warning.key,
        categories=warning.categories,
        areas=sorted(warning.areas.values_list("pk", flat=True)),
        until=warning.until.isoformat(),
    )
    record(viewer, verb, "warning", warning.pk, warning.version, lineage_of(warning.area), fact)
