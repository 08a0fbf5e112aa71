"""Add what somebody beside its owner and reporter says to the history of a matter; it moves nothing."""

from shige.trust.commands import seal
from shige.trust.gate import Viewer

from ... import clock
from ...models import Matter, Step
from ..own_words import Resident, speaker
from .steps import changed, tell_owner


def note_beside(
    matter: Matter,
    action: str,
    said: str = "",
    *,
    remark: str = "",
    hidden: bool = False,
    speaking: Resident | None = None,
    original: str = "",
) -> None:
    """Write a step of a matter whose row the caller holds; the reporter does not read it.

    What is said is sealed where the matter is confidential, or with ``hidden``; ``original`` is what was
    typed, and is sealed where ``said`` hides some of it. ``speaking`` is the resident whose words they are;
    without one they are a device's or an office's.
    """
    hidden = bool(said) and (hidden or matter.confidential)
    told = "" if hidden else said
    kept = (original or said) if hidden or original not in ("", said) else ""
    Step.objects.create(
        matter=matter,
        at=clock.now(),
        action=action,
        before=matter.state,
        after=matter.state,
        remark="\n".join(part for part in (remark, "" if speaking else told) if part),
        said_by=speaker(speaking) if speaking else "",
        said=told if speaking else "",
        words_handle=seal("matter.words" if hidden else "matter.original", kept) if kept else None,
    )


def note_of_thing(viewer: Viewer, matter: Matter, action: str, said: str) -> None:
    """Add what a device or an inspection says to a matter whose row the caller holds, and tell its owner."""
    note_beside(matter, action, said)
    changed(viewer, f"matter.{action}", matter)
    tell_owner("matter.noted_beside", matter)
