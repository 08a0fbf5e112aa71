"""Who answers for a matter: category, tier and place decide the one owner (R22, R23)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import Category, Profile, Tier
from shige.trust.concerned_persons import Sealed
from shige.trust.gate import HIGHEST_SEAL, Lineage
from shige.trust.in_office import HeldPost, held_posts
from shige.trust.permissions import highest_role
from shige.trust.service_history import posts_hearing

from ..tier_order import LADDER, safe


class NobodyAnswersError(ValidationError):
    """No post, up to the district, is held by anybody who may know of a matter."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The post that answers and who holds it, the tier on which it does, and what the office should know."""

    post: int
    name: str
    tier: str
    remark: str = ""
    holders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportMoment:
    """When a matter was reported, and its id once it has one."""

    reported_at: datetime
    key: int = 0

    def sealed_as(self, category: Category, lineage: Lineage) -> Sealed:
        """Return what says whom it may be about in a category and at a place."""
        return Sealed(category.seal, lineage.street, self.reported_at, self.key)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that would answer on a tier: a role in an area, for a department where one is competent."""

    tier: str
    role: str
    area: int
    department: str = ""

    def is_filled_by(self, post: HeldPost) -> bool:
        """Say whether ``post`` is the one that this seat means."""
        here = (post.role, post.area) == (self.role, self.area)
        return here and self.department in ("", post.department)


def route(
    rules: Profile, category: Category, lineage: Lineage, tier: str, told: ReportMoment, *,
    apart_from: int | None = None,
) -> Owner:  # fmt: skip
    """Return who answers on ``tier``, or on the next tier above that has somebody in office: never a hole.

    A post that is held only by people whom something sealed may be about is none (P3).

    Parameters
    ----------
    told
        The matter for which somebody is sought, as far as it says whom it may be about.
    apart_from
        The post that has the matter now and is looking for another one.

    Raises
    ------
    NobodyAnswersError
        No post at all, up to the district, is held by anybody who may know of it.
    """
    tier = safe(category, tier)
    seats = list(seats_from(rules, category, lineage, tier, stand_in=apart_from is None))
    held = held_posts({seat.area for seat in seats}, {seat.role for seat in seats})
    posts = [post for post in held if post.pk != apart_from]
    passed_over = False
    while found := filled(seats, posts):
        seat, post = found
        for hearing in posts_hearing([post], told.sealed_as(category, lineage)):
            remark = _remark(rules, tier, seat, passed_over=passed_over)
            return Owner(post.pk, post.name, seat.tier, remark, hearing.holders)
        posts.remove(post)
        passed_over = True
    raise NobodyAnswersError(
        _("Nobody is in office who could answer for this place. Please call the hotline.")
    )


def filled(seats: Iterable[Seat], held: Iterable[HeldPost]) -> tuple[Seat, HeldPost] | None:
    """Return the first of some seats that one of the held posts fills, with that post."""
    posts = list(held)
    return next(((seat, post) for seat in seats for post in posts if seat.is_filled_by(post)), None)


def seats_from(
    rules: Profile, category: Category, lineage: Lineage, tier: str, *, stand_in: bool
) -> Iterator[Seat]:
    """Yield who would answer, in order: the tier's own seats, those of tiers above, the district's centre.

    With ``stand_in`` the street answers where a department has nobody, before the district does. Where that
    may be meant itself, the profile's independent department comes last.
    """
    first = LADDER.index(tier) if tier in LADDER else LADDER.index("D")
    for step in LADDER[first : LADDER.index("D")]:
        yield from _grid_seats(rules, category, lineage, step)
    yield from _department_seats(rules, category, lineage, "X" if tier == "X" else "D")
    if stand_in and safe(category, "S") == "S":
        yield from _grid_seats(rules, category, lineage, "S")
    if lineage.district:
        yield Seat("D", highest_role(), lineage.district)
    if lineage.district and category.seal == HIGHEST_SEAL and rules.guard.independent:
        yield Seat("D", rules.first_role("department"), lineage.district, rules.guard.independent)


def role_at(tier: Tier, lineage: Lineage) -> tuple[str, int | None]:
    """Return which role answers on a tier, and for which area: an exclusive grid has its own."""
    if tier.role_in_exclusive and lineage.leaf and not lineage.general:
        return tier.role_in_exclusive, lineage.leaf
    return tier.role, lineage.at(tier.level)


def _grid_seats(rules: Profile, category: Category, lineage: Lineage, step: str) -> Iterator[Seat]:
    """Yield the seats of a tier of the ladder: the category's own role first, on the category's own tier."""
    role, area = role_at(rules.tier(step), lineage)
    if area is None:
        return
    if category.role and category.tier == step:
        yield Seat(step, category.role, area)
    if rules.refusal(role, category.code) is None:
        yield Seat(step, role, area)
    if step == "S":
        yield Seat(step, rules.first_role("standby"), area)


def _department_seats(rules: Profile, category: Category, lineage: Lineage, tier: str) -> Iterator[Seat]:
    """Yield the competent department of the street, then of the district, or the category's own role."""
    street = lineage.street if safe(category, "S") == "S" else None
    areas = [area for area in (street, lineage.district) if area]
    if category.role:
        yield from (Seat(tier, category.role, area) for area in areas)
    elif category.department:
        role = rules.first_role("department")
        yield from (Seat(tier, role, area, category.department) for area in areas)


def _remark(rules: Profile, wanted: str, seat: Seat, *, passed_over: bool) -> str:
    """Say to the office, in its own language, that somebody else than expected answers."""
    if seat.tier == wanted:
        return ""
    with override(rules.language):
        said = _("Nobody is in office at the tier “%(wanted)s”, so it went to “%(found)s”.")
        if passed_over:
            said = _("Nobody at the tier “%(wanted)s” may know of it, so it went to “%(found)s”.")
    names = {"wanted": rules.tier(wanted).name, "found": rules.tier(seat.tier).name}
    return said % {key: name.in_language(rules.language) for key, name in names.items()}
