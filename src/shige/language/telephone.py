"""Telephone numbers: read however they were typed, kept in one form, shown as people know them."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from shige.profile.dialling import Telephones

from .numerals import CHINESE, digit, narrow

LONGEST: Final = 200
"""Characters of a text that may hold one number among words; a longer one is a story."""

EXTENSION: Final = re.compile(
    r"(?:(?:请|再)?转(?:接|分机)?|分机号?|内线|;?\s*ext(?:ension|n)?\b\.?|(?<=\d)\s*x|#|;ext=)[\s:：.\-=]*(\d{1,6})$",
    re.IGNORECASE,
)
"""What leads to one seat of an exchange: 转8001, ext. 801, 分机 12."""

SEAT: Final = re.compile(r"(?<=\d{7})\s*-\s*(\d{1,5})$")
"""An extension after a dash behind a whole landline: 028-86512345-801."""

LABEL: Final = re.compile(r"^(?:手机|电话|联系|座机|固话|号码|号|tel|phone|mobile|[:：\s.])+", re.IGNORECASE)
PARTED: Final = re.compile(r"[\s()\[\]\-‐-―−_.·•/,、，~]+")
SEVERAL: Final = re.compile(r"[/,、，;；或和]")
ROUNDED: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
NOUGHTS: Final = re.compile(r"(\d{5,})\.0+")
CHINESE_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
AMONG_WORDS: Final = re.compile(r"(?<!\d)(?:(?:\+|00)?86[\s-]?)?1[3-9](?:[\s-]?\d){9}(?!\d)")
"""A whole mobile number, clear enough to be told from the words around it (13812345678（女儿）)."""

KEPT: Final = re.compile(r"\+\d{5,15}(?:;ext=\d{1,6})?|\d{3,8}")


class Problem(StrEnum):
    """Why something is no telephone number."""

    EMPTY = "empty"
    WORDS = "words"  # something that is no digit
    SEVERAL = "several"  # two numbers in one place
    ROUNDED = "rounded"  # a spreadsheet has shortened it: 1.38E+10
    SHORT = "short"
    LONG = "long"
    UNKNOWN = "unknown"  # as long as a number, and given to nobody


class NoTelephoneError(ValueError):
    """What was typed is no telephone number: ``digits`` counts what it has."""

    def __init__(self, problem: Problem, written: str, digits: int = 0) -> None:
        super().__init__(f"{problem}: {len(written)} characters, {digits} digits")
        self.problem, self.written, self.digits = problem, written, digits


@dataclass(frozen=True, slots=True)
class Telephone:
    """One number: ``number`` as E.164 (``+8613800001234``) or a service number (``12345``)."""

    number: str
    extension: str = ""

    def __str__(self) -> str:
        """The one form in which it is kept and compared."""
        return f"{self.number};ext={self.extension}" if self.extension else self.number


def read_telephone(written: str, plan: Telephones, *, service: bool = False) -> Telephone:
    """Read a telephone number as people type it.

    Parameters
    ----------
    written
        With or without country code (+86, 0086), blanks, dashes, brackets, full-width or Chinese digits,
        marks that nobody sees, and an extension (转8001).
    plan
        Country and area code of a number that has none.
    service
        Whether short numbers (110, 12345) are welcome: they call an office, never a person.

    Raises
    ------
    NoTelephoneError
        It is none; ``problem`` says why.
    """
    if len(written) > LONGEST:
        raise NoTelephoneError(Problem.WORDS, written)
    try:
        body, extension = _parted(written)
    except NoTelephoneError as error:
        if error.problem != Problem.WORDS:
            raise
        body, extension = _among_words(written), ""
        if not body:
            raise
    if not body:
        raise NoTelephoneError(Problem.WORDS if narrow(written).strip() else Problem.EMPTY, written)
    if service and (short := _service(body, plan)):
        return Telephone(short)
    found = _parsed(_as_dialled(body, plan), written, plan)
    return Telephone(phonenumbers.format_number(found, PhoneNumberFormat.E164), extension)


def canonical(written: str, plan: Telephones) -> str:
    """Return a number in the form in which it is kept; empty where it is none."""
    try:
        return str(read_telephone(written, plan))
    except NoTelephoneError:
        return ""


def shown(kept: str, plan: Telephones) -> str:
    """Return a kept number as people here know it: ``138 0000 1234``, ``028 8651 2345 转 801``.

    What is kept in another form (an older row) is shown as it is.
    """
    number, _sep, extension = kept.partition(";ext=")
    if not KEPT.fullmatch(kept) or not number.startswith("+"):
        return kept
    try:
        parsed = phonenumbers.parse(number, plan.region)
    except NumberParseException:
        return kept
    here = phonenumbers.region_code_for_number(parsed) == plan.region
    form = PhoneNumberFormat.NATIONAL if here else PhoneNumberFormat.INTERNATIONAL
    said = phonenumbers.format_number(parsed, form)
    return f"{said} {'转' if plan.region == 'CN' else 'ext.'} {extension}" if extension else said


def dialled(kept: str, plan: Telephones) -> str:
    """Return the digits that a gateway or a keypad takes; a number abroad keeps its ``+``."""
    said = shown(kept.partition(";ext=")[0], plan)
    return re.sub(r"[^\d+]", "", said)


def _parted(written: str) -> tuple[str, str]:
    """Return the digits (and a leading +) of a number, and its extension.

    Raises
    ------
    NoTelephoneError
        Something else stands in it.
    """
    text = LABEL.sub("", _unrounded(narrow(written).strip(), written))
    text = "".join(digit(character) if character in CHINESE else character for character in text)
    extension = ""
    found = EXTENSION.search(text) or (SEAT.search(text) if text.startswith("0") else None)
    if found:
        text, extension = text[: found.start()], found[1]
    _refuse_several(text, written)
    body = PARTED.sub("", text.strip())
    if not re.fullmatch(r"\+*\d*", body):
        raise NoTelephoneError(Problem.WORDS, written, sum(c.isdigit() for c in body))
    return ("+" if body.startswith("+") else "") + body.lstrip("+"), extension


def _among_words(written: str) -> str:
    """Return the one mobile number that words stand around; empty where there is none, or other digits."""
    text = narrow(written)
    text = "".join(digit(character) if character in CHINESE else character for character in text)
    found = AMONG_WORDS.findall(text)
    if len(found) != 1 or any(character.isdigit() for character in AMONG_WORDS.sub("", text)):
        return ""
    return PARTED.sub("", found[0])


def _unrounded(text: str, written: str) -> str:
    """Mend what a spreadsheet made of a number (``13812340001.0``), and refuse what it has cut."""
    if found := NOUGHTS.fullmatch(text):
        return found[1]
    if not ROUNDED.fullmatch(text):
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise NoTelephoneError(Problem.ROUNDED, written) from None
    digits = value.as_tuple().digits
    if value != value.to_integral_value() or len(digits) < 8 or value.adjusted() > 15:
        raise NoTelephoneError(Problem.ROUNDED, written)
    return f"{value.to_integral_value():f}"


def _refuse_several(text: str, written: str) -> None:
    parts = [re.sub(r"\D", "", part) for part in SEVERAL.split(text)]
    if sum(len(part) >= 7 for part in parts) > 1:
        raise NoTelephoneError(Problem.SEVERAL, written)


def _service(body: str, plan: Telephones) -> str:
    if not re.fullmatch(r"\d{3,8}", body):
        return ""
    number = PhoneNumber(
        country_code=phonenumbers.country_code_for_region(plan.region), national_number=int(body)
    )
    return body if phonenumbers.is_valid_short_number_for_region(number, plan.region) else ""


def _as_dialled(body: str, plan: Telephones) -> str:
    """Put the local area code before a landline without one, where that makes a number."""
    if body.startswith(("+", "0", "1")) or len(body) < 7 or not plan.area:
        return body  # 1 begins mobile numbers, and short ones are services
    local = plan.area + body
    try:
        fits = phonenumbers.is_valid_number(phonenumbers.parse(local, plan.region))
        whole = phonenumbers.is_valid_number(phonenumbers.parse(body, plan.region))
    except NumberParseException:
        return body
    return local if fits and not whole else body


def _parsed(body: str, written: str, plan: Telephones) -> PhoneNumber:
    digits = len(body.lstrip("+"))
    if digits < 7:
        raise NoTelephoneError(Problem.SHORT, written, digits)
    try:
        found = phonenumbers.parse(_abroad(body), plan.region)
    except NumberParseException as error:
        long = error.error_type == NumberParseException.TOO_LONG
        raise NoTelephoneError(Problem.LONG if long else Problem.UNKNOWN, written, digits) from None
    if phonenumbers.is_valid_number(found) or _new_mobile(found):
        return found
    raise NoTelephoneError(_length(found, digits, plan), written, digits)


def _abroad(body: str) -> str:
    """Read 0086 as +86 wherever it is dialled from."""
    return "+" + body[2:] if body.startswith("00") else body


def _new_mobile(found: PhoneNumber) -> bool:
    """Say whether a Chinese mobile number has a prefix that was given out after the library was made."""
    return found.country_code == 86 and bool(CHINESE_MOBILE.fullmatch(str(found.national_number)))


def _length(found: PhoneNumber, digits: int, plan: Telephones) -> Problem:
    """Say what is wrong with a number that is not in use."""
    if found.country_code == 86 and str(found.national_number).startswith("1"):
        had = len(str(found.national_number))
        return Problem.SHORT if had < 11 else Problem.LONG if had > 11 else Problem.UNKNOWN
    reason = phonenumbers.is_possible_number_with_reason(found)
    if reason == ValidationResult.TOO_LONG:
        return Problem.LONG
    if reason in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY) or digits < 10:
        return Problem.SHORT
    return Problem.UNKNOWN
