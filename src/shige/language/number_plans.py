"""What a row of digits can be: a telephone, an ID card, a bank card. By plan, date and check digit."""

import re
from datetime import date
from typing import Final

MOBILE: Final = re.compile(r"(?:0{0,2}86|0)?1[3-9]\d{9}")
LANDLINE: Final = re.compile(
    r"(?:0{0,2}86)?0(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}|(?:00)?86(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}"
)
LOCAL: Final = re.compile(r"[2-8]\d{7}")
COMPANY: Final = re.compile(r"(?:0{0,2}86)?0?[48]00\d{7}")
"""Numbers of companies (400, 800), which are nobody's own."""

_PROVINCES: Final = (
    range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66),
    (71, 81, 82, 83),
)  # fmt: skip
PROVINCES: Final = frozenset(str(number) for numbers in _PROVINCES for number in numbers)
"""The first two digits of an ID card."""

LATEST: Final = 2030
"""Nobody was born later who is written of here; a fixed year keeps this room free of clocks."""

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"
CARD: Final = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|35\d{14}|9[5-9]\d{14,17}|60\d{14}|3[47]\d{13}")


def is_telephone(digits: str) -> bool:
    """Say whether digits are a mobile number or a landline with its area code."""
    return bool(MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits)) and not COMPANY.fullmatch(digits)


def is_local(digits: str) -> bool:
    """Say whether digits can be a landline of a city without its area code, and are no date."""
    return bool(LOCAL.fullmatch(digits)) and not _is_date(digits)


def is_identity(digits: str) -> bool:
    """Say whether digits are the number of an ID card: place, date of birth and, of 18, the check digit."""
    return is_like_identity(digits) and (len(digits) == 15 or check_digit(digits[:17]) == digits[17])


def is_like_identity(digits: str) -> bool:
    """Say whether digits have place and date of an ID card, whatever the check digit is."""
    if digits[:2] not in PROVINCES or not digits[:-1].isdigit():
        return False
    if len(digits) == 18:
        return _is_date(digits[6:14])
    return len(digits) == 15 and digits.isdigit() and _is_date("19" + digits[6:12])


def check_digit(first: str) -> str:
    """Return the last character of an ID card by its first 17 digits (GB 11643)."""
    return CHECKS[sum(int(one) * weight for one, weight in zip(first, WEIGHTS, strict=True)) % 11]


def is_bank_card(digits: str) -> bool:
    """Say whether digits are a bank card by issuer, length and check digit (Luhn)."""
    return bool(CARD.fullmatch(digits)) and luhn(digits)


def is_like_bank_card(digits: str) -> bool:
    """Say whether digits have issuer and length of a card of UnionPay, whatever the check digit is."""
    return len(digits) in (16, 19) and digits.startswith("62")


def luhn(digits: str) -> bool:
    """Say whether the last digit checks the others."""
    total = 0
    for place, one in enumerate(reversed(digits)):
        value = int(one) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_date(written: str) -> bool:
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return False
    return 1890 <= born.year <= LATEST
