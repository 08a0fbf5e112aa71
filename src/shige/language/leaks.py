"""Whether words speak of a leak alone: then nobody is asked whether somebody is hurt or afraid (P4)."""

import re
from typing import Final

WATER: Final = re.compile(
    r"[漏渗滴淌返浸]水|水.{0,8}[漏渗滴淌浸]|天花板|发霉|渗漏|\b(?:leak|drip|damp|mould)", re.IGNORECASE
)
PEOPLE: Final = re.compile(
    r"[吵闹骂打怕凶恨哭伤痛推踢砸砍堵]|威胁|欺负|娃|孩|老人|婆婆|动手|报复"
    r"|\b(?:he|she|they|him|her|afraid|scared|hurt|fight|shout|threat|child|kid|hit|quarrel|angry|argu)",
    re.IGNORECASE,
)


def only_leaks(text: str) -> bool:
    """Say whether a text speaks of water that comes through, and of nobody."""
    return WATER.search(text) is not None and PEOPLE.search(text) is None
