"""Make, try and put in force the routing rules of a street or district (R22)."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import record
from shige.trust.gate import Lineage, Viewer, require
from shige.trust.in_office import holders_of
from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.permissions import DEPARTMENTS, roles_for, roles_of

from .. import clock
from ..categories import category_of, category_of_matter
from ..facts import RuleChanged
from ..models import Matter, RoutingRule
from ..workflow.actors import seen_by
from .choice import Question, fits, live_rules, speaks, turn_of

LOOK_BACK: Final = timedelta(days=30)
MOST: Final = 20_000
SHOWN: Final = 20
FIELDS: Final = ("name", "order", "categories", "grids", "tiers", "hours", "post_id")


@dataclass(frozen=True, slots=True)
class RuleIn:
    """What an office writes: empty lists mean all; ``post`` is who shall answer."""

    name: str
    post: int
    order: int = 100
    categories: tuple[str, ...] = ()
    grids: tuple[int, ...] = ()
    tiers: tuple[str, ...] = ()
    hours: str = "always"


@transaction.atomic
def write_rule(viewer: Viewer, area: Area, given: RuleIn, rule: RoutingRule | None = None) -> RoutingRule:
    """Write a rule of an area down as a draft, or change one that is not in force; it must be tried anew.

    Raises
    ------
    ValidationError
        The post does not belong to the area, may not have one of the categories, or the rule is in force.
    """
    require(viewer, "rule.edit", lineage_of(area))
    if rule is not None:
        rule = _locked(rule.pk)
        if rule.state != RoutingRule.State.DRAFT:
            raise ValidationError(_("A rule that was in force is not changed; end it and write another one."))
    post = _post_in(area, given.post)
    _check_duties(post, given.categories)
    rule = rule or RoutingRule(area=area, version=0)
    rule.name, rule.post, rule.order, rule.hours = given.name, post, given.order, given.hours
    rule.categories, rule.grids, rule.tiers = list(given.categories), list(given.grids), list(given.tiers)
    rule.tried, rule.version = None, rule.version + 1
    rule.save()
    _journal(viewer, "rule.written", rule)
    return rule


@transaction.atomic
def try_rule(viewer: Viewer, pk: int) -> RoutingRule:
    """Lay a rule beside the matters of the last thirty days: which would have come to its post.

    What is sealed or confidential is left out: everybody who edits rules reads what comes of it (P3, P4).
    None would where a rule in force comes first, as long as nobody holds the post, or outside every grid.
    """
    rule = _opened(viewer, pk, RoutingRule.State.DRAFT)
    since = clock.now() - LOOK_BACK
    in_area = Matter.objects.filter(
        seen_by(viewer),
        sealed=0,
        confidential=False,
        community__isnull=False,
        reported_at__gte=since,
        **{f"{rule.area.level}": rule.area},
    )
    held, before = bool(holders_of(rule.post_id)), cache(partial(_rules_before, rule))
    spoken_of, moved, posts, earlier = 0, [], Counter[str](), Counter[str]()
    for matter in in_area.select_related("owner").order_by("-pk")[:MOST]:
        category = category_of_matter(matter)
        asked = replace(Question.about(matter, category), moment=matter.reported_at)
        if not speaks(profile(), rule, asked):
            continue
        spoken_of += 1
        ruled = before(Lineage(matter.district_id, matter.street_id))
        if first := next((other for other in ruled if speaks(profile(), other, asked)), None):
            earlier[first.name] += 1
        elif held and matter.owner_id != rule.post_id:
            moved.append(matter.number)
            posts[matter.owner.name] += 1
    rule.tried = {
        "at": clock.now().isoformat(),
        "version": rule.version,
        "spoken_of": spoken_of,
        "moved": len(moved),
        "numbers": moved[:SHOWN],
        "from": posts.most_common(10),
        "earlier": earlier.most_common(10),
    }
    rule.save(update_fields=["tried"])
    return rule


@transaction.atomic
def put_in_force(viewer: Viewer, pk: int) -> RoutingRule:
    """Let a rule that was tried decide from now on.

    Raises
    ------
    ValidationError
        It was not tried since it was changed last, or is no draft.
    """
    rule = _opened(viewer, pk, RoutingRule.State.DRAFT)
    if rule.tried is None or rule.tried["version"] != rule.version:
        raise ValidationError(_("Try the rule on last month's matters first."))
    return _set(viewer, rule, RoutingRule.State.LIVE)


@transaction.atomic
def end_rule(viewer: Viewer, pk: int) -> RoutingRule:
    """End a rule; matters that it gave to somebody stay there."""
    return _set(viewer, _opened(viewer, pk, RoutingRule.State.LIVE), RoutingRule.State.ENDED)


def _rules_before(rule: RoutingRule, lineage: Lineage) -> list[RoutingRule]:
    """Return the rules in force at a place that are asked before ``rule`` and whose post somebody holds."""
    ruled = live_rules(lineage)
    turn = turn_of(rule, lineage)
    return [other for other in ruled if turn_of(other, lineage) < turn and holders_of(other.post_id)]


def _opened(viewer: Viewer, pk: int, state: str) -> RoutingRule:
    rule = _locked(pk)
    require(viewer, "rule.edit", lineage_of(rule.area))
    if rule.state != state:
        raise ValidationError(_("Somebody else has changed this rule. Load the page again."))
    return rule


def _locked(pk: int) -> RoutingRule:
    return RoutingRule.objects.select_for_update(of=("self",)).select_related("area", "post__area").get(pk=pk)


def _set(viewer: Viewer, rule: RoutingRule, state: RoutingRule.State) -> RoutingRule:
    rule.state, rule.version = state, rule.version + 1
    rule.save(update_fields=["state", "version"])
    _journal(viewer, f"rule.{state}", rule)
    return rule


def _post_in(area: Area, pk: int) -> Post:
    """Return a post that serves in the area, or over the whole district that the area lies in."""
    handling = Post.objects.filter(role__in=roles_for("matter.handle"), closed_at=None)
    found = handling.select_related("area").filter(pk=pk).first()
    inside = found and getattr(found.area, f"{area.level}_id", None) == area.pk
    over = (
        found and found.role in roles_of(DEPARTMENTS) and found.area_id in {area.district_id, area.street_id}
    )
    if found is None or not (inside or over):
        raise ValidationError({"post": _("This post does not serve here.")})
    return found


def _check_duties(post: Post, categories: tuple[str, ...]) -> None:
    for code in categories:
        category = category_of(code)
        if not fits(profile(), post, category):
            name = category.name.in_language(profile().language)
            said = _(
                "The post may not have “%(category)s”: its list of duties or the protection of people "
                "forbids it."
            )
            raise ValidationError({"categories": said % {"category": name}})


def _journal(viewer: Viewer, verb: str, rule: RoutingRule) -> None:
    fact = RuleChanged(**{name: getattr(rule, name) for name in FIELDS if name != "name"})
    record(viewer, verb, "routing_rule", rule.pk, rule.version, lineage_of(rule.area), fact)
