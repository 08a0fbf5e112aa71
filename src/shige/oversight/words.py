"""What people write in oversight: of the work, and of nobody and no house (R10)."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.trust.form_text import TEXT_LIMIT, without_persons

HOUSE: Final = re.compile(
    r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4}) ?(?:号楼|栋|幢|单元|号院)"
    r"|(?<![月第〕\]\d])\d{1,4} ?号(?!线|文|令|日|微|网|口)"
    r"|(?<![第灯桥房亭椅棚箱塔井站\d])\d{1,4} ?座(?!垃圾|灯|桥|亭|凉亭|公厕|岗亭|基站|变电)"
    r"|(?<!第)[一二三四五六七八九十] ?座(?!谈)(?=单元|楼|\d)",
    re.ASCII,
)
"""A house or its entrance: nearer to somebody than an overseer may come; no date, document, row of lamps."""


def of_no_house(field: str, text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return what somebody says of a grid's work: free of persons, doors and houses.

    Raises
    ------
    ValidationError
        As with ``without_persons``, or a house or its entrance stands in it.
    """
    said = without_persons(field, text, limit=limit)
    if found := HOUSE.search(said):
        raise ValidationError(
            {
                field: _(
                    "“%(part)s” points to a house. The overseer reads of the grid and the work, no nearer."
                )
                % {"part": found[0]}
            }
        )
    return said
