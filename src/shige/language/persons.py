"""Recognise what points to a person in an ordinary text: a name, a door, a plate, a number of their own."""

import re
import unicodedata
from typing import Final

from .identifiers import PLATE
from .masking import masked
from .normal import visible
from .surnames import SURNAME, SURNAMES, WORDS

_TITLES: Final = (
    "先生|女士|小姐|太太|师傅|阿姨|嬢嬢|孃孃|大爷|大妈|大叔|大姐|大哥|婆婆|爷爷|奶奶|叔叔|伯伯|老太太?|老头|老汉|"
    "老师|医生|护士|书记|主任|经理|队长|组长|局长|处长|科长|站长|院长|校长|所长|警官|法官|律师|老板娘?|同学|小朋友|同志|"
    "网格员|楼长|保安|教练|会计|某某?|[xX×*]{1,2}|氏(?=[，。、夫一家])"
)
_FREQUENT: Final = "张李王刘陈杨赵周吴徐孙朱郭罗郑梁谢宋唐许韩冯邓曹彭曾肖董潘袁蔡蒋余杜魏薛吕"
_GIVEN: Final = r"(?:(?![的了是在和有不])[㐀-䶿一-鿿𠀀-𳎯]){1,2}"
_SAID: Final = (
    r"(?:的?名字[是叫]?|姓名[是为]?|真名|名叫|叫做?|我是|本人是?|他是|她是|联系人[是为]?|户主[是为]?|当事人[是为]?)"
    r"[\s:是]{0,2}"
)
_ROLES: Final = (
    "业主|户主|邻居|租客|租户|房东|住户|老板|店主|员工|司机|老人|家长|楼上|楼下|隔壁|对门|保安|保洁|网格员"
)
_BEHIND: Final = (
    r"(?=[，。！？、；:,.!?;\s（(]|$|说|住|家|在|的|和|跟|与|因|经常|每天|今年|总是|一直|又|把|被|打|骂|天天"
    r"|送|来|去|找|给|帮|让|也)"
)
_COUNT: Final = r"(?:\d{1,5}|[一二三四五六七八九十百零〇两]{1,7})"

PERSONS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{SURNAME}(?:{_TITLES})",
        rf"{SURNAME}{_GIVEN}(?:先生|女士|小姐|师傅|阿姨|嬢嬢|孃孃|大爷|大妈|医生|老师|同志)",
        rf"(?:老|小|阿)[{_FREQUENT}]{_BEHIND}",
        rf"[{_FREQUENT}](?:哥|姐|姨|婶|叔|伯|爷|婆|总|工|队|局|所|站)(?![\u4e00-\u9fff]{{0,1}}[程作具地路])",
        rf"姓[{SURNAMES}](?:的|，|。|,|$)",
        r"\b(?:Mr|Mrs|Ms|Miss|Dr)\b\.? ?[A-Z]\w+",
        r"\b(?:named|called|name is|neighbou?r|landlord|tenant|I am|I'm) [A-Z][a-z]+(?: [A-Z][a-z]+)?\b",
        # A door: behind its entrance, as a room, or as building-entrance-door.
        rf"{_COUNT} ?(?:单元|楼|层) ?{_COUNT} ?(?:号|室|户(?!居民|人家|以上|左右)|家)",
        rf"{_COUNT} ?(?:单元|楼|层|栋|幢|座) ?(?<!\d)\d{{3,4}}(?!\d|户|人|元|米|年|路|块|个|平)",
        r"(?<!\d)\d{3,4} ?(?:室|号房|房(?!间|屋|东|租)|号?(?:业主|住户|租客|邻居|那家|这家|家里|的人家?))",
        r"(?:住|家在|我家|他家|她家|门牌)(?:在|是)?(?<!\d)\d{3,4}(?!\d|户|人|元|米|年|路|块|个|平)",
        r"(?<!\d)\d{1,3} ?[-－—] ?\d{1,2} ?[-－—] ?\d{3,4}(?!\d)",
        r"\b(?:flat|room|apartment|apt\.?|unit) ?(?:no\.? ?)?\d{2,4}\b",
    )
)  # fmt: skip

NAMED: Final = (
    re.compile(rf"{_SAID}(?P<name>{SURNAME}{_GIVEN})"),
    re.compile(rf"(?:{_ROLES})[\s:是叫]{{0,2}}(?P<name>{SURNAME}{_GIVEN}?){_BEHIND}"),
)
"""A name behind what announces one; what is an ordinary word is none (我是高度近视)."""


def person_in(text: str) -> str:
    """Return the first part of a text that points to a person; empty where there is none.

    It errs on the side of finding: whoever publishes is asked to write it without the part.
    """
    plain = unicodedata.normalize("NFKC", visible(text))
    found = [hit.span() for form in (*PERSONS, PLATE) if (hit := form.search(plain))]
    found += [hit.span("name") for form in NAMED for hit in form.finditer(plain) if _is_name(hit["name"])]
    hidden = masked(plain)
    if hidden != plain:
        first = next(at for at, one in enumerate(hidden) if one != plain[at])
        found.append((first, first + len(hidden[first:]) - len(hidden[first:].lstrip("* -"))))
    if not found:
        return ""
    first, end = min(found)
    return plain[first:end]


def _is_name(name: str) -> bool:
    return len(name) > 1 and name[:2] not in WORDS
