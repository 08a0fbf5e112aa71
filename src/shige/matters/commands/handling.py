"""What the office does with a matter: take it, note, pass it to others, report it solved (R22, R23)."""

from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from .. import clock
from ..acting import lineage_of_matter
from ..models import Matter
from ..report import Place
from ..routing import above, below, route, safe
from ..seats import peers
from ..standing import standing_of
from ..workflow import Transition
from .filing import set_standing
from .stepping import advance, opened, tell_owner, tell_reporter

PLACE_COLUMNS = (
    "lon", "lat", "building_id", "place", "district_id", "street_id", "community_id", "general_id", "leaf_id"
)  # fmt: skip


@transaction.atomic
def take(viewer: Viewer, number: str) -> Matter:
    """Take a matter in hand; the first time this is the answer that the reporter was promised."""
    matter, transition = opened(viewer, number, "take")
    return advance(viewer, matter, transition, responded_at=matter.responded_at or clock.now())


@transaction.atomic
def add_note(viewer: Viewer, number: str, note: str) -> Matter:
    """Note what was done; the reporter reads it."""
    matter, transition = opened(viewer, number, "note")
    return advance(viewer, matter, transition, note)


@transaction.atomic
def pass_on(viewer: Viewer, number: str, post: int, reason: str) -> Matter:
    """Give a matter to another post of the same tier.

    Raises
    ------
    ValidationError
        The post is not one of ``seats.peers``.
    """
    matter, transition = opened(viewer, number, "pass_on")
    if post not in {peer.pk for peer in peers(matter)}:
        raise ValidationError({"post": _("This post cannot take the matter on.")})
    return _hand_over(viewer, matter, transition, reason, post, matter.tier)


@transaction.atomic
def pass_up(viewer: Viewer, number: str, reason: str) -> Matter:
    """Pass a matter a tier up, to the next one that has somebody in office; its dates stay."""
    matter, transition = opened(viewer, number, "pass_up")
    tier = above(matter.tier)
    if tier is None:
        raise ValidationError(_("There is no tier above this one."))
    return _reroute(viewer, matter, transition, reason, tier)


@transaction.atomic
def return_down(viewer: Viewer, number: str, reason: str) -> Matter:
    """Return a matter a tier down; never below the street what must not be mediated there (P3, P4).

    Raises
    ------
    ValidationError
        There is no tier below that may have it, or nobody there is in office.
    """
    matter, transition = opened(viewer, number, "return_down")
    tier = below(profile().category(matter.category), matter.tier)
    if tier is None or matter.leaf_id is None:
        raise ValidationError(_("This matter cannot be returned to a lower tier."))
    return _reroute(viewer, matter, transition, reason, tier)


@transaction.atomic
def set_place(viewer: Viewer, number: str, place: Place) -> Matter:
    """Put a matter where it belongs, and with it in the hands of whoever answers there.

    Raises
    ------
    ValidationError
        The place, too, lies outside every grid.
    """
    matter, transition = opened(viewer, number, "set_place")
    standing = standing_of(place)
    if standing.lineage.community is None:
        raise ValidationError({"place": _("This place lies outside every grid as well.")})
    category = profile().category(matter.category)
    set_standing(matter, replace(standing, address=standing.address or matter.place))
    owner = route(profile(), category, standing.lineage, category.tier)
    places = {column: getattr(matter, column) for column in PLACE_COLUMNS}
    advance(viewer, matter, transition, remark=owner.remark, to_post=owner.post, tier=owner.tier, **places)
    tell_owner("matter.assigned", matter)
    return matter


@transaction.atomic
def solve(viewer: Viewer, number: str, note: str) -> Matter:
    """Report a matter as solved and ask the reporter, who alone can say that it is (R25)."""
    matter, transition = opened(viewer, number, "solve")
    moment = clock.now()
    confirm_by = moment + timedelta(days=profile().feedback.confirm_days)
    advance(viewer, matter, transition, note, solved_at=moment, confirm_by=confirm_by)
    tell_reporter("matter.solved", matter, confirm_by=confirm_by.isoformat())
    return matter


def _reroute(viewer: Viewer, matter: Matter, transition: Transition, reason: str, tier: str) -> Matter:
    category = profile().category(matter.category)
    owner = route(
        profile(), category, lineage_of_matter(matter), safe(category, tier), apart_from=matter.owner_id
    )
    return _hand_over(viewer, matter, transition, reason, owner.post, owner.tier, owner.remark)


def _hand_over(
    viewer: Viewer,
    matter: Matter,
    transition: Transition,
    reason: str,
    post: int,
    tier: str,
    remark: str = "",
) -> Matter:
    advance(viewer, matter, transition, reason, remark=remark, to_post=post, tier=tier)
    tell_owner("matter.assigned", matter)
    return matter
