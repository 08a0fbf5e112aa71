"""Who reported, as far as they said: nothing is opened here (P5)."""

from dataclasses import dataclass

from shige.trust.handles import still_kept

from ..models import Matter


@dataclass(frozen=True, slots=True)
class Contact:
    """Who reported, as far as they said, and when and how it is safe to call back.

    ``former`` is the telephone before the last change: of what matters the office asks there as well.
    """

    name: str
    phone: str
    callback: str = ""
    room: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Which parts of a contact are still kept: neither deleted by the reporter nor past their time."""

    name: bool
    phone: bool
    callback: bool
    room: bool

    @property
    def anything(self) -> bool:
        """Say whether there is anything to open."""
        return self.name or self.phone or self.callback or self.room


def left_with(matter: Matter) -> Left:
    """Return what is still kept of a reporter's contact; a handle alone says only what there once was."""
    handles = (matter.name_handle, matter.phone_handle, matter.callback_handle, matter.room_handle)
    still = still_kept(handles)
    return Left(*(handle in still for handle in handles))
