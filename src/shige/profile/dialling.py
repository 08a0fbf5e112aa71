"""How telephone numbers are dialled here: the country of a number without one, and the local area code."""

from pydantic import Field

from .text import ProfilePart


class Telephones(ProfilePart):
    """`region` as in ISO 3166 (CN); `area` is put before a landline that was written without (028)."""

    region: str = Field(default="CN", pattern=r"^[A-Z]{2}$")
    area: str = Field(default="", pattern=r"^\d{0,5}$")
