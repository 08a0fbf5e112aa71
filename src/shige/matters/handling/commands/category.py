"""Correct the category of a matter, and with it who answers, by when, and who may read it (R22, P3, P4)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import GUARDED, Category, Transition
from shige.trust.commands import seal
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...assignment.choice import Question, assigned
from ...assignment.routing import Owner
from ...categories import AT_ONCE, as_guarded, category_of, category_of_matter, guarded
from ...joint.commands import cancel_unfit
from ...lists.commands.saved_filters import drop_naming
from ...models import Look, Matter
from ...report import UNASKED
from ...tasks.commands import withdraw_open, withdraw_unfit
from ...visits.schedule import end_visits
from ...wishes.ending import end_claim
from ...workflow.actors import (
    RANK,
    TIER_RANK,
    dispatching,
    is_independent,
    may_open,
    own_posts,
    working_as,
)
from ...workflow.commands.steps import NOTE_LIMIT, advance, authorise, tell_owner
from ...workflow.deadlines import Dates
from ...workflow.schedule import count_anew, redated
from ...workflow.workflows import COMPLAINT, DISPUTE, PRAISE, WISH, workflow_of
from .merge import seal_merged


@transaction.atomic
def sort(viewer: Viewer, number: str, code: str, reason: str = "") -> Matter:
    """Put a matter into the category that it belongs to.

    Who answers follows from it, and by when as far as it is sooner; longer dates the level above gives, and
    what is late stays late. What was
    confidential stays so; what becomes confidential has its words sealed. Tasks of posts that may know of it
    no more are withdrawn.

    Raises
    ------
    ValidationError
        There is no such category, or it is the one that the matter has; or the matter must never be mediated
        (P4) and could be in the new category: only whoever dispatches sorts it so, with a ``reason``.
    """
    matter, transition = authorise(viewer, number, "sort")
    category = _held_to(matter, sub_category(code))
    if category.code == matter.category:
        raise ValidationError({"category": _("The matter has this category already.")})
    _refuse_without_reporter(matter, category)
    refuse_mediated(matter, category)
    why = _why_mediated(viewer, matter, category, reason)
    return put_into(viewer, matter, transition, category, why)


def put_into(
    viewer: Viewer, matter: Matter, transition: Transition, category: Category, *remarks: str
) -> Matter:
    """Put a locked matter into a category as it holds for it, with all that follows; tell who has it now."""
    owner = _owner(viewer, matter, category)
    if matter.kind == COMPLAINT and category.kind == GUARDED:
        keep_as_it_was(matter)
    if matter.kind == WISH and category.kind != WISH:
        end_claim(matter)
    if workflow_of(matter.kind).timed != workflow_of(category.kind).timed:
        count_anew(matter)
    due = _due(viewer, matter, category)
    changes: dict[str, Any] = {
        "category": category.code,
        "kind": category.kind,
        "tier": owner.tier,
        "respond_by": due.respond_by,
        "resolve_by": due.resolve_by,
        "approximate": due.approximate,
        "endangered": matter.endangered or category_of(category.code).kind == GUARDED,
        **_sealed(matter, category),
    }
    said = _said(matter.category, category, *remarks, owner.remark)
    advance(viewer, matter, transition, remark=said, to_post=owner.post, **changes)
    seal_merged(viewer, matter)
    end_visits(matter)
    take_back(viewer, matter)
    tell_owner("matter.assigned", matter)
    return matter


def _owner(viewer: Viewer, matter: Matter, category: Category) -> Owner:
    """Return who has it in a category: what the independent post has stays there, until it passes it on.

    Raises
    ------
    PermissionDenied
        It is confidential, and ``viewer``, who may not open it, would have it by that.
    """
    if is_independent(matter):
        return Owner(matter.owner_id, matter.owner.name, matter.tier)
    owner = assigned(profile(), Question.about(matter, category))
    if matter.confidential and owner.post in own_posts(viewer) and not may_open(viewer, matter):
        raise PermissionDenied("nobody gets to read a matter by sorting it")
    return owner


def _held_to(matter: Matter, category: Category) -> Category:
    """Return a category as it holds for a matter: what is sealed stays so, what is guarded until released.

    Only what it truly is ends the guarded life: a complaint, which has a life of its own. A complaint that is
    sorted into anything else begins it: whether it is one, somebody says who has read it, and the reporter
    reads why.
    """
    guards = matter.kind == GUARDED or matter.sealed > 0
    if category.kind == GUARDED or (guards and category.kind != COMPLAINT):
        at_police = category.mandatory or matter.tier == AT_ONCE
        return guarded(category, seal=matter.sealed, at_police=at_police)
    return as_guarded(category, sealed=matter.sealed)


def _due(viewer: Viewer, matter: Matter, category: Category) -> Dates:
    """Return the dates by a new category, which shortens them: longer ones are for the level above to give.

    What is late stays late, whoever sorts it: its date is not moved once it has passed.
    """
    due, now = redated(matter, category), clock.now()
    if not workflow_of(matter.kind).timed:
        return due
    longer = _stands_above(viewer, matter)
    respond, resolve = matter.respond_by, matter.resolve_by
    if due.respond_by < respond or (longer and respond > now):
        respond = due.respond_by
    if due.resolve_by < resolve or (longer and resolve > now):
        return Dates(respond, due.resolve_by, due.approximate)
    return Dates(respond, resolve, matter.approximate)


def _stands_above(viewer: Viewer, matter: Matter) -> bool:
    """Say whether somebody dispatches on a level above the tier that has the matter."""
    scope = None if viewer.system else dispatching(viewer, matter)
    return scope is not None and RANK.get(scope.level, 0) > TIER_RANK[matter.tier]


def keep_as_it_was(matter: Matter) -> None:
    """Note what a matter is before trained staff look at it: there it goes back to."""
    names = ("category", "kind", "state", "tier", "owner_id", "sealed", "confidential")
    Look.objects.filter(matter=matter, ended_at=None).update(ended_at=clock.now())
    Look.objects.create(matter=matter, since=clock.now(), **{name: getattr(matter, name) for name in names})


def sub_category(code: str) -> Category:
    for leaf in profile().leaf_categories:
        if leaf.code == code:
            return leaf
    raise ValidationError({"category": _("There is no category “%(code)s”.") % {"code": code[:20]}})


def _sealed(matter: Matter, category: Category) -> dict[str, Any]:
    """Return what changes when a matter must be hidden from more people than before."""
    sealed = max(matter.sealed, category.seal)
    if matter.confidential or not (category.confidential or sealed):
        return {"sealed": sealed}
    handle = matter.words_handle or seal("matter.words", matter.words)
    return {"sealed": sealed, "confidential": True, "words": "", "words_handle": handle}


def _why_mediated(viewer: Viewer, matter: Matter, category: Category, reason: str) -> str:
    """Return why a matter leaves what must never be mediated (P4); empty where it does not."""
    if matter.kind == GUARDED or category.never_mediate or not category_of_matter(matter).never_mediate:
        return ""
    if "dispatcher" not in working_as(viewer, matter):
        said = _("Only whoever dispatches takes a matter out of this category. Please ask the street.")
        raise ValidationError({"category": said})
    return filled("reason", reason, NOTE_LIMIT)


def _refuse_without_reporter(matter: Matter, category: Category) -> None:
    """Refuse wishes and praise where nobody wished or praised: what was found would end unlooked at (R39)."""
    if matter.source in UNASKED and category.kind in (WISH, PRAISE):
        raise ValidationError({"category": _("Nobody wished for it or praised: it was found at work.")})


def refuse_mediated(matter: Matter, category: Category) -> None:
    """Refuse a category that is mediated for what was danger to persons, or a complaint, whoever released it.

    Mediation would bring its reporter before whom they fear, or before those beside whom it is about.
    """
    if category.kind != DISPUTE and category.mediation != "first":
        return
    if matter.endangered:
        raise ValidationError({"category": _("Danger to somebody was reported: it is never mediated.")})
    if Look.objects.filter(matter=matter, kind=COMPLAINT).exists():
        raise ValidationError({"category": _("It was a complaint about staff: it is never mediated.")})


def take_all_back(viewer: Viewer, matter: Matter) -> None:
    """Take back what was given behind a seal, before it is lifted: who has it then reads none of it."""
    with override(profile().language):
        said = _("No longer needed: it is handled in another way.")
    withdraw_open(viewer, matter, said)
    cancel_unfit(viewer, matter, said, every=True)


def take_back(viewer: Viewer, matter: Matter) -> None:
    """Take back what was given to posts that may know of the matter no more; they do not read why."""
    with override(profile().language):
        said = _("No longer needed: it is handled in another way.")
    withdraw_unfit(viewer, matter, said)
    cancel_unfit(viewer, matter, said)
    if matter.sealed:
        drop_naming(matter)


def _said(was: str, category: Category, *remarks: str) -> str:
    return "\n".join(part for part in (f"{was} → {category.code}", *remarks) if part)
