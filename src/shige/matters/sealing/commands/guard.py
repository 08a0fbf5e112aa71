"""Seal a matter for trained staff to look at, and release what was a false alarm (P3, P4)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.language.masking import withheld
from shige.profile import GUARDED, Category
from shige.trust.commands import unseal
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.handles import was_read_by
from shige.trust.jurisdiction import profile
from shige.trust.makers import are_independent
from shige.trust.models.people import start_of
from shige.trust.permissions import highest_role
from shige.trust.queries import posts_in_office

from ... import clock
from ...assignment.choice import Question, assigned, fits, hearing
from ...categories import category_of, guarded
from ...danger.guarded import trained_role
from ...handling.commands.category import (
    keep_as_it_was,
    put_into,
    refuse_mediated,
    sub_category,
    take_all_back,
)
from ...models import Look, Matter
from ...workflow.actors import lineage_of_matter, sealed_of
from ...workflow.commands.notices import tell_posts
from ...workflow.commands.steps import advance, authorise, changed, tell_owner
from ...workflow.deadlines import dates
from ...workflow.schedule import redated
from ...workflow.workflows import COMPLAINT, workflow_of
from ..second_look import has_confirmer, may_look_again

RESTORED = ("new", "in_hand", "waiting")
"""States to which a false alarm goes back; from any other it begins anew."""


def guard(matter: Matter, category: Category, *, seal: int, at_police: bool, why: str) -> Matter:
    """Seal a locked open matter and give it to trained staff; whoever had it has it no more.

    Nothing is done to one that is guarded as well already, or is a complaint sealed as high.
    """
    sealed = max(seal, matter.sealed, 1)
    guarded_already = matter.kind == GUARDED or (matter.kind == "complaint" and matter.sealed >= sealed)
    if not matter.open or (guarded_already and matter.sealed >= sealed):
        return matter
    if matter.kind not in (GUARDED, COMPLAINT):  # a complaint is kept by ``put_into``
        keep_as_it_was(matter)
    transition = workflow_of(GUARDED).transition("guard")
    held = guarded(category, seal=sealed, at_police=at_police)
    return put_into(SYSTEM, matter, transition, held, why)


@transaction.atomic
def ask_release(viewer: Viewer, number: str, reason: str) -> Matter:
    """Ask somebody else to confirm that nobody is in danger: a trained person, or the level above (P4).

    Until they release it nothing changes. Errors as with ``release``.
    """
    matter, transition = authorise(viewer, number, "ask_release")
    _require_read(viewer, matter)
    advance(viewer, matter, transition, reason)
    areas = [area for area in (matter.street_id, matter.district_id) if area is not None]
    posts = posts_in_office().filter(role__in=[trained_role(), highest_role()], area__in=areas)
    tell_posts("matter.assigned", "matter", number, matter, posts.values_list("pk", flat=True))
    return matter


@transaction.atomic
def keep_sealed(viewer: Viewer, number: str, reason: str) -> Matter:
    """Refuse a release that was asked for, or take back that one asked for it."""
    matter, transition = authorise(viewer, number, "keep_sealed")
    return advance(viewer, matter, transition, reason)


@transaction.atomic
def release(viewer: Viewer, number: str, reason: str, category: str = "") -> Matter:
    """Release a false alarm: category, route and sight as if it had been filed, or gone on, without it.

    ``category`` is what it is about, where what it is filed under now is danger itself. Words that need no
    seal are readable again. Where danger to persons was heard or answered somebody else has asked for it
    (``ask_release``), and words and contact stay closed to all but the trained posts: the grid reads the
    category, the place and what the office writes. The reporter reads that the office has judged, not why.
    Where nobody else in office could confirm it, a trained person who asked does so alone, on a later day on
    which they have read the words again; history and journal say so.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not dispatch above the chain that it is kept from.
    ValidationError
        ``viewer`` has not read the words, or asked for it, or no reason is given, or the category is still
        one of danger, or is mediated.
    """
    matter, transition = authorise(viewer, number, "release")
    alone = _is_alone(viewer, matter)
    _require_read(viewer, matter, start_of(localdate(clock.now())) if alone else None)
    before = Look.objects.filter(matter=matter, ended_at=None).first()
    plain = _plain_category(matter, before, category)
    sealed = max(_seal_before(before, plain), plain.seal)
    was = before is not None and before.confidential
    confidential = matter.endangered or plain.confidential or sealed > 0 or was
    changes: dict[str, Any] = {
        "category": plain.code, "kind": plain.kind, "sealed": sealed, "confidential": confidential,
        "responded_at": None, **_due(matter, plain),
    }  # fmt: skip
    if not confidential:
        changes |= _readable(viewer, matter)
    owner, tier, remark = _owner(matter, plain, before, sealed)
    take_all_back(viewer, matter)
    if alone:
        with override(profile().language):
            said = _("Nobody else who could confirm it was in office: released by one alone, on a later day.")
        remark = "\n".join(part for part in (said, remark) if part)
    advance(viewer, matter, transition, reason, remark=remark, to_post=owner, tier=tier, **changes)
    _as_it_was(matter, before)
    if alone:
        changed(viewer, "matter.released_alone", matter)
    tell_owner("matter.assigned", matter)
    return matter


def _is_alone(viewer: Viewer, matter: Matter) -> bool:
    """Say whether one alone releases danger to persons, as nobody else could confirm it (P4).

    Raises
    ------
    ValidationError
        ``viewer`` asked for the release, or is of one making with who did, and may not confirm it alone.
    """
    if viewer.person is None or not matter.endangered:
        return False
    asked = matter.steps.filter(action="ask_release").exclude(person=None).order_by("pk").last()
    by = asked.person_id if asked else None
    if asked is None or by is None or (by != viewer.person and are_independent(viewer.person, by)):
        return False
    if by != viewer.person or has_confirmer(matter, by):
        raise ValidationError(_("You asked for it: another person confirms that nobody is in danger."))
    if may_look_again(viewer, matter, asked.at):
        return True
    said = _(
        "Nobody else who could confirm it is in office here. A trained person who asked for it may release "
        "it alone from the day after, once they have read the words again."
    )
    raise ValidationError(said)


def _require_read(viewer: Viewer, matter: Matter, since: datetime | None = None) -> None:
    """Refuse whoever has not opened the words, since a moment: the reporter is told that somebody looked."""
    if viewer.system or matter.words_handle is None:
        return
    if not was_read_by(viewer, matter.words_handle, since):
        said = _("Please open and read the words first: only then can you say that nobody is in danger.")
        raise ValidationError(said)


def _plain_category(matter: Matter, before: Look | None, code: str) -> Category:
    """Return the category that it has after its release, which is never one of danger to persons."""
    found = sub_category(code) if code else category_of(before.category if before else matter.category)
    if found.kind == GUARDED:
        raise ValidationError({"category": _("Please choose what it is about, now that it is no danger.")})
    refuse_mediated(matter, found)
    return found


def _seal_before(before: Look | None, plain: Category) -> int:
    """Return the seal that it goes back to; whoever releases a complaint as no complaint lifts its seal."""
    if before is None or (before.kind == COMPLAINT and plain.kind != COMPLAINT):
        return 0
    return before.sealed


def _due(matter: Matter, category: Category) -> dict[str, Any]:
    """Return its dates: to be answered within the category's time from now, solved as if never sealed."""
    promised, anew = redated(matter, category), dates(profile(), category, clock.now())
    resolve = max(promised.resolve_by, anew.respond_by)
    return {"respond_by": anew.respond_by, "resolve_by": resolve, "approximate": promised.approximate}


