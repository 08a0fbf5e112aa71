"""File a matter: from somebody's words to the right grid, one owner and two dates (R21, R22)."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from shige.trust.bulk_insert import insert_together
from shige.trust.commands import entry_of, message_to
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...assignment.routing import NobodyAnswersError
from ...codes import code_digest, device_key, digest, tracking_code
from ...danger.above import keep_from, nobody_above
from ...facts import MatterFiled
from ...models import Matter, Step
from ...numbers import number_of
from ...report import ENDANGERED, FILED, Answering, Filed, Report
from ...workflow.actors import lineage_of_matter
from ...workflow.handlers import filer_digest
from ..checks import checked, refuse_elsewhere
from ..composition import compose
from ..judgement import Judgement, judged
from ..location import Location, location_of
from ..owner import owner_of
from ..remarks import remark_of
from ..resubmission import already_filed, sent_form
from .photos import attach


def file_matter(viewer: Viewer, report: Report) -> Filed:
    """File a matter at once in the grid of its place, with one owner and its dates.

    The category chosen is kept. A public hazard goes to its own department whatever was chosen; what may be
    danger to persons, or about staff, goes to a trained post and never begins at a tier that mediates (P4).

    The same form sent twice (same ``key`` and content) returns the same matter and the same codes.

    Raises
    ------
    ValidationError
        By field (``words``, ``category``, ``place``, ``name``, ``phone``): what is missing or does not fit.
    """
    return file_at(viewer, report, sent_form(report), lambda: location_of(report.place))


def file_at(viewer: Viewer, report: Report, form: bytes | None, stands: Callable[[], Location]) -> Filed:
    """File a matter as ``file_matter`` does, where the caller knows how to find its place.

    Parameters
    ----------
    form
        The hash of the form as it was sent, from which both codes follow; None where nothing is sent twice.
    stands
        Asked once for the areas of the place.
    """
    code, key = tracking_code(form), device_key(form)
    filed = already_filed(form)
    if filed is None:
        report = checked(report)
        location = stands()
        if report.here_only:
            refuse_elsewhere(location)
        judgement = judged(report, location)
        fresh = Matter(tracking_digest=code_digest(code), device_digest=digest(key), idempotency_key=form)
        fresh.filer_digest = filer_digest(report.signed_in)
        filed = _file_once(viewer, report, location, judgement, fresh)
    else:
        judgement = judged(report)
    (matter, answering), outcome = filed, judgement.outcome
    emergency = None if report.answers.no_emergency else judgement.heard.first
    return Filed(matter, code, key, emergency, answering, outcome.about_staff, outcome.police)


def _file_once(
    viewer: Viewer, report: Report, location: Location, judgement: Judgement, fresh: Matter
) -> tuple[Matter, Answering]:
    try:
        with transaction.atomic():
            fresh.pk = next_key()
            keep_from(fresh, judgement.named)
            return _file(viewer, report, location, judgement, fresh)
    except NobodyAnswersError as error:
        raise (ValidationError({"words": nobody_above()}) if judgement.above else error) from None
    except IntegrityError:
        form = bytes(fresh.idempotency_key) if fresh.idempotency_key else None
        filed = already_filed(form)  # sent twice in the same instant, and the other one was first
        if filed is None:
            raise
        return filed


def _file(
    viewer: Viewer, report: Report, location: Location, judgement: Judgement, matter: Matter
) -> tuple[Matter, Answering]:
    category, moment = judgement.outcome.category, clock.now()
    owner = owner_of(profile(), category, location, matter.pk)
    matter.endangered = judgement.outcome.endangers
    sealed = compose(matter, report, judgement.said, category, location, owner, moment)
    matter.number = number_of(matter.pk, moment)
    remark = remark_of(report, category, owner, judgement.why)
    outcome = judgement.outcome
    told = MatterFiled.of(
        matter,
        consent=report.consent,
        staff_only=outcome.staff_only,
        doubted=outcome.doubted,
    )
    insert_together(
        *sealed,
        matter,
        _first_step(viewer, matter, remark),
        *_alarm(matter, report),
        entry_of(viewer, "matter.filed", "matter", (matter.pk, 1, lineage_of_matter(matter), told)),
        *(message_to(person, "matter.assigned", "matter", matter.number) for person in owner.holders),
    )
    attach(matter, report.attachments)
    return matter, Answering(owner.name, location.grid, location.grid_code)


def _first_step(viewer: Viewer, matter: Matter, remark: str) -> Step:
    return Step(
        matter=matter,
        at=matter.reported_at,
        action=FILED,
        after=matter.state,
        person_id=viewer.person,
        to_post_id=matter.owner_id,
        remark=remark,
    )


def _alarm(matter: Matter, report: Report) -> list[Step]:
    """Return the step by which lists show first what was answered with a yes and is sealed (P4)."""
    if not (matter.sealed and report.answers.endangered):
        return []
    return [
        Step(
            matter=matter, at=matter.reported_at, action=ENDANGERED, after=matter.state, sealed=matter.sealed
        )
    ]


def next_key() -> int:
    """Take the next number of matters; a filing that fails leaves a gap, which harms nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('matters_matter', 'id'))")
        return int(cursor.fetchone()[0])
