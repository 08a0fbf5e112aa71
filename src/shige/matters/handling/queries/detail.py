"""One matter as the office sees it."""

from dataclasses import dataclass
from datetime import datetime

from shige.profile import Transition
from shige.trust.gate import Viewer
from shige.trust.models import Post

from ...assignment.peers import peers
from ...categories import hides_place
from ...lists.queries.rows import MatterRow, rows_of
from ...models import Matter, Photo, Step
from ...report import FILED
from ...visibility.behind import RELEASED, knew_nothing, photos_told
from ...visibility.shown import note_opened
from ...workflow.actors import allowed, duty_of, may_open, seen_by
from ...workflow.workflows import label_of
from ..contact import Left, left_with


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of the history: what, when, by which post, to which, and what was said."""

    action: str
    label: str
    when: datetime
    post: str
    person: str
    to_post: str
    note: str
    remark: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One matter with its history, photos and what this viewer may do with it now.

    ``placed`` says whether they may see where it is: not where only whoever may open it should.
    ``left`` says what is still kept of the contact.
    """

    row: MatterRow
    matter: Matter
    history: tuple[Happening, ...]
    photos: tuple[Photo, ...]
    actions: tuple[Transition, ...]
    peers: tuple[Post, ...]
    may_open: bool
    placed: bool
    left: Left

    @property
    def sealed(self) -> bool:
        """Whether words lie in the vault: those of a confidential matter, or later ones of danger."""
        hidden = self.matter.words_handle is not None
        return self.matter.confidential or hidden or any(step.sealed for step in self.history)


def matter_detail(viewer: Viewer, number: str) -> Detail | None:
    """Return a matter that ``viewer`` may see; at most five statements."""
    matter = Matter.objects.filter(seen_by(viewer), number=number).first()
    if matter is None:
        return None
    if matter.words:
        note_opened(matter.pk, duty_of(viewer, matter))
    opens = may_open(viewer, matter)
    actions = tuple(allowed(viewer, matter))
    passes_on = any(row.action == "pass_on" for row in actions)
    return Detail(
        row=rows_of(Matter.objects.filter(pk=matter.pk))[0],
        matter=matter,
        history=history_of(matter, viewer),
        photos=tuple(photos_told(viewer, matter)) if opens or not matter.confidential else (),
        actions=actions,
        peers=tuple(peers(matter)) if passes_on else (),
        may_open=opens,
        left=left_with(matter),
        placed=opens or not hides_place(matter),
    )


def history_of(matter: Matter, viewer: Viewer) -> tuple[Happening, ...]:
    """Return the steps of a matter, the first one first; one statement.

    Of the time for which it was sealed, whoever could not see it then reads nothing now: neither who had it
    nor why would leave them guessing (P3, P4).
    """
    found = Step.objects.filter(matter=matter).select_related("post", "person", "to_post").order_by("pk")
    steps = list(found)
    released = max((n for n, step in enumerate(steps) if step.action == RELEASED), default=-1)
    seal = max((step.sealed for step in steps[: released + 1]), default=0)
    if released >= 0 and not viewer.system and knew_nothing(viewer, matter, max(seal, 1)):
        began = [_plain_filing(step) for step in steps[:released] if step.action == FILED]
        steps = [*began, *steps[released + 1 :]]
    return tuple(
        Happening(
            action=step.action,
            label=label_of(matter.kind, step.action),
            when=step.at,
            post=step.post.name if step.post else "",
            person=step.person.service_name if step.person else "",
            to_post=step.to_post.name if step.to_post else "",
            note=step.note,
            remark="\n".join(part for part in (step.remark, step.said) if part),
            sealed=step.words_handle is not None,
        )
        for step in steps
    )


def _plain_filing(step: Step) -> Step:
    """Return the first step without what the office wrote of it, and without who was given it then."""
    step.remark, step.to_post = "", None
    return step


def sees(viewer: Viewer, number: str) -> bool:
    """Say whether ``viewer`` may see a matter at all."""
    return Matter.objects.filter(seen_by(viewer), number=number).exists()
