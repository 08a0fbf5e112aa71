"""Emergency numbers as the pages show them (P4)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import Emergency
from shige.profile.emergencies import EmergencyNumber
from shige.trust.jurisdiction import language, profile

NUMBER: Final = re.compile(r"(?<!\d)(\d{3,5})(?!\d)")


@dataclass(frozen=True, slots=True)
class Call:
    """A number to press, and whose it is; with ``sms`` it is written to, with that text prepared."""

    number: str
    label: str
    sms: str = ""

    @property
    def href(self) -> str:
        """The address of the link."""
        return f"sms:{self.number}?&body={quote(self.sms)}" if self.sms else f"tel:{self.number}"


def calls(*, danger: bool = True) -> list[Call]:
    """Return the profile's numbers for danger, or the other ones."""
    return [_call(number) for number in profile().numbers if number.always and number.danger == danger]


def call_for(emergency: Emergency, address: str = "") -> list[Call]:
    """Return the number to call in this emergency, then others that fit; a message tells the address."""
    return _named((emergency.number, *emergency.also), address)


def quiet_calls(address: str = "") -> list[Call]:
    """Return whom to write to without a sound."""
    return _named([each.number for each in profile().numbers if each.sms], address)


def _named(numbers: Iterable[str], address: str) -> list[Call]:
    known = {each.number: each for each in profile().numbers}
    return [_call(known[number], address) for number in numbers]


def _call(number: EmergencyNumber, address: str = "") -> Call:
    message = _message(address) if number.sms else ""
    return Call(number.number, number.name.in_language(language()), message)


def _message(address: str) -> str:
    """Return the text that asks the police for help, in their language and then in that of the page."""
    first = profile().language
    with override(first):
        theirs = _asking(address)
    return theirs if language() == first.split("-")[0] else f"{theirs}\n{_asking(address)}"


def _asking(address: str) -> str:
    """Return the call for help; with a gap where the address is not known."""
    if not address:
        return _("Somebody here needs help. I cannot talk, please do not call back. Address: ")
    said = _("Somebody here needs help. I cannot talk, please do not call back. Address: %(address)s")
    return said % {"address": address}


def advice(emergency: Emergency) -> SafeString:
    """Return what to do until help comes."""
    return with_calls(emergency.advice.in_language(language()))


def with_calls(text: str) -> SafeString:
    """Return a text in which every number is a button: to call it, or to write to one that takes messages."""
    known = {call.number: call for call in quiet_calls()}
    parts = [
        format_html('<a class="call-in-text" href="{}">{}</a>', known.get(part, Call(part, "")).href, part)
        if place % 2
        else part
        for place, part in enumerate(NUMBER.split(text))
    ]
    return format_html_join("", "{}", ((part,) for part in parts))
