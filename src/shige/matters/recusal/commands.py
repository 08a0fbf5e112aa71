"""Keep from a sealed matter, by name, whom it is about and whoever is above them (回避, P3)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import enqueue, record
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Person, Recusal, RecusalRequest
from shige.trust.queries import viewer_of

from .. import clock
from ..facts import RecusalAsked
from ..models import Matter
from ..workflow.actors import dispatching, lineage_of_matter
from ..workflow.commands.steps import NOTE_LIMIT, lock_matter
from ..workflow.workflows import READMITTED
from .exclusion import keep, write_down
from .persons import managers_of, may_recuse, nameable
from .second_person import deciders_of, independent_office, may_answer, takes_two


@transaction.atomic
def recuse(viewer: Viewer, number: str, person: int, reason: str) -> RecusalRequest | None:
    """Name whom a sealed matter is about: they and their line managers below its seal know of it no more.

    That holds in every post that they hold. Where nobody is left at its post the matter goes to the next
    tier; tasks and visits of such posts are taken back.

    A further person, whoever is above, whoever decides about a request that waits, and whoever alone holds a
    post that may handle it is named by two: then the request is returned, which somebody of a level above, or
    of the independent office, confirms or refuses (``answer_recusal``). Where the matter goes to a level
    above by it, whoever named is out as well: so nobody is left alone with a matter by naming everybody else.
    The district hears of it.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not dispatch the matter, or it is not sealed.
    ValidationError
        Nobody of that key served there at the time, no reason is given, a request waits already, or it takes
        two and nobody may be the second: then nothing takes effect.
    """
    matter = _opened(viewer, number)
    why = filled("reason", reason, NOTE_LIMIT)
    if person not in dict(nameable(matter)):
        raise ValidationError({"person": _("This person did not serve here at the time.")})
    kept = {person, *managers_of(person, matter)}
    scope = dispatching(viewer, matter)
    if viewer.person is not None and scope is not None and takes_two(matter, kept, scope.level):
        return _ask(viewer, matter, person, scope.level, why)
    keep(viewer, matter, person, why)
    return None


@transaction.atomic
def answer_recusal(viewer: Viewer, number: str, person: int, granted: bool, answer: str = "") -> None:
    """Confirm or refuse, as one of ``deciders_of``, that a person is kept from a sealed matter.

    Whoever asked is told. A refusal needs words (``answer``), which whoever asked reads.

    Raises
    ------
    PermissionDenied
        ``viewer`` may not answer, or there is no such matter.
    ValidationError
        Nothing waits, or by field ``answer``: a refusal without words.
    """
    matter = Matter.objects.select_for_update(of=("self",)).filter(number=number).first()
    waiting = RecusalRequest.objects.select_for_update(of=("self",)).select_related("matter", "asked_by")
    if matter is None or not (may_recuse(viewer, matter) or viewer.person in independent_office(matter)):
        raise PermissionDenied("no such matter here")
    asked = waiting.filter(matter=matter, person=person, answered_at=None).first()
    if asked is None:
        raise ValidationError(_("This request was answered already."))
    if not may_answer(viewer, asked):
        raise PermissionDenied("a request is answered by somebody independent, above or beside")
    asked.answer = "" if granted else filled("answer", answer, NOTE_LIMIT)
    asked.granted, asked.answered_by_id, asked.answered_at = granted, viewer.person, clock.now()
    asked.save(update_fields=["answer", "granted", "answered_by", "answered_at"])
    if granted:
        with override(profile().language):
            said = _("Confirmed by %(name)s") % {
                "name": Person.objects.get(pk=viewer.person or 0).service_name
            }
        keep(viewer_of(asked.asked_by), matter, person, f"{asked.reason}\n{said}", confirmed=viewer)
    else:
        told = RecusalAsked.of(matter, person=person, asked_by=asked.asked_by_id)
        line = lineage_of_matter(matter)
        record(viewer, "matter.recusal_refused", "matter", matter.pk, matter.version, line, told)
    done = "matter.recusal_granted" if granted else "matter.recusal_refused"
    enqueue(done, "matter", matter.number, receiver=asked.asked_by_id)


@transaction.atomic
def readmit(viewer: Viewer, number: str, person: int) -> Matter:
    """Take back that somebody is kept from a matter by name; whom its seal keeps out stays out.

    Raises
    ------
    PermissionDenied
        As with ``recuse``.
    ValidationError
        This person is not kept from it by name.
    """
    matter = _opened(viewer, number)
    if not Recusal.objects.filter(matter=matter, person=person).delete()[0]:
        raise ValidationError({"person": _("This person is not kept from it by name.")})
    write_down(viewer, matter, READMITTED, {person}, None, "")
    return matter


def _opened(viewer: Viewer, number: str) -> Matter:
    matter = lock_matter(viewer, number)
    if not may_recuse(viewer, matter):
        raise PermissionDenied("only whoever dispatches a sealed matter names whom it is about")
    return matter


def _ask(viewer: Viewer, matter: Matter, person: int, level: str, why: str) -> RecusalRequest:
    """Write a request down; whom it names hears nothing of it, and works on until it is answered."""
    waiting = RecusalRequest.objects.filter(matter=matter, answered_at=None)
    if waiting.filter(Q(asked_by=viewer.person) | Q(person=person)).exists():
        raise ValidationError({"person": _("A request waits already: it is answered first.")})
    deciders = deciders_of(matter, level, viewer.person or 0, person)
    if not deciders.people:
        raise ValidationError({"person": nobody_decides()})
    asked = RecusalRequest.objects.create(
        matter=matter,
        person_id=person,
        level=level,
        asked_by_id=viewer.person or 0,
        reason=why,
        asked_at=clock.now(),
    )
    told = RecusalAsked.of(matter, person=person)
    record(
        viewer, "matter.recusal_asked", "matter", matter.pk, matter.version, lineage_of_matter(matter), told
    )
    subject = "recusal" if deciders.independent else "matter"
    for one in sorted(deciders.people):
        enqueue("matter.recusal_asked", subject, matter.number, receiver=one)
    return asked


def nobody_decides() -> str:
    """Return what whoever names somebody hears where nobody may be the second, and whom to call."""
    said = _(
        "It takes a second person to confirm this, and nobody above or independent is in office here: "
        "nothing has changed. %(call)s"
    )
    call = profile().guard.call
    return said % {"call": call.in_language(language()) if call else ""}
