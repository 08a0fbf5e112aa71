"""Hide the numbers and addresses of persons that people type into ordinary text.

Digits are first found however they are parted and written, then classified by plan, date, check digit and the
words beside them; what is the number of a meter, an order or a lamp post stays.
"""

from collections.abc import Iterator

from .digit_runs import Letter, letters
from .identifiers import codes, identifiers
from .number_spans import spans


def masked(text: str) -> str:
    """Return ``text`` with every digit of a person's number, plate or address as an asterisk.

    Telephones, ID and bank cards, passports, number plates, e-mail addresses and ids of chats, in any
    spelling; length and everything else stay.
    """
    flat = letters(text)
    hidden = {flat[place].at for place in _hidden(flat)}
    return "".join("*" if at in hidden else char for at, char in enumerate(text)) if hidden else text


def holds_numbers(text: str) -> bool:
    """Say whether a text holds something that `masked` would hide."""
    return masked(text) != text


def _hidden(flat: list[Letter]) -> Iterator[int]:
    """Yield the letters that are hidden."""
    text = "".join(one.char for one in flat)
    quoted = codes(text)
    for first, last in (*spans(flat), *identifiers(text)):
        if first not in quoted:
            yield from (at for at in range(first, last + 1) if text[at].isalnum() or text[at] in "_×")
