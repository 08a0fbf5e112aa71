"""The forms of a page, filled in as somebody would who types the same word wherever words are taken."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDY = {"", "text", "search", "textarea"}
"""Types of fields that take words."""

LEFT = {"file", "submit", "button", "reset", "image"}


@dataclass(slots=True)
class Field:
    """One field: what it is called, of what type, what stands in it, and what may be chosen."""

    name: str
    type: str
    value: str = ""
    chosen: bool = False
    required: bool = False
    options: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """A form that is sent by POST; ``action`` is empty where it goes to the page's own address."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def takes_words(self) -> bool:
        """Whether somebody can write into it."""
        return any(one.type in WORDY for one in self.fields)

    def filled(self, words: str, phone: str, day: str) -> dict[str, str]:
        """Return what is sent when words stand wherever they can, and else the first choice there is."""
        given: dict[str, str] = {}
        for one in self.fields:
            if one.name and one.type not in LEFT:
                value = _value(one, words, phone, day, one.name in given)
                if value is not None:
                    given[one.name] = value
        return given


def _value(one: Field, words: str, phone: str, day: str, known: bool) -> str | None:
    typed = {"tel": phone, "number": "1", "date": day, "datetime-local": f"{day}T10:00", "time": "10:00"}
    if one.type in typed:
        return one.value or typed[one.type]
    if "phone" in one.name:
        return phone
    if one.type in WORDY:
        return one.value if one.name in {"d", "key", "q"} and one.value else words
    if one.type == "select":
        return one.value or next((option for option in one.options if option), "")
    if one.type in {"radio", "checkbox"}:
        wanted = one.chosen or one.required or (one.type == "radio" and not known)
        return (one.value or "on") if wanted else None
    return one.value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._inside: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._open = Form(said.get("action", ""))
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag in {"input", "select", "textarea"}:
            kind = said.get("type", "text" if tag == "input" else tag)
            marks = {"chosen": "checked" in said, "required": "required" in said}
            self._inside = Field(said.get("name", ""), kind, said.get("value", ""), **marks)
            self._open.fields.append(self._inside)
        elif tag == "option" and self._inside:
            self._inside.options.append(said.get("value", ""))
            if "selected" in said:
                self._inside.value = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms_of(page: str) -> Iterator[Form]:
    """Yield the forms of a page that are sent by POST."""
    reader = _Reader()
    reader.feed(page)
    yield from reader.forms
