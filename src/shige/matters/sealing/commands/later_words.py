"""What is said of a matter later may speak of danger or of staff: it is sealed, not mediated (P3, P4).

Mostly it is set apart as a matter of its own (``apart``). Only a dispute goes with it as a whole where
somebody may be harmed: its mediation ends.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.language.blank import trimmed
from shige.profile import Transition
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.permissions import STREET, highest_role, roles_of
from shige.trust.queries import posts_in_office

from ...categories import category_of, hazard_in
from ...danger import Answers, Verdict, decide, seal_for
from ...danger.above import keep_from
from ...danger.detectors import Heard
from ...danger.guarded import trained_role
from ...danger.said import Said, listen
from ...handling.commands.category import sort
from ...models import Matter
from ...workflow.actors import lineage_of_matter
from ...workflow.commands.notices import tell_posts
from ...workflow.commands.remarks import note_beside, note_of_thing
from ...workflow.commands.steps import advance, changed, said_with, tell_owner
from ...workflow.own_words import Resident
from ...workflow.workflows import DISPUTE, possible, workflow_of
from ..plain_words import plain_words
from .apart import Apart, file_apart, goes_apart, is_kept
from .guard import guard


def take_in(
    viewer: Viewer,
    matter: Matter,
    transition: Transition,
    words: str,
    message: str = "",
    *,
    no_emergency: bool = False,
    remark: str = "",
    speaking: Matter | None = None,
    form: str = "",
    **changes: Any,
) -> Matter:
    """Carry a transition out by which a reporter says something; ``message`` tells the owner of it.

    ``speaking`` is what the reporter filed, where that was merged into this matter; ``form`` is the key of
    the form in which it was said. What must be set apart is no part of this matter: the action is taken with
    plain words in its place, or not at all where nothing is lost by that.

    Words that speak of an emergency, or of staff, are sealed and heeded; that their writer said that there is
    none does not open them before somebody has looked. Whoever writes nothing says the plain words of that
    answer: they are the program's own, and nobody listens to them.
    """
    said = listen(words, lineage_of_matter(matter))
    heard, named = said.heard, said.named
    if not trimmed(words):
        words = plain_words(transition.action)
    if goes_apart(matter, heard, words, waived=no_emergency):
        said_with(transition, words)
        set_apart(viewer, matter, speaking or matter, words, heard, waived=no_emergency, form=form)
        words, heard, named = plain_words(transition.action), Heard(), frozenset()
        if not words:
            return matter
    remark = "\n".join(part for part in (remark, remark_on(heard, waived=no_emergency)) if part)
    hidden = bool(heard.emergencies or heard.staff)
    advance(viewer, matter, transition, words, remark=remark, hidden=hidden, speaking=speaking, **changes)
    matter = heed(matter, heard, waived=no_emergency)
    if matter.sealed:
        keep_from(matter, named)
    if message:
        tell_owner(message, matter)
    return matter


def say_in(
    viewer: Viewer,
    matter: Matter,
    speaking: Resident,
    action: str,
    words: str,
    *,
    waived: bool = False,
    form: str = "",
    events: tuple[str, str],
) -> Said | None:
    """Let somebody beside the reporter say something of a locked matter; None where it was set apart.

    It moves nothing, unless it speaks of danger or of staff. ``events`` are what the journal and what the
    owner is told; ``form`` is as in ``take_in``.
    """
    said = listen(words, lineage_of_matter(matter))
    if goes_apart(matter, said.heard, words, waived=waived):
        set_apart(viewer, matter, speaking, words, said.heard, waived=waived, form=form)
        return None
    note_beside(matter, action, said, speaking=speaking, remark=remark_on(said.heard, waived=waived))
    changed(viewer, events[0], matter)
    matter = heed(matter, said.heard, waived=waived)
    if matter.sealed:
        keep_from(matter, said.named)
    tell_owner(events[1], matter)
    return said


def told_by_telephone(viewer: Viewer, matter: Matter, note: str) -> str:
    """Return what a visitor may note in a locked matter of what its reporter told them.

    What must be set apart is filed as the reporter's own, and plain words stand in its place.
    """
    said = listen(note, lineage_of_matter(matter))
    if not is_kept(matter, said.heard, note):
        return note
    set_apart(viewer, matter, matter, note, said.heard, waived=False, form="")
    return plain_words("told")


def is_said_in(viewer: Viewer, matter: Matter, action: str, words: str) -> bool:
    """Let a device or an inspection say something of a locked matter; say whether it belongs there.

    What speaks of danger to persons, or of staff, is no part of a matter that others read, nor is anything
    else a part of one that is sealed: the caller files it as one of its own (P3, P4).
    """
    said = listen(words, lineage_of_matter(matter))
    guarded = decide(said.heard.alarm, Answers()).guarded or bool(said.heard.staff)
    if goes_apart(matter, said.heard, words, waived=False) or (matter.sealed and not guarded):
        return False
    matter = heed(matter, said.heard)
    note_of_thing(viewer, matter, action, said)
    if matter.sealed:
        keep_from(matter, said.named)
    return True


def set_apart(
    viewer: Viewer,
    matter: Matter,
    own: Resident,
    words: str,
    heard: Heard,
    *,
    waived: bool,
    form: str,
) -> None:
    """File later words as a matter of their own, and call for it whom danger calls for."""
    filed = file_apart(viewer, Apart(matter, own, words, heard, waived), form)
    heed(filed, heard, waived=waived)


def remark_on(heard: Heard, *, waived: bool) -> str:
    """Return what the history tells the office of an alarm; empty where there was none.

    Of words about staff nothing is told here: those whom they are about read the history up to then (P3).
    """
    if not heard.emergencies:
        return ""
    with override(profile().language):
        if waived:
            return said_none()
        return _("The words speak of an emergency; the street was told.")


def said_none() -> str:
    """Return, in the language in force, that the writer of alarming words said that there is no emergency."""
    return _("The words speak of an emergency; whoever reported it said that there is none.")


def heed(matter: Matter, heard: Heard, *, waived: bool = False) -> Matter:
    """Act on later words: danger to persons and what is about staff is sealed, of a hazard the street hears.

    Of danger to persons only its trained post does (P4). What is set apart (``goes_apart``) is not said in
    the matter and never comes here.

    A dispute with a hazard in it goes at once to the hazard's own category.
    """
    answers = Answers(no_emergency=waived)
    verdict, seal = decide(heard.alarm, answers), seal_for(heard.staff, "")
    if heard.emergencies and not waived:
        roles = {trained_role()} if verdict.guarded or seal else roles_of(STREET)
        here = Q(area=matter.street_id, role__in=roles)
        if matter.street_id is None:
            here = Q(area=matter.district_id, role=highest_role())
        posts = posts_in_office().filter(here)
        tell_posts("matter.danger", "matter", matter.number, matter, posts.values_list("pk", flat=True))
    if verdict.guarded or seal:
        return _guarded(matter, heard, verdict, seal)
    hazard = hazard_in(heard.emergencies) if verdict is Verdict.HAZARD else None
    if hazard and matter.kind == DISPUTE and possible(workflow_of(DISPUTE).transition("sort"), matter):
        return sort(SYSTEM, matter.number, hazard.code)
    return matter


def _guarded(matter: Matter, heard: Heard, verdict: Verdict, seal: int) -> Matter:
    rules = profile()
    category = category_of(matter.category)
    by_law = False
    if verdict is Verdict.PERSONS and heard.harm is not None:
        category = rules.category(heard.harm.category)
        by_law = any(rules.category(each.category).mandatory for each in heard.emergencies)
    if verdict.guarded and not matter.endangered:
        matter.endangered = True
        matter.save(update_fields=["endangered"])
    with override(rules.language):
        why = _("What was said later may be danger to persons or about staff: trained staff look first.")
    return guard(matter, category, seal=seal, at_police=by_law, why=why)
