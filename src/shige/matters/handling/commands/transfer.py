"""Give a matter to somebody else: another post, a tier up or down, the street's leader (R22, R23)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.profile import Transition
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post

from ... import clock
from ...assignment.peers import peers
from ...assignment.routing import ReportMoment, role_at, route
from ...categories import category_of_matter
from ...models import Matter
from ...tier_order import above, below, safe
from ...workflow.actors import leading, lineage_of_matter
from ...workflow.commands.steps import advance, authorise, tell_owner, tell_reporter


@transaction.atomic
def pass_on(viewer: Viewer, number: str, post: int, reason: str) -> Matter:
    """Give a matter to another post of the same tier.

    Raises
    ------
    ValidationError
        The post is not one of ``seats.peers``, or its list of duties has no such category (R19).
    """
    matter, transition = authorise(viewer, number, "pass_on")
    if post not in {peer.pk for peer in peers(matter)}:
        raise ValidationError({"post": _("This post cannot take the matter on.")})
    refuse_no_duty(Post.objects.values_list("role", flat=True).get(pk=post), matter)
    return _hand_over(viewer, matter, transition, reason, post, matter.tier)


@transaction.atomic
def pass_up(viewer: Viewer, number: str, reason: str) -> Matter:
    """Pass a matter a tier up, to the next one that has somebody in office; its dates stay."""
    matter, transition = authorise(viewer, number, "pass_up")
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
        There is no tier below that may have it, its list of duties has no such category, or nobody there is
        in office.
    """
    matter, transition = authorise(viewer, number, "return_down")
    tier = below(category_of_matter(matter), matter.tier)
    if tier is None or matter.leaf_id is None:
        raise ValidationError(_("This matter cannot be returned to a lower tier."))
    role, _area = role_at(profile().tier(tier), lineage_of_matter(matter))
    refuse_no_duty(role, matter)
    return _reroute(viewer, matter, transition, reason, tier)


@transaction.atomic
def refuse_duty(viewer: Viewer, number: str, reason: str) -> Matter:
    """Give a matter back to the tier above because it is not on the list of duties of one's post (R19)."""
    matter, transition = authorise(viewer, number, "refuse_duty")
    tier = above(matter.tier)
    if tier is None:
        raise ValidationError(_("There is no tier above this one."))
    return _reroute(viewer, matter, transition, reason, tier)


@transaction.atomic
def lead(viewer: Viewer, number: str, plan: str) -> Matter:
    """Take a hard case on in person, as the leader of its street (领导包案); the reporter reads the plan."""
    matter, transition = authorise(viewer, number, "lead")
    scope = leading(viewer, matter)
    post = scope.post if scope else matter.owner_id
    answered = matter.responded_at or clock.now()
    advance(viewer, matter, transition, plan, to_post=post, tier="S", led=True, responded_at=answered)
    tell_reporter("matter.led", matter)
    return matter


def _reroute(viewer: Viewer, matter: Matter, transition: Transition, reason: str, tier: str) -> Matter:
    category = category_of_matter(matter)
    told, line = ReportMoment(matter.reported_at, matter.pk), lineage_of_matter(matter)
    owner = route(profile(), category, line, safe(category, tier), told, apart_from=matter.owner_id)
    return _hand_over(viewer, matter, transition, reason, owner.post, owner.tier, owner.remark)


def refuse_no_duty(role: str, matter: Matter) -> None:
    """Refuse, by its article, what is not on the list of duties of a role (R19)."""
    article = profile().refusal(role, matter.category)
    if article is not None:
        said = {
            "article": article.in_language(language()),
            "role": profile().role(role).name.in_language(language()),
        }
        raise ValidationError(
            _("Not on the list of duties of “%(role)s”. Article %(article)s.") % said, code="no_duty"
        )


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
