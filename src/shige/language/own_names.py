"""Names by which people say who they are (姓赵, 我叫王小明, 本人李四), or that stand beside their telephone.

Whom they speak of (王师傅来修过, 那个姓陈的) keeps the name: it says who is meant, as a house says where.
"""

import re
from collections.abc import Iterator
from typing import Final

from .surnames import COMPOUND, SURNAME, SURNAMES, WORDS

_GIVEN: Final = r"[\u3400-\u9fff]"
_NAME: Final = rf"(?P<name>(?:{COMPOUND}){_GIVEN}{{1,2}}|[{SURNAMES}]{_GIVEN}{{1,2}})"
_TITLE: Final = (
    "(?:先生|女士|小姐|太太|同学|大姐|大哥|姐|哥|阿姨|嬢嬢|孃孃|师傅|老师|婆婆|奶奶|大爷|爷爷|大妈|叔叔?)"
)
_TITLED: Final = rf"(?P<name>{SURNAME}){_TITLE}"
_STOP: Final = r"$|[\s,，、。.!！?？;；:：()（）*\d]"
_ENDS: Final = rf"(?={_STOP}|住|家|在|是|电话|手机|联系|今年|身份证|男|女|反映|投诉|报修|就[行好])"
_SEP: Final = r"[\s:：是叫为]{0,3}"
_SELF: Final = r"(?:我是|本人|叫我|请?找|联系人?|免贵|敝姓)[\s:：是]{0,2}"
_LABELS: Final = (
    "我叫|我的?名字[是叫]|名字[是叫]?|我?名叫|我?姓名[是为]?|联系人[是为]?|户主[是为]?|报修人|反映人|投诉人|申请人|来电人"
    "|署名|落款|本人名?叫"
)
_HOLDERS: Final = "业主|住户|租户|租客|房东|居民|村民|党员|此致|敬礼"
_HIDDEN: Final = r"(?:\*[\s\-]?){5}"
"""A number that was masked."""

_PHONE: Final = rf"[\s:：,，(（]{{0,2}}(?:的?(?:电话|手机|联系方式)(?:号码?)?[是为]?[\s:：]{{0,2}})?{_HIDDEN}"
_BEHIND: Final = rf"{_HIDDEN}[*\s\-]{{0,40}}[\s,，(（:：]{{0,2}}(?:找|联系)?"
_LATIN: Final = r"(?P<name>[a-z][a-z'\-]+(?: [a-z][a-z'\-]+)?)(?=$|[\s,.;!])"

CALLED: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!百)姓(?P<name>{COMPOUND}|[{SURNAMES}])(?![氏名的])",
        rf"(?:{_LABELS}){_SEP}{_NAME}{_ENDS}",
        rf"(?:{_HOLDERS})[\s:：,，!！]{{0,2}}{_NAME}(?={_STOP}|电话|手机)",
        rf"(?:我叫|叫我)(?P<name>[小老阿]{_GIVEN}{{1,2}})(?={_STOP}|就[行好]|吧|嘛)",
        rf"{_SELF}(?P<name>[小老阿][{SURNAMES}])(?={_STOP}|就[行好])",
        rf"{_SELF}{_TITLED}{_ENDS}",
        rf"(?:孩子|儿子|女儿|娃娃?|小孩|孙子|孙女|外孙女?)(?:的?名字)?名?叫{_SEP}{_NAME}{_ENDS}",
        rf"(?:我是|我叫|本人){_SEP}(?P<name>[{SURNAMES}] {_GIVEN}(?: {_GIVEN})?)(?={_STOP})",
        rf"(?<!百)姓[{SURNAMES}][\s,，]{{0,2}}名?叫{_SEP}(?P<name>{_GIVEN}{{1,2}})(?={_STOP})",
        rf"\b(?:my name is|my name's|name:|i am called|they call me|wo jiao|wo de ming zi shi) ?{_LATIN}",
        r"\b(?:my (?:surname|last name|family name) is|surname:|wo xing) ?(?P<name>[a-z][a-z'\-]+)",
        rf"\b(?:i am|i'm|this is) (?:mr|mrs|ms|miss|dr)\b\.? ?{_LATIN}",
    )
)
"""What says that a name follows."""

BESIDE: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_NAME}{_PHONE}",
        rf"{_TITLED}{_PHONE}",
        rf"{_BEHIND}{_NAME}(?={_STOP})",
        rf"{_BEHIND}{_TITLED}(?={_STOP})",
        r"\b(?:I am|I'm|This is) (?P<name>[A-Z][a-z]+ [A-Z][a-z]+)(?=$|[,.;!]| (?:from|and|in|at|living)\b)",
    )
)
"""A name beside a number, or one whose capitals tell."""

_SELF_ALONE: Final = re.compile(
    rf"(?:我叫|我的?名字[是叫]|我?名叫|我?姓名|本人名?叫?|我是){_SEP}{_NAME}"
    rf"(?=[\s,，、。;；!！]*(?:$|我|家?住|家[在里]|地址|电话|手机|联系|身份证|今年"
    rf"|{_GIVEN}{{0,12}}[\d一二三四五六七八九十]+\s*[号栋幢座单]))"
)
"""A name by which somebody says who they are, with no more behind it than more of that: where they live."""

_OTHERS: Final = re.compile("[他她]|[这那]个?人|人家|投诉|举报")

SELF: Final = re.compile(rf"(?:我是|本人)[\s:：是]{{0,2}}{_NAME}{_ENDS}")
_NO_NAME: Final = "于向左右常万时方安马边周路高任何易石"
"""Surnames that behind 我是 and 本人 mostly begin another word (本人于上周, 我是高三学生)."""

_KIND: Final = "人员工生户民师长区村院苑园店楼家爸妈校司厂街路号层岁级族籍嫂媳婿友客主头"
"""Ends of what somebody is by trade, kin or origin, behind 我是: 江苏人, 金牛区."""


def own_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each name in a text in narrow form whose numbers are masked."""
    yield from (_place(hit) for hit in _hits(CALLED, text) if hit["name"] not in WORDS)
    yield from (_place(hit) for hit in _hits(BESIDE, text) if hit["name"][:2] not in WORDS)
    yield from (_place(hit) for hit in SELF.finditer(text) if _is_somebody(hit["name"]))


def without_own_name(text: str) -> str:
    """Return a text without the name by which its writer says who they are; as it is where that is in doubt.

    我叫刘仁杰，玉兰路1号 says who writes, 我叫刘仁杰，半天不来 may say whom they called.
    """
    return text if _OTHERS.search(text) else _SELF_ALONE.sub("", text)


def _hits(forms: tuple[re.Pattern[str], ...], text: str) -> Iterator[re.Match[str]]:
    for form in forms:
        yield from form.finditer(text)


def _place(hit: re.Match[str]) -> tuple[int, int]:
    return hit.start("name"), hit.end("name") - 1


def _is_somebody(name: str) -> bool:
    """Say whether what follows 我是 is a name: not a trade or an origin, nor words that begin like one."""
    return name[0] not in _NO_NAME and name[-1] not in _KIND and name[:2] not in WORDS
