"""Rooms in ordinary words: numbers bound to an entrance, to 室, to house and floor, or to who lives there.

What finds a place stays: a house (3号楼), an entrance (2单元门口), a street number, a bus line. Counts and
measures stay as well (3栋120户), and so does the room of an office (政务大厅203室).
"""

import re
from collections.abc import Iterator
from typing import Final

from .number_labels import Before
from .numerals import CHINESE, digit
from .surnames import SURNAMES

_HAN: Final = "〇零一二三四五六七八九十百千两幺"
_ALOUD: Final = "零一二三四五六七八九"
_NUM: Final = rf"(?:(?<!\d)\d{{1,4}}[A-Da-d]?(?![\dA-Za-z])|(?<![{_HAN}])[{_HAN}]{{1,7}}(?![{_HAN}]))"
_BIG: Final = rf"(?:(?<!\d)\d{{3,4}}[A-Da-d]?(?![\dA-Za-z])|(?<![{_HAN}])[{_HAN}]{{3,7}}(?![{_HAN}]))"
"""A number as a room has one when nothing but its place tells: its floor and its door."""

_ZERO: Final = re.compile(r"(?<=\d)[〇零Oo](?=\d)")
"""A zero in another script, among digits: 3零1."""

_GAP: Final = r"[ ,，、的:#\-—－–/]{0,3}"
_COUNTED: Final = (
    r"(?! ?(?:[户人元块米年月日路个平多余度斤分秒点次吨万千%℃伏瓦盏部台辆只条根岁级寸座期店铺]"
    r"|天(?!天)|号线|来[户个人]|公里|小时|kw|家人|[楼栋幢层](?!\d)|号[楼院栋幢门]|#?楼|单元|便利店|超市|药店|诊所|-?\d))"
)
"""What follows shows a count, a measure or another house."""

_THING: Final = "门(?!锁)|[楼院栋幢线车桩口井店铺摊灯柜位泵机库出通公路电窗诊厅台岗亭杆箱桌会教仓商馆球地点]"
"""What a number with 号 is the number of, where it is no door's."""

_DOOR: Final = rf"(?= ?(?:室(?![外内温])|房(?![间屋东租子价产])|号房?(?!{_THING})|户(?![人居以])|#))"
"""What a door's number is called: 室, 号, 房, 户."""

_OFFICE: Final = re.compile(
    r"(?:大厅|服务中心|党群|便民|政务|办公[楼室]?|医院|诊所|门诊|法院|学校|教学楼|派出所|居委会|村委会|街道办|社区办"
    r"|社保局|税务|写字楼|大厦|活动中心|会议|银行|图书馆|酒店|宾馆|地铁|hall|office|hospital|hotel|school)"
    r"[^。.!?;,，]{0,12}$",
    re.IGNORECASE,
)
"""Where a room is open to everybody or an office, so that its number is nobody's."""

_FAR: Final = 24
"""Characters before a number in which an office is looked for."""

_LIVE: Final = (
    r"(?:住在?|家在|家是|[我咱俺他她]家|我屋头?|我们?是|我在|房号|门牌号?|房间号?|[住地]址)[是为:： ]{0,2}"
)
_PARTS: Final = "灯杆柜箱位机表号桩井梯车控头泵阀"
"""Things that are numbered as rooms are: 路灯A3-1201, K12-301号灯杆."""

_PEOPLE: Final = (
    r"(?: ?号?室?(?:的)?(?:业主|住户|租客|租户|邻居|房东|那家|这家|那户|这户|家里|屋头|的人家|家的|她家|他家"
    r"|那两口子|[那这]一?个?(?:男|女|老[头太人婆]|小[孩娃伙]|娃|年轻|租房|住户|人)))"
)
_DOES: Final = (
    r"(?: ?号?室?(?:家|的)?(?:厕所|卫生间|厨房|阳台|地漏|水管)?(?:在|又|一直|天天|总是|老是){0,2}"
    r"(?:漏水|漏到|渗水|渗到|滴水|装修|养[狗鸡]|打麻将|吵架|太吵))"
)
"""What is done at home, so that a bare number before it is a door's."""
_SOMEBODY: Final = (
    rf"(?=的(?:[小老阿][{SURNAMES}]|[{SURNAMES}][\u3400-\u9fff]{{1,2}}"
    r"(?=家|在|总|天天|又|老是|半夜)))"
)
"""Whose it is, by name: 501的王秀英, 1204的小张."""
_NEAR: Final = r"(?:楼上|楼下|隔壁|对门|对面|顶楼|底楼)(?:的|是)?"
_HOUSE: Final = rf"(?:{_NUM} ?(?:栋|幢|座|号楼|#楼?|楼栋)|[A-Za-z] ?[座栋幢])"
_FLOOR: Final = rf"(?:{_NUM} ?(?:楼|层))"
_ACT: Final = r"(?! ?[报打去来反投申提交就已被看碰遇等后])"
"""What is done on a day: 11-3 is a date before it."""
_YEAR: Final = r"(?!(?:19|20)\d\d(?!\d))"
_EMERGENCY: Final = r"(?!(?:110|119|120|122|12345)(?!\d| ?室| ?号))"

ROOMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # behind an entrance: 2单元1103, 2单元3号, 二单元十一楼三号
        rf"单元{_GAP}(?:{_FLOOR}{_GAP})?{_EMERGENCY}(?P<room>{_NUM}){_DOOR}",
        rf"单元{_GAP}(?:{_FLOOR}{_GAP})?{_EMERGENCY}(?P<room>{_BIG}(?:[、,，和及 ]{{1,2}}{_BIG})*){_COUNTED}",
        rf"单元{_GAP}(?P<room>(?<!\d)\d{{1,2}} ?[-—－–] ?\d{{1,2}}(?!\d)){_COUNTED}",
        rf"(?<![\d号])\d{{1,2}} ?门{_GAP}{_EMERGENCY}(?P<room>{_BIG}){_COUNTED}",
        r"\d ?(?:dan ?yuan|entrance|unit) ?(?P<room>(?<!\d)\d{3,4}(?!\d))",
        # behind a house or a floor: 3栋501, 3号楼2-1103, 5楼3号
        rf"{_HOUSE}{_GAP}(?:{_FLOOR}{_GAP})?{_EMERGENCY}(?P<room>{_BIG}){_COUNTED}",
        rf"{_HOUSE}{_GAP}\d{{1,2}} ?[-—－–] ?(?P<room>(?<!\d)\d{{3,4}}(?!\d)){_COUNTED}",
        rf"(?<![A-Za-z\d\-{_PARTS}])[A-Za-z]\d{{0,2}} ?[-—－–] ?(?P<room>\d{{3,4}})(?![\dA-Za-z.\-])"
        rf"(?! ?号?[{_PARTS}]){_COUNTED}",
        rf"{_FLOOR}{_GAP}{_EMERGENCY}(?P<room>{_NUM}){_DOOR}",
        rf"{_FLOOR}{_GAP}{_EMERGENCY}(?P<room>(?<!\d)\d{{3,4}}(?!\d)){_COUNTED}",
        # called so: 1103室, 1103号房, 房号1103
        rf"(?P<room>{_BIG}) ?(?:室(?![外内温友厅两一])|号房(?!产)|号?房(?![间屋东租子价产源贷号改管车地顶]))",
        rf"{_LIVE}{_EMERGENCY}(?P<room>{_BIG}){_COUNTED}",
        r"(?:房号|门牌号?|房间号?)[是为:： ]{0,2}(?P<room>(?<!\d)\d{1,2} ?[-—－–] ?\d{1,4}(?!\d))",
        rf"{_LIVE}\d{{1,2}} ?[-—－–] ?(?P<room>(?<!\d)\d{{3,4}}(?!\d)){_COUNTED}",
        r"(?:住在?|家在|我在|[我咱俺他她]家)(?:是)?"
        rf"(?!7 ?- ?11)(?P<room>(?<!\d)\d{{1,2}} ?[-—－–] ?\d{{1,2}}(?![\d\-—－–/.])){_ACT}{_COUNTED}",
        rf"{_EMERGENCY}(?P<room>{_BIG}){_PEOPLE}",
        rf"(?<!第){_YEAR}{_EMERGENCY}(?P<room>(?<![\d.\-])\d{{3,4}}){_DOES}",
        rf"(?<!第){_YEAR}{_EMERGENCY}(?P<room>(?<![\d.\-])\d{{3,4}}){_SOMEBODY}",
        rf"{_LIVE}\d{{1,3}} ?[-—－–] ?\d{{1,2}} ?[-—－–] ?(?P<room>\d{{1,2}} ?[-—－–] ?\d{{1,2}})"
        r"(?![\d\-—－–/.])",
        rf"(?:漏|渗|滴|流)水?[到进](?:了|楼下|的){{0,2}}{_YEAR}(?P<room>\d{{3,4}}(?!\d)){_COUNTED}",
        rf"{_NEAR}{_EMERGENCY}(?P<room>{_BIG}){_COUNTED}",
        # house, entrance and door in a row: 3-2-501, 三-二-五零一
        r"(?<![\d.\-—－–/])\d{1,3}(?:栋|幢|#)? ?[-—－–/·.] ?\d{1,2}(?:单元)? ?[-—－–/·.] ?"
        r"(?!20[1-3]\d(?!\d))(?P<room>\d{3,4})(?![\d.]*\d)(?!-)",
        rf"(?<![{_HAN}])[{_HAN}]{{1,3}} ?[-—－–] ?[{_HAN}]{{1,2}} ?[-—－–] ?(?P<room>[{_HAN}]{{2,7}})",
        # in English: room 1103, flat 5B, #1103
        r"\b(?:flat|apartment|apt\.?) ?(?:no\.?|number|#)? ?(?P<room>\d{1,4}[a-d]?)\b",
        r"(?<!meeting )(?<!conference )\broom ?(?:no\.?|number|#)? ?(?P<room>\d{1,4}[a-d]?)\b"
        r"(?! ?(?:people|yuan))",
        r"\bunit \d{1,2},? ?(?:no\.?|number|#)? ?(?P<room>\d{3,4})\b",
        r"\b(?:i live (?:in|at)|my home is|my door is) (?:no\.? ?|number |#)?(?P<room>\d{3,4})\b"
        r"(?! ?[a-z]*\.? ?(?:road|street|lane|rd|st))",
    )
)


def rooms(text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last place of the number of each room in a text in narrow form."""
    text = _ZERO.sub("0", "".join(map(_plain, text)))
    for form in ROOMS:
        for hit in form.finditer(text):
            start, end = hit.span("room")
            if not _OFFICE.search(text, max(0, start - _FAR), start) and not Before(text, hit.start()).thing:
                yield start, end - 1


def _plain(one: str) -> str:
    """Return a numeral as rooms are read: 叁 as 三, ❸ as 3."""
    if one in _HAN:
        return one
    return _ALOUD[int(CHINESE[one])] if one in CHINESE else digit(one) or one
