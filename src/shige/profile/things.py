"""Kinds of things on the register (设施登记, R41): hydrants, defibrillators, idle spaces."""

from pydantic import Field

from shige.profile.text import ProfilePart, Text


class ThingKind(ProfilePart):
    """A kind of thing. ``months`` part two inspections; without them nobody has to come."""

    code: str = Field(pattern=r"^[a-z][a-z_]{1,19}$")
    name: Text
    category: str  # the sub-category under which a defect is filed
    months: int | None = Field(default=None, ge=1, le=120)
    public: bool = False  # residents see where it is
