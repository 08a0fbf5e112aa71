"""What names a person without being a row of digits: number plates, e-mail, ids of chats, passports."""

import re
from collections.abc import Iterator
from typing import Final

from .number_labels import is_thing

PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_DIGITS: Final = r"\d零〇一二三四五六七八九"
PLATE: Final = re.compile(
    rf"(?<![A-Za-z])[{PROVINCES}][ \-]?[A-Za-z](?P<own>[ ·.•・\-—]{{0,2}}"
    rf"(?=[A-Za-z ·.•・\-—]{{0,6}}[{_DIGITS}])"
    rf"(?:[A-Za-z{_DIGITS}][ ·.•・\-—]?){{4,5}}[A-Za-z{_DIGITS}挂学警港澳])(?![A-Za-z\d])"
)
MAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+\-])(?P<own>[._%+\-]*[A-Za-z0-9][A-Za-z0-9._%+\-]*"
    r"(?:(?: [._] ?|(?<=[._]) )[A-Za-z0-9][A-Za-z0-9._%+\-]*){0,3})"
    r" ?(?:@|[\[(【]? ?(?:at|艾特) ?[\])】]?) ?[A-Za-z0-9\-]{1,63}"
    r"(?: ?(?:[.。]|点|dot|[\[(]dot[\])]) ?[A-Za-z]{2,})+",
    re.IGNORECASE,
)
_HOUSE: Final = (
    r" ?(?:@|[#*$&~]|[\[(【{<]? ?(?:a ?t|艾特|爱特|圈 ?a?|小老鼠) ?[\])】}>]?) ?"
    r"(?:vip\W{0,2})?(?:q ?q|163|126|139|189|gmail|outlook|hotmail|foxmail|sina|sohu|icloud|yeah|aliyun|live)"
    r" ?[\[(【{<]? ?(?:[.。·]|小数点|点|d ?o ?t) ?[\])】}>]? ?(?:com|cn|net)"
)
"""What follows the own part of an address at a house where people have theirs, however it is spelled."""
_LEADS: Final = (
    "to|email|e-mail|mail|is|me|my|address|the|us|write|send|contact|or|and|via|reach|at|please|him|her"
)
MAILBOX: Final = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])(?P<own>(?:(?!(?:{_LEADS}) )[A-Za-z][A-Za-z0-9]* )?"
    rf"[A-Za-z0-9][A-Za-z0-9._%+\-]*){_HOUSE}",
    re.IGNORECASE,
)
"""An address at such a house (zhang#qq.com), whose own part may be two words (li si (at) qq.com)."""
MAILBOX_NAMED: Final = re.compile(
    rf"(?:(?<![\u3400-\u9fff])|(?<=邮箱)|(?<=邮件)|(?<=发到)|(?<=发给)|(?<=写到)|(?<=[是到给]))"
    rf"(?P<own>[\u3400-\u9fff]{{1,4}}\d{{0,6}}){_HOUSE}",
    re.IGNORECASE,
)
"""One whose own part is written in Chinese (李四 at qq dot com)."""
CHAT: Final = re.compile(
    r"(?:微信|薇信|威信|徽信|wei ?信|微\W{0,3}信?x?(?=[a-z])|wei ?xin|we ?chat|v ?信"
    r"|[vw]x|(?<=[加我+➕])v|(?<![a-z\d])[vq](?=[:号])"
    r"|(?<![a-z\d])v(?=我)|(?<=我的)q(?=[是号:])"
    r"|(?<![a-z])(?:tg|telegram|whats ?app)(?![a-z])|(?<![a-z])(?:line|ins|instagram)(?= ?[:号])"
    r"|q ?q|扣扣|叩叩|企鹅号?|抖音|快手|小红书|支付宝|钉钉)"
    r"(?!群|公众号|小程序|支付|付款|视频号|转账|扫码)"
    r"(?P<link>(?:号码?|账[号户]|id(?![a-z])|同号|是|为|我|的|加|搜|添加|联系|[\s:=,。.()“”\"'「」【】\[\]\-—])*)"
    r"(?P<own>[A-Za-z][A-Za-z0-9_\-]{4,19}(?:\.[A-Za-z0-9_\-]{2,12})?"
    r"|[A-Za-z0-9](?:[ _\-]?[A-Za-z0-9]){5,19}|[1-9]\d{4,11}"
    r"|[零〇一二三四五六七八九幺]{5,11}"
    r"|(?<=[号:])(?!app|vip|id)[A-Za-z][A-Za-z0-9_\-]{2,3}(?![A-Za-z]))(?!\d)",
    re.IGNORECASE,
)
_PARTED: Final = r"[ ,.'\-]{0,3}"
SPELLED: Final = re.compile(
    r"(?<![a-z])(?:"
    rf"(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine){_PARTED}){{7,}}+"
    rf"|(?:(?:ling|dong|yao|yi|er|liang|san|si|wu|liu|qi|guai|ba|jiu|gou){_PARTED}){{7,}}+"
    r")(?![a-z])",
    re.IGNORECASE,
)
"""A number whose digits are spelled in English or as they sound in Chinese."""
PASS: Final = re.compile(
    r"(?<![A-Za-z0-9])(?P<own>(?:E[A-HJ-NP-Z]|[DEGPS]\d)[ \-]?\d(?:[ \-]?\d){6}|[HMC]\d{8}(?:\d\d)?)"
    r"(?![A-Za-z0-9])"
)
PASS_NAMED: Final = re.compile(
    r"(?:护照|通行证|台胞证|回乡证|居留证|passport)(?:号码?|是|为|number|no|[\s:.#=])*"
    r"(?P<own>[A-Za-z0-9]{6,18})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
CODE: Final = re.compile(
    r"(?<![A-Z0-9])(?=[\d-]{0,18}[A-Z])[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}(?![A-Z0-9-])"
)
"""A tracking code, which its holder may quote."""


def identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each in a text in narrow form, unless words call it that of a thing."""
    for form in (PLATE, PASS):
        for hit in form.finditer(text):
            if not is_thing(text, hit.start(), hit.end()):
                yield hit.start("own"), hit.end("own") - 1
    for hit in SPELLED.finditer(text):
        yield hit.start(), hit.end() - 1
    for form in (MAIL, MAILBOX, MAILBOX_NAMED, PASS_NAMED, CHAT):
        for hit in form.finditer(text):
            if form is not CHAT or _is_id(hit):
                yield hit.start("own"), hit.end("own") - 1


def codes(text: str) -> set[int]:
    """Return the places of tracking codes."""
    return {place for hit in CODE.finditer(text) for place in range(*hit.span())}


OWN: Final = re.compile(r"^(?:[微薇威徽v] ?信|[vw]x)", re.IGNORECASE)
"""A chat whose name among Chinese words is followed by nothing in Latin letters but somebody's id."""


def _is_id(hit: re.Match[str]) -> bool:
    """Say whether what follows the name of a chat is an id and no word: it has a digit, or is called so."""
    said = bool(re.search(r"[:=号]|id|同号|加|搜", hit["link"], re.IGNORECASE))
    return said or bool(re.search(r"[\d_零〇一二三四五六七八九幺]", hit["own"])) or _is_alone(hit)


def _is_alone(hit: re.Match[str]) -> bool:
    """Say whether the letters behind such a name are the only ones, so no words of an English sentence."""
    sides = hit.string[: hit.start()] + hit.string[hit.end() :]
    return bool(OWN.match(hit[0])) and len(hit["own"]) > 5 and not re.search(r"[A-Za-z]{2}", sides)
