"""Advice on a category before anything is filed: whom to call, what to have ready, whose it is (R25)."""

from typing import Self

from .text import ProfilePart, Text


class Advice(ProfilePart):
    """Advice on one category. A sub-category says only what differs from its top category.

    `call` names numbers that hold in the whole country; what is local is left to the jurisdiction's own
    profile. `time` is what takes long elsewhere: how soon this platform answers follows from the category.
    """

    code: str
    call: Text | None = None
    bring: Text | None = None
    whose: Text | None = None
    time: Text | None = None

    def but(self, other: "Advice") -> Self:
        """Return this advice with whatever `other` says instead."""
        return self.model_copy(update={name: said for name, said in other if said is not None})
