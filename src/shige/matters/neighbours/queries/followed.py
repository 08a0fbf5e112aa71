"""A matter as somebody follows it: its own reporter, whoever joined it, whose own was merged into it.

Whoever joined reads states, dates and the result, since they joined; what the office or the reporter said to
each other stays between them. Whose matter was merged reads the office's notes too, since the merging. When
a joined matter is sorted into a category that is not for neighbours, they see no more of it (P3); nor does
whose matter was merged, once the other one is about staff or must never be mediated (P3, P4).

Whose matter was merged stays its reporter, and says of the result whether it is solved (R25).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shige.language.persons import person_in
from shige.profile import Category
from shige.trust.handles import still_kept

from ...categories import category_name, category_of, category_of_matter
from ...codes import code_digest, digest
from ...merged import end_of
from ...models import Matter, Step
from ...models.follower import Follower
from ...report import FILED
from ...tracking.queries import Own, Progress, Tracked, as_reported, filed_on, open_answers, result_in
from ...wishes.queries.claims import claims_on
from ...workflow.proof import proof_of
from ...workflow.relayed import is_known_to_concerned
from ...workflow.workflows import may_reopen, shown_label, state_label, workflow_of
from .known import may_be_shown, place_words

SAY: Final = "say"
"""What whoever follows may do: tell the owner something."""

REPORTERS: Final = frozenset({"confirm", "rate", "not_solved", "reopen"})
"""What each reporter says of the result, also one whose own matter was merged into it."""

OWNER: Final = ("owner", "owner__area__community", "owner__area__street")
"""What tells the office in charge."""


@dataclass(frozen=True, slots=True)
class Following:
    """The matter that is followed now, and by what: a joining, or an own one that was merged into it."""

    matter: Matter
    joining: Follower | None
    own: Matter | None

    @property
    def since(self) -> datetime:
        """Since when it is followed."""
        if self.joining is not None:
            return self.joining.joined_at
        ended = self.own.closed_at if self.own else None
        return ended or self.matter.reported_at


def tracked(code: str, device_key: str = "") -> Tracked | None:
    """Return the matter of a code, reported or joined; nothing for an unknown one."""
    loaded = Matter.objects.select_related("leaf", *OWNER)
    found = loaded.filter(tracking_digest=code_digest(code)).first()
    if found is not None and is_known_to_concerned(found):
        return replace(_emptied(as_reported(found, ""), found.reported_at), steps=(), hidden=True)
    if found is not None and found.merged_into_id is None:
        return as_reported(found, device_key)
    ahead = _ahead_of(found) if found is not None else _joined(code)
    if ahead is None:
        return None
    if found is None:
        return _as_joined(ahead, device_key)
    own = as_reported(found, device_key)
    return _as_merged(ahead, found, own) if not is_hidden(ahead) else own


def following(code: str) -> Following | None:
    """Return what is followed by a code that is not the reporter's own of an unmerged matter."""
    own = Matter.objects.filter(tracking_digest=code_digest(code), merged_into__isnull=False).first()
    return _ahead_of(own) if own is not None else _joined(code)


def is_hidden(found: Following) -> bool:
    """Say whether the matter has become one that whoever follows may know nothing more of (P3)."""
    matter = found.matter
    if found.own is not None:
        now, own = _guards(category_of_matter(matter)), _guards(category_of(found.own.category))
        return any(later > before for later, before in zip(now, own, strict=True))
    return matter.confidential or not may_be_shown(matter.category)


def _guards(category: Category) -> tuple[int, bool, bool]:
    return category.seal, category.never_mediate, category.never_mediate and category.confidential


def goes_on(found: Following) -> bool:
    """Say whether whoever follows can still tell the owner something."""
    return not is_hidden(found) and (found.matter.open or may_reopen(found.matter))


def all_on(codes: Iterable[str]) -> list[Own]:
    """Return what a device has saved the codes of: reported, joined, claimed; at most three statements."""
    held = list(codes)
    own = filed_on(held)
    known = {one.code for one in own}
    rest = {code_digest(code): code for code in held if code not in known}
    if not rest:
        return own
    joined = Follower.objects.filter(tracking_digest__in=list(rest)).select_related("matter").order_by("-pk")
    lines = [_line(rest[bytes(one.tracking_digest)], one) for one in joined]
    return own + lines + (claims_on(rest) if len(lines) < len(rest) else [])


def _line(code: str, joining: Follower) -> Own:
    matter = joining.matter
    if is_hidden(Following(matter, joining, None)):
        closed = pgettext("state", "No longer to be followed")
        return Own(code, _("A matter that you joined"), "", closed, joining.joined_at, joining.joined_at)
    said = state_label(matter.kind, matter.state)
    return Own(code, category_name(matter.category), matter.state, said, joining.joined_at, matter.resolve_by)


def _joined(code: str) -> Following | None:
    joining = Follower.objects.filter(tracking_digest=code_digest(code)).first()
    return Following(_end_of(joining.matter_id), joining, None) if joining else None


def _ahead_of(own: Matter) -> Following:
    return Following(_end_of(own.merged_into_id or own.pk), None, own)


