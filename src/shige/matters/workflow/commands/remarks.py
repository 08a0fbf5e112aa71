"""Add what somebody beside its owner and reporter says to the history of a matter; it moves nothing."""

from uuid import UUID

from shige.trust.commands import seal
from shige.trust.gate import Viewer

from ... import clock
from ...danger.said import Said
from ...models import Matter, Step
from ..own_words import Resident, speaker
from .steps import changed, tell_owner


def note_beside(
    matter: Matter,
    action: str,
    said: Said | None = None,
    *,
    speaking: Resident | None = None,
    remark: str = "",
) -> None:
    """Write a step of a matter whose row the caller holds; the reporter does not read it.

    ``said`` are the words of a resident (``speaking``). They are sealed where the matter is confidential or
    they speak of danger or of staff; where what is shown of them hides something, what was typed is.
    """
    if said and (matter.confidential or said.sealed):
        _write(matter, action, remark, speaking, handle=seal("matter.words", said.typed))
    elif said:
        handle = seal("matter.original", said.typed) if said.hides else None
        _write(matter, action, remark, speaking, said.shown, handle)
    else:
        _write(matter, action, remark, speaking)


def _write(
    matter: Matter, action: str, remark: str, speaking: Resident | None, said: str = "",
    handle: UUID | None = None,
) -> None:  # fmt: skip
    Step.objects.create(
        matter=matter,
        at=clock.now(),
        action=action,
        before=matter.state,
        after=matter.state,
        remark=remark,
        said_by=speaker(speaking) if speaking else "",
        said=said,
        words_handle=handle,
    )


def note_of_thing(viewer: Viewer, matter: Matter, action: str, said: Said) -> None:
    """Add what a device or an inspection says to a matter whose row the caller holds, and tell its owner."""
    if matter.confidential and said:
        _write(matter, action, "", None, handle=seal("matter.words", said.typed))
    else:
        _write(matter, action, said.shown, None)
    changed(viewer, f"matter.{action}", matter)
    tell_owner("matter.noted_beside", matter)
