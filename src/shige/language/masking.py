"""Hide the numbers and addresses of persons that people type into ordinary text, their rooms and their names.

Digits are first found however they are parted and written, then classified by plan, date, check digit and the
words beside them; what is the number of a meter, an order or a lamp post stays.
"""

from collections.abc import Iterator

from .digit_runs import Letter, letters
from .identifiers import codes, identifiers
from .number_spans import spans
from .own_names import own_names
from .rooms import rooms


def masked(text: str) -> str:
    """Return ``text`` with every digit of a person's number, plate or address as an asterisk.

    Telephones, ID and bank cards, passports, number plates, e-mail addresses and ids of chats, in any
    spelling; length and everything else stay.
    """
    flat = letters(text)
    return _starred(text, {flat[place].at for place in _hidden(flat)})


def withheld(words: str) -> str:
    """Return a resident's own words as those read them who may not open the contact.

    Hidden are what `masked` hides, the numbers of rooms, and the names by which people say who they are.
    """
    said = masked(words)
    flat = letters(said)
    text = "".join(one.char for one in flat)
    found = (*rooms(text), *own_names(text))
    return _starred(
        said, {flat[at].at for first, last in found for at in range(first, last + 1) if text[at].isalnum()}
    )


def holds_numbers(text: str) -> bool:
    """Say whether a text holds something that `masked` would hide."""
    return masked(text) != text


def _starred(text: str, hidden: set[int]) -> str:
    return "".join("*" if at in hidden else char for at, char in enumerate(text)) if hidden else text


def _hidden(flat: list[Letter]) -> Iterator[int]:
    """Yield the letters that are hidden."""
    text = "".join(one.char for one in flat)
    quoted = codes(text)
    for first, last in (*spans(flat), *identifiers(text)):
        if first not in quoted:
            yield from (at for at in range(first, last + 1) if text[at].isalnum() or text[at] in "_×")
