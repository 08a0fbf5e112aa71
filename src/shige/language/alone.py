"""Words that tell strangers when a home is unguarded: that somebody lives alone, or is out at some time."""

import re
from typing import Final

from .numerals import narrow

ALONE: Final = re.compile(
    r"(?:一个人|独自|单独|就我一个|只有我(?:一个)?)(?:在家|居?住|过|生活)|独居|空巢|就我一个人|只有我一个人"
    r"|(?:家里|屋里|屋头|白天|晚上|平时)(?:都|经常|一般)?(?:没人|没得人|没有人)"
    r"|\b(?:live|lives|living|am|is|stay|stays)\s+(?:all\s+)?alone\b|\bhome alone\b|\bon my own at home\b"
    r"|\bnobody (?:is )?(?:at|in) (?:my )?home\b",
    re.IGNORECASE,
)


def told_alone(text: str) -> str:
    """Return what tells that somebody is alone; empty where nothing does."""
    found = ALONE.search(narrow(text))
    return found[0] if found else ""
