"""One step of a matter: the row locked, the table asked, the history and the journal written."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.language.masking import masked, withheld
from shige.language.persons import person_in
from shige.profile import Transition
from shige.trust.commands import enqueue, record, seal
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language

from ... import clock
from ...codes import code_digest
from ...facts import MatterChanged
from ...merged import parts_of
from ...models import Matter, Step
from ..actors import dispatching, lineage_of_matter, may_act, own_posts, seen_by
from ..own_words import Resident, speaker
from ..relayed import is_known_to_concerned
from ..schedule import settle
from ..workflows import check
from .notices import tell_posts

NOTE_LIMIT = 2000

SETTLED = (
    "open", "running", "next_at", "counted_from", "remind_at", "stopped_at", "respond_by", "resolve_by",
    "approximate", "stood", "extension_asked_of",
)  # fmt: skip
"""What follows from the state and the dates of a matter."""

Instead = Callable[[], object]

_judges: list[Callable[[Matter, int], Instead | None]] = []


def bring_judge(judge: Callable[[Matter, int], Instead | None]) -> None:
    """Ask ``judge`` whenever a matter would get another owner; what it returns is done instead of that."""
    _judges.append(judge)


def lock_matter(viewer: Viewer, number: str) -> Matter:
    """Return a matter that ``viewer`` may see, its row locked until the transaction ends.

    Raises
    ------
    PermissionDenied
        There is none, or none that may be seen: the answer does not tell which (P3).
    """
    matter = Matter.objects.select_for_update(of=("self",)).filter(seen_by(viewer), number=number).first()
    if matter is None:
        raise PermissionDenied("no such matter here")
    return matter


def lock_by_code(code: str) -> Matter:
    """Return the matter of a tracking code, its row locked; PermissionDenied where it takes no words."""
    matter = Matter.objects.select_for_update().filter(tracking_digest=code_digest(code)).first()
    if matter is None or is_known_to_concerned(matter):
        raise PermissionDenied("unknown code")
    return matter


def authorise(viewer: Viewer, number: str, action: str) -> tuple[Matter, Transition]:
    """Lock a matter and make sure that ``viewer`` may take ``action`` on it now."""
    matter = lock_matter(viewer, number)
    transition = check(action, matter)
    if not may_act(viewer, matter, transition):
        raise PermissionDenied(f"{action} is for {', '.join(sorted(transition.who))}")
    return matter, transition


def advance(
    viewer: Viewer,
    matter: Matter,
    transition: Transition,
    note: str = "",
    *,
    remark: str = "",
    to_post: int | None = None,
    hidden: bool = False,
    speaking: Resident | None = None,
    **changes: Any,
) -> Matter:
    """Carry a transition out on a locked matter: new state and ``changes``, a step, a journal entry.

    ``to_post`` gets it, unless a judge has something to say against that post (``bring_judge``).
    ``speaking`` is the resident whose words they are, where it is not this matter's reporter. A reporter's
    own words are sealed where the matter is confidential, or with ``hidden``; where numbers in them are
    hidden, or rooms, or who they are, the original is.

    Raises
    ------
    ValidationError
        The table asks for words and there are none, or too many.
    """
    typed, said = trimmed(note), said_with(transition, note)
    if transition.result and said:
        refuse_persons_before_neighbours(matter, said)
    before, seal_before = matter.state, matter.sealed
    matter.state = transition.after or matter.state
    matter.version += 1
    for column, value in changes.items():
        setattr(matter, column, value)
    instead = _judged(matter, to_post)
    if instead is not None:
        to_post = None
    if to_post is not None:
        matter.owner_id = changes["owner_id"] = to_post
    settle(matter)
    matter.save(update_fields=["state", "version", *SETTLED, *changes])
    by_reporter = "reporter" in transition.who and bool(said)
    said = withheld(said) if by_reporter else said
    own_words = by_reporter and (matter.confidential or hidden)
    unsealed = "" if own_words else said
    resident = (speaking or matter) if by_reporter and viewer.person is None else None
    original = "matter.words" if own_words else "matter.original" if by_reporter and typed != said else ""
    Step.objects.create(
        matter=matter,
        at=clock.now(),
        action=transition.action,
        before=before,
        after=matter.state,
        person_id=viewer.person,
        post_id=acting_post(viewer, matter),
        to_post_id=to_post,
        sealed=max(seal_before, matter.sealed),
        note=unsealed if transition.told else "",
        words_handle=seal(original, typed) if original else None,
        remark="\n".join(part for part in (remark, "" if transition.told or resident else unsealed) if part),
        said_by=speaker(resident) if resident else "",
        said="" if transition.told or not resident else unsealed,
    )
    journal(viewer, f"matter.{transition.action}", matter)
    if instead is not None:
        instead()
    return matter


def _judged(matter: Matter, post: int | None) -> Instead | None:
    """Return what is done instead of giving a matter to another post; nothing where it may have it."""
    if post is None or post == matter.owner_id:
        return None
    return next((instead for judge in _judges if (instead := judge(matter, post))), None)


def taken_up(matter: Matter) -> dict[str, Any]:
    """Return what a matter loses when it is taken up again."""
    counted: dict[str, Any] = {"reopened": matter.reopened + 1}
    return counted | dict.fromkeys(("solved_at", "confirm_by", "closed_at", "rating"))


def said_with(transition: Transition, note: str) -> str:
    """Return what is said with an action, numbers masked; refuse silence where words are due."""
    said = masked(trimmed(note))
    if transition.note is not None and not said:
        raise ValidationError(
            {"note": _("Please fill in: %(label)s.") % {"label": transition.note.in_language(language())}}
        )
    if len(said) > NOTE_LIMIT:
        raise ValidationError({"note": _("At most %(count)d characters.") % {"count": NOTE_LIMIT}})
    return said


def refuse_persons_before_neighbours(matter: Matter, said: str) -> None:
    """Refuse a result that points to a person where others than its reporter read it (P8).

    Raises
    ------
    ValidationError
        Somebody has joined the matter or reported the same, and the words point to a person.
    """
    found = person_in(said)
    if found and (matter.joinings.exists() or matter.merged.exists()):
        what = _(
            "“%(part)s” points to a person. Neighbours who follow this matter read the result: leave it out."
        )
        raise ValidationError({"note": what % {"part": found}})


def acting_post(viewer: Viewer, matter: Matter) -> int | None:
    """Return the post in whose name ``viewer`` acts: the owner's, else the one that dispatches."""
    if matter.owner_id in own_posts(viewer):
        return matter.owner_id
    scope = dispatching(viewer, matter)
    return scope.post if scope else None


