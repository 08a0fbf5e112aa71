"""A text in the two languages of the interface, and the base that every part of a profile shares."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator


class ProfilePart(BaseModel):
    """A part of a jurisdiction profile: cannot be changed, refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values, which derives anew what this one has derived from its own."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Text(ProfilePart):
    """One text in Chinese and English; a jurisdiction with one language fills one of them."""

    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.zh or self.en):
            raise ValueError("is empty: give `zh`, `en` or both")
        return self

    def in_language(self, language: str) -> str:
        """Return the text for a language tag (`zh-hans`, `zh`, `en-gb` …), else the one that there is."""
        wanted, other = (self.zh, self.en) if language.lower().startswith("zh") else (self.en, self.zh)
        return wanted or other
