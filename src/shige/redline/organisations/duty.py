"""What an overseer answers for stays theirs unless whoever names overseers changes it (R10)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.bulk_insert import insert_many
from shige.trust.commands import record_all
from shige.trust.gate import Viewer, may
from shige.trust.models import Post
from shige.trust.queries import today

from ..facts import OrganisationChanged
from ..models import Change, Organisation, Standing
from .checks import check_overseer


def check_duty(viewer: Viewer, standing: Standing) -> None:
    """Refuse a change of what an overseer answers for, or above whom, to whoever may name none (R10).

    Raises
    ------
    ValidationError
        As said.
    """
    if standing.overseer is not None and not may(viewer, "redline.oversee", lineage_of(standing.area)):
        said = _(
            "This would change the duty of %(post)s; the street names overseers, please ask there first."
        )
        raise ValidationError(said % {"post": standing.overseer.name})


def release_overseer(viewer: Viewer, standing: Standing, old: Area | None) -> None:
    """Let the overseer's duty end where the post does not serve the area; always, without ``old``.

    Raises
    ------
    ValidationError
        The viewer may not name overseers there, so may end no duty either (R10).
    """
    if standing.overseer is None:
        return
    if old is not None:
        try:
            check_overseer(standing.area, standing.overseer)
        except ValidationError:
            pass
        else:
            return
    if old is None:
        check_duty(viewer, standing)
    standing.overseer = None


def set_overseers(viewer: Viewer, named: Sequence[tuple[Standing, Post]], reason: str) -> None:
    """Name the overseers of many organisations from today on, whatever they are: nothing is checked here.

    Each standing is the last one of its organisation and has begun. Seven statements, however many.
    """
    if not named:
        return
    day = today()
    keys = [standing.organisation_id for standing, _post in named]
    locked = Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    versions = {pk: version + 1 for pk, version in locked.values_list("pk", "version")}
    before = dict(
        Standing.objects.filter(pk__in=[row.pk for row, _post in named]).values_list("pk", "overseer__name")
    )
    begun_today, continued = [], []
    for standing, post in named:
        standing.overseer = post
        if standing.valid.lower == day:
            begun_today.append(standing)
        else:
            continued.append(standing)
    first = Func(F("valid"), function="lower")
    until_today = Func(first, Value(day), Value("[)"), function="daterange")
    Standing.objects.filter(pk__in=[row.pk for row in continued]).update(valid=until_today)
    Standing.objects.bulk_update(begun_today, ["overseer"], batch_size=1000)
    changes = [
        Change(
            organisation_id=row.organisation_id, kind=Change.Kind.OVERSEEN, on=day,
            before=before[row.pk] or "", after=post.name, reason=reason, person_id=viewer.person,
        )
        for row, post in named
    ]  # fmt: skip
    for row in continued:
        row.pk, row._state.adding, row.valid = None, True, DateRange(day, None)
    insert_many(continued)
    insert_many(changes)
    Organisation.objects.filter(pk__in=keys).update(version=F("version") + 1)
    told = [
        (
            row.organisation_id,
            versions[row.organisation_id],
            lineage_of(row.area),
            OrganisationChanged(
                kind=row.kind, area=row.area_id, parent=row.parent_id, overseer=post.pk, on=day.isoformat(),
                tied=row.tied,
            ),
        )
        for row, post in named
    ]  # fmt: skip
    record_all(viewer, "organisation.overseer_set", "organisation", told)