def _readable(viewer: Viewer, matter: Matter) -> dict[str, Any]:
    """Take the words of a matter out of the vault, first and later ones."""
    lineage = lineage_of_matter(matter)
    for step in matter.steps.exclude(words_handle=None):
        if step.words_handle is not None:
            step.note, step.words_handle = withheld(unseal(viewer, step.words_handle, lineage)), None
            step.save(update_fields=["note", "words_handle"])
    words = withheld(unseal(viewer, matter.words_handle, lineage)) if matter.words_handle else matter.words
    return {"words": words, "words_handle": None}


def _owner(matter: Matter, category: Category, before: Look | None, seal: int) -> tuple[int, str, str]:
    """Return who has it after its release: who had it before, if still in office, else as the place tells.

    Whoever had it for its seal has it no longer than that: beside an open matter, the name of the post that
    answers complaints would tell whom it was about.
    """
    unsealed = before is not None and before.sealed > seal
    held = hearing(before.owner_id, sealed_of(matter, seal)) if before and not unsealed else ()
    if before and held and fits(profile(), before.owner, category):
        return before.owner_id, before.tier, ""
    owner = assigned(profile(), Question.about(matter, category))
    return owner.post, owner.tier, owner.remark


def _as_it_was(matter: Matter, before: Look | None) -> None:
    """Let one that was in somebody's hands go on where it stood; the history keeps the way."""
    if before is None:
        return
    before.ended_at = clock.now()
    before.save(update_fields=["ended_at"])
    known = before.state in RESTORED and workflow_of(matter.kind).knows(before.state)
    if known and before.owner_id == matter.owner_id:
        matter.state = before.state
        matter.save(update_fields=["state"])