def changed(viewer: Viewer, verb: str, *matters: Matter) -> None:
    """Count and journal a change of locked matters that moves none of them."""
    for matter in matters:
        matter.version += 1
        matter.save(update_fields=["version"])
        journal(viewer, verb, matter)


def journal(viewer: Viewer, verb: str, matter: Matter) -> None:
    """Write what figures need to know of the matter as it is now; no words, no persons."""
    record(
        viewer, verb, "matter", matter.pk, matter.version, lineage_of_matter(matter), MatterChanged.of(matter)
    )


def tell_owner(kind: str, matter: Matter) -> None:
    """Send a message to everybody who holds the owner's post today."""
    tell_posts(kind, "matter", matter.number, matter, [matter.owner_id])


def tell_reporter(kind: str, matter: Matter, **said: object) -> None:
    """Send a message to the reporter's telephone, if one was left and may be written to."""
    if matter.phone_handle is not None and may_be_texted(matter):
        enqueue(kind, "matter", matter.number, receiver_handle=matter.phone_handle, facts=said)
    tell_others(kind, matter)


def may_be_texted(matter: Matter) -> bool:
    """Say whether a message about a matter may go to a telephone by itself.

    Whoever holds the telephone may share it with the person whom somebody fears (P4): then people call, as
    the reporter asked them to.
    """
    return not matter.endangered


TOLD_TO_OTHERS: Final = frozenset({"matter.solved", "matter.extended", "matter.led", "matter.merged"})


def tell_others(kind: str, matter: Matter) -> None:
    """Tell whoever joined a matter, or reported one that was merged into it, that there is news.

    The latter say whether it is solved, as its own reporter does.
    """
    if kind not in TOLD_TO_OTHERS:
        return
    if matter.sealed:
        return  # those who follow it know nothing more of it (P3)
    joined = matter.joinings.exclude(phone_handle=None).values_list("phone_handle", flat=True)
    for handle in joined:
        enqueue("matter.news", "matter", matter.number, receiver_handle=handle)
    for part in parts_of(matter):
        if part.phone_handle is not None and may_be_texted(part):
            # Its reporter is asked as well, under the number that they know (R25).
            said = (kind, part.number) if kind == "matter.solved" else ("matter.news", matter.number)
            enqueue(said[0], "matter", said[1], receiver_handle=part.phone_handle)