def _end_of(pk: int) -> Matter:
    return end_of(pk, Matter.objects.select_related("leaf", *OWNER, "building", "street"))


def _as_joined(found: Following, device_key: str) -> Tracked:
    seen = as_reported(found.matter, "")
    began = Progress("join", pgettext("step", "You joined it"), found.since, "")
    steps = _since(found)
    shared = {"joined": True, "number": "", **_own_of(found.joining, device_key)}
    if is_hidden(found):
        return replace(_emptied(seen, found.since), steps=(began,), hidden=True, **shared)  # type: ignore[arg-type]
    return replace(
        seen,
        place=place_words(found.matter),
        answers=_answers(found),
        rating=None,
        question="",
        meaning=_meaning(found, seen),
        result=result_in(found.matter, steps),
        steps=(began, *steps),
        **shared,  # type: ignore[arg-type]
    )


def _own_of(joining: Follower | None, device_key: str) -> dict[str, object]:
    """Return what is the own of whoever joined; the words on the device that joined only."""
    if joining is None:
        return {}
    same = bool(device_key) and compare_digest(bytes(joining.device_digest or b""), digest(device_key))
    own: dict[str, object] = {"phone_left": bool(still_kept([joining.phone_handle])), "same_device": same}
    return own | {"words": joining.words if same else ""}


def _as_merged(found: Following, filed: Matter, own: Tracked) -> Tracked:
    seen, steps = as_reported(found.matter, ""), _since(found)
    return replace(
        seen,
        number=own.number,
        proof=proof_of(filed, found.matter),
        place=own.place,
        same_device=own.same_device,
        words=own.words,
        photos=own.photos,
        reported_at=own.reported_at,
        answers=_answers(found),
        rating=None,
        question="",
        meaning=_meaning(found, seen),
        result=result_in(found.matter, steps),
        steps=(*own.steps, *steps),
        merged=True,
    )


def _emptied(seen: Tracked, since: datetime) -> Tracked:
    """Return a page that tells nothing of the matter behind it, not even its dates."""
    texts = dict.fromkeys(
        (
            "category", "state", "state_label", "meaning", "grid", "grid_code", "post", "office",
            "office_telephone", "phase",
        ),
        "",
    )  # fmt: skip
    moments = dict.fromkeys(("reported_at", "respond_by", "resolve_by"), since)
    ends = dict.fromkeys(("responded_at", "solved_at", "confirm_by", "stopped_at", "rating"))
    unsaid = ("approximate", "extended", "sealed", "police", "in_danger", "doubted", "room_left", "may_text")
    signs = dict.fromkeys(unsaid, False)
    bare: dict[str, object] = {**texts, **moments, **ends, **signs, "look_by": None, "proof": ""}
    bare |= {"answers": {}, "names": {}, "question": "", "result": (), "ahead": ()}
    return replace(seen, **bare)  # type: ignore[arg-type]


def _meaning(found: Following, seen: Tracked) -> str:
    """Say what a state means to somebody who did not report the matter: the table speaks to who did."""
    if seen.phase == "waiting":
        return _("The office has asked whoever reported it and waits for the answer.")
    if seen.phase == "asked" and found.own is not None:
        return seen.meaning
    if seen.phase == "asked":
        return _(
            "Whoever reported it first decides whether it is solved; you are not asked. If you see it "
            "otherwise, tell the office below, or report your own matter."
        )
    if seen.phase != "done":
        return seen.meaning
    if goes_on(found):
        return _("It has ended. If it is still there, tell the office below, or report your own matter.")
    return _("It has ended. If it is still there, please report your own matter.")


def _answers(found: Following) -> dict[str, str]:
    if not goes_on(found):
        return {}
    said = open_answers(found.matter) if found.own is not None else {}
    own = {action: asked for action, asked in said.items() if action in REPORTERS}
    return {SAY: _("What should the office know?")} | own


def _since(found: Following) -> list[Progress]:
    """Return the steps since it is followed, in words for somebody who did not report it."""
    matter = found.matter
    steps = Step.objects.filter(matter=matter, at__gte=found.since).order_by("pk")
    table, told = workflow_of(matter.kind), []
    for step in steps.exclude(action=FILED):
        own_word = table.has(step.action) and "reporter" in table.transition(step.action).who
        label = _neutral().get(step.action) or ("" if own_word else shown_label(matter.kind, step.action))
        result = table.has(step.action) and table.transition(step.action).result
        open_to_all = result or (found.own is not None and step.action != "ask")
        note = step.note if open_to_all and not own_word and not _points(step, found) else ""
        if label:
            told.append(Progress(step.action, label, step.at, note))
    return told


def _points(step: Step, found: Following) -> bool:
    """Say whether a note points to a person, for a neighbour: it may be older than their joining (P8)."""
    return found.own is None and bool(person_in(step.note))


def _neutral() -> dict[str, str]:
    """Return words for steps whose own words speak to the reporter."""
    again = pgettext("step", "Whoever reported it had it taken up again")
    return {
        "ask": pgettext("step", "The office asked whoever reported it; the clock stands still"),
        "confirm": pgettext("step", "Whoever reported it says that it is solved"),
        "not_solved": again,
        "reopen": again,
        "review": again,
    }
