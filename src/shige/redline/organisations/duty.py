"""What an overseer answers for stays theirs unless whoever names overseers changes it (R10)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may

from ..models import Standing
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
