"""Read an address as people write it: what place, which number, building, entrance, floor and room.

Nothing is looked up here, and nothing is ever refused: what is not understood stays part of the name, and the
search (``shige.territory.places``) finds names that are contained in longer text.
"""

import re
from dataclasses import dataclass
from typing import Final

from .counts import FORMAL, HAN_DIGITS, number_of
from .spelling import HAN, plain

COUNT: Final = rf"(?:\d{{1,4}}|[{HAN_DIGITS}]{{1,5}})"
NUMERALS: Final = HAN_DIGITS + "".join(map(chr, FORMAL))
SAID: Final = rf"(?:\d{{1,4}}|[{NUMERALS}]{{1,5}})"
"""A number before a word that only counts parts of a house; the formal ones stand in names too (学府壹号)."""

HIGHEST: Final = 999
"""No building has more entrances or floors."""

UNIT: Final = r"(?![a-z])"
"""A unit in pinyin ends here."""

DASH: Final = r"\s*[-‐–—~_/]\s*"
END: Final = r"(?![a-z0-9])"
LETTER: Final = r"(?<![a-z])[a-z](?=\s*(?:栋|幢|座|号楼|单元))|[甲乙丙丁戊](?=\s*(?:栋|幢|座|单元))"
NAMED: Final = rf"(?:{SAID}|{LETTER})"

GROUP: Final = re.compile(rf"[{HAN_DIGITS}]{{1,3}}(?=[组队])")
"""A villagers' group belongs to the name (柳溪村6组); it is counted in digits."""

MIXED: Final = re.compile(
    rf"(?<![\d{NUMERALS}])(?=\d+[{NUMERALS}]|[{NUMERALS}]+\d)(?=[\d{NUMERALS}]*[0零〇十百])"
    rf"(?![\d{NUMERALS}]*[{NUMERALS}]\d\d)[\d{NUMERALS}]{{2,5}}(?![\d{NUMERALS}])"
)
"""One number in digits and numerals (7零2, 三0一, 2十): known by its zero or ten; in 八一10号 a name ends."""

ROUND: Final = re.compile(r"(?<=\d)o(?=\d)|[○◯⚪]")
"""What is typed for a zero."""

LOOSE: Final = re.compile(rf"(?<=[\d{HAN_DIGITS}])\s+(?=[零〇])|(?<=[零〇])\s+(?=[\d{HAN_DIGITS}])")
"""Blanks around a zero between numerals: 7 零 2."""

FORMS: Final = tuple(
    re.compile(form)
    for form in (
        # English first: its words stand before the numbers that others would take.
        r"\b(?:building|block|bldg|blk)\b\.?\s*(?:no\b\.?|number\b)?\s*#?(?P<building>\d{1,4}|[a-z](?![a-z]))",
        r"\b(?:entrance|unit|staircase)\b\.?\s*(?:no\b\.?)?\s*(?P<entrance>\d{1,2})" + END,
        r"\b(?:room|rm|flat|apartment|apt)\b\.?\s*(?:no\b\.?)?\s*#?(?P<room>\d{1,4}[a-z]?)" + END,
        r"\b(?P<floor>\d{1,3})(?:st|nd|rd|th)?\s+floor\b",
        r"\bfloor\s*(?P<floor>\d{1,3})" + END,
        r"\b(?:no\b\.?|number\b)\s*(?P<number>\d{1,5})" + END,
        r"(?<![\w-])(?P<number>\d{1,5})(?=,?\s+[a-z' ]+?\b(?:road|rd|street|st|avenue|ave|lane|alley)\b)",
        # 3-2-5-01, 3-2-501: building, entrance, (floor,) room.
        rf"(?<![\d-])(?P<building>\d{{1,3}}){DASH}(?P<entrance>\d{{1,2}}){DASH}(?P<floor>\d{{1,2}}){DASH}"
        rf"(?P<room>\d{{1,2}})(?![\d-])",
        rf"(?<![\d-])(?P<building>\d{{1,3}}){DASH}(?P<entrance>\d{{1,2}}){DASH}(?P<room>\d{{3,4}}[a-z]?)(?:室|号|房)?(?![\d-])",
        # 75-79号 is a row of shops, 12号附3号 a door beside a number.
        rf"(?<![\d-])(?P<number>\d{{1,5}}{DASH}\d{{1,5}})\s*(?:号|hao{UNIT})",
        rf"(?P<number>{COUNT}\s*号?\s*附\s*{COUNT})\s*号?",
        # The building: 3栋, 三幢, A座, 3号楼, 3#楼, 3 dong, 3d.
        rf"第?(?P<building>{NAMED})\s*(?:号楼|号栋|[栋幢](?:楼(?![道下上顶梯前后底里]))?|座(?!椅)|#\s*楼?|楼栋|haolou{UNIT}|dong{UNIT}|zhuang{UNIT}|zuo{UNIT})",
        r"(?P<building>\d{1,3})\s*d(?=\d|[^a-z]|$)",
        rf"(?P<building>{COUNT})\s*号(?=\s*{NAMED}\s*(?:单元|门洞))",
        # The entrance, and with it the room: 2单元501, 2-501 behind a building.
        rf"第?(?P<entrance>{NAMED})\s*(?:单元|单位门|号门(?![面口前外后卫牌边])|门洞|梯(?![田子])|danyuan{UNIT}|dy(?![a-z]))",
        rf"(?<=\0)\s*(?P<entrance>{NAMED})\s*(?:楼?门|口)(?![面口前外后卫牌边诊厅])",
        r"(?P<side>[东西南北中左右])(?:边|侧)?(?:单元|门洞)",
        rf"(?<=\0)\s*(?P<entrance>\d{{1,2}})(?:{DASH}|#)(?P<room>\d{{3,4}}[a-z]?)(?:室|号|房)?(?!\d)",
        # 3-501: building and room.
        rf"(?<![\d-])(?P<building>\d{{1,3}}){DASH}(?P<room>\d{{3,4}}[a-z]?)(?:室|号|房)?(?![\d-])",
        rf"(?P<room>{SAID}[a-z]?)\s*(?:室(?!内)|号房|房间|shi{UNIT})",
        rf"(?P<below>地下|负|-|b)\s*(?P<floor>[1-9]|[{HAN_DIGITS}])\s*(?:楼|层|f{UNIT})",
        r"(?P<end>顶楼|顶层|最高层|最高一层|最上面一层|底楼|底层|\btop\s+floor\b|\bground\s+floor\b)",
        rf"第?(?P<floor>{SAID})\s*(?:楼(?!栋|盘|梯房)|层|f{UNIT}|lou{UNIT}|ceng{UNIT})",
        # The number on its street.
        rf"(?P<number>{COUNT})\s*(?:号(?!楼|院|线|桥|工地)|号(?=院)|hao{UNIT}|h(?![a-z]))",
        # A room that stands alone at the end: 3栋501, 2单元501号.
        rf"(?<=\0)\s*(?P<room>\d{{3,4}}[a-z]?|[{HAN_DIGITS}]{{3,4}}|\d{{1,2}}{DASH}\d{{1,2}})(?!\d)",
        # A dwelling by its side: 5楼左手边那家.
        r"(?<=\0)\s*(?P<room>[左右]手?[边侧面户]?(?:的?那?一?[家户])?)(?=$|[\s,，。])",
        # A number that stands alone behind a name: 玉兰路7, hty3.
        rf"(?<=[{HAN}a-z])\s*(?P<number>[1-9]\d{{0,3}})$",
    )
)
"""The forms of parts, most certain first; what one has taken is cut out and leaves ``\\0`` behind."""


def _han(form: str) -> re.Pattern[str]:
    """Compile a form in which ``@`` stands for a Chinese character."""
    return re.compile(form.replace("@", f"[{HAN}]"))


STREET: Final = _han(
    r"@{1,8}?(?:大道|大街|胡同|路(?!灯|面)|街(?!道|坊)|巷(?!子口)|弄(?!堂))"
    r"(?:[东南西北中上下]?[一二三四五六七八九十]?段|[东南西北中横支]?[一二三四五六七八九十]?(?:街|巷|路)(?!道|灯))?"
)
ABOVE: Final = _han(
    r"^(?:@{2,3}省)?(?:@{2,4}市(?=@{1,4}[区县]))?(?:@{2,3}(?<![小社园片])[区县](?=@))?"
    r"(?:@{2,4}街道(?:办事处|办)?)?(?:@{2,4}社区(?:居委会)?)?"
)
BREAKS: Final = _han(r"[\0,，。;；、:：()（）\[\]【】|]+|\s+(?=@)|(?<=@)\s+")
NOISE: Final = re.compile(
    r"地址(?:是|为)?|我们?家?(?:就)?(?:住在?|在|是)|我们?家|[我咱俺]们|家(?:住|在)|(?:就|正)?在(?=[^线])|位于|"
    r"楼底?下|楼上|旁边儿?|边边上?|侧边|边上|[斜正]?对面|[斜正]?对门|附近|周围|隔壁|门口|门前|大门|后门|正门|侧门|入口|出口|"
    r"(?<=[路街巷道段弄])(?:十字|丁字|三岔)?路口|十字路口|丁字路口|里面|外面|里头|外头|院子里|(?<=小区)内|内(?=$|的)|那里|那边|那儿|这里|这边|这儿|(?<=[路街巷段])[口边]|交叉口?|"
    r"楼道|楼顶|屋顶|天台|天楼|楼梯间|过道|电梯口?|地下车库|车库|停车场|围墙|花台|拐角|靠近|的|(?<=[路街巷段道])[和与跟同及](?=.)|有个|一个|上(?=$|的)|里(?=$|的)|旁(?=$|的)|"
    rf"(?<=[{HAN}][{HAN}])(?:[东南西北左右]{{1,2}}(?:门|侧|边|面|角|头)[口外]?|侧面|背后|背面|[前后][面头]|转角|口子上?|坎[上下]|"
    rf"出门[左右]拐|往[东南西北左右前后][{HAN}\d]{{0,8}}|那[条个边][{HAN}]{{0,4}})(?=$|[\0\s,，。的])|"
    r"\b(?:i am|i'm|i live|near|next to|opposite|behind|in front of|at|in|of|the|gate|entrance|downstairs)\b"
)
"""What people say around a place: it parts names and is none of them."""

EMPTY: Final = frozenset(
    ("", "院", "号", "栋", "楼", "口", "边", "上", "下", "里", "前", "后", "旁", "处", "s")
)
"""What may be left beside a number or a street and names nothing."""


BEHIND: Final = re.compile(r"\0[\s,，、的]*$")
"""What stands right behind a part that was taken out."""

TOP: Final = frozenset(("顶楼", "顶层", "最高层", "最高一层", "最上面一层", "top floor"))

BESIDE: Final = re.compile(
    r"\d{3,4}[a-z]?\s*(?:号|室|房)?\s*的?\s*(?P<upright>楼上|楼下|上面|下面)?(?(upright)|(?:隔壁|对门|斜?对面|旁边|边上))"
)
"""A room by which another one is meant: whoever lives in 702的隔壁 does not live in 702."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address taken apart; empty where nothing was said.

    ``names`` are the texts that may name a street, compound or landmark, in their order. ``number`` is the
    house number on its street ("12", "12附3", "75-79"), ``building`` that in its compound ("3", "a").
    ``room`` points to a dwelling and is personal; floors below the ground are negative. ``top`` is the
    highest floor, of whatever number.
    """

    names: tuple[str, ...] = ()
    number: str = ""
    building: str = ""
    entrance: int | None = None
    floor: int | None = None
    room: str = ""
    top: bool = False

    @property
    def street(self) -> str:
        """The first name that is a street's."""
        return next((name for name in self.names if STREET.fullmatch(name)), "")

    @property
    def numbered(self) -> bool:
        """Whether a house is meant: by its number on a street, or in a compound."""
        return bool(self.number or self.building)

    @property
    def place(self) -> str:
        """The last name that is no street's: a compound or landmark."""
        return next((name for name in reversed(self.names) if not STREET.fullmatch(name)), "")


def read_address(text: str) -> Written:
    """Take an address apart."""
    rest, parts = ROUND.sub("0", plain(text).replace("\0", " ")), dict[str, str]()
    rest = MIXED.sub(_counted, GROUP.sub(_counted, LOOSE.sub("", rest)))
    beside = BESIDE.search(rest)
    for form in FORMS:
        rest = _taken(form, rest, parts)
    room, floor, end = parts.get("room", ""), _whole(parts.get("floor", "")), parts.get("end", "")
    if end and end not in TOP:
        floor = 1
    elif floor is None:
        floor = _floor_of(_label(room))
    elif parts.get("below"):
        floor = -floor
    if parts.get("side"):
        room = f"{parts['side']}单元{_label(room)}"
    if beside:
        room, floor = "", None if beside["upright"] else floor
    return Written(
        names=_names(rest),
        number=_number(parts.get("number", "")),
        building=_label(parts.get("building", "")),
        entrance=_whole(parts.get("entrance", "")),
        floor=floor,
        room=_label(room),
        top=end in TOP,
    )


ASIDE: Final = re.compile(
    r"^\s*的?((?:旁边|边边|边上|侧边|对面|斜对面|对门|附近|周围|隔壁|门口|门前|楼下|后面|背后|前面|外面)[^\d\0]{0,16})$"
)
"""What is meant beside a house, such as 旁边车棚: no numbers, which may be a dwelling's."""


def beside(text: str) -> str:
    """Return what a text says behind its last house, where that lies beside it: 旁边车棚 of 3栋旁边车棚."""
    houses = list(re.finditer(r"号楼|[栋幢座]", text)) or list(re.finditer("号院|号", text))
    found = ASIDE.match(text[houses[-1].end() :]) if houses else None
    return found[1].strip() if found and not read_address(text).room else ""


def house_number(number: str) -> str:
    """Return a house number as a sign has it: 12号, 75-79号, and 12号附3号 of the door beside one."""
    return "号附".join(number.split("附")) + "号"


def without_door(text: str) -> str:
    """Return an address without entrance, floor and room, as neighbours and lists may read it (P1)."""
    said = read_address(text)
    if said.entrance is None and said.floor is None and not said.room and not said.top:
        return text
    number = house_number(said.number) if said.number else ""
    called = "号" if re.search(rf"{said.building}\s*号(?![楼栋])", plain(text)) else "栋"
    return "".join(said.names) + number + (f"{said.building.upper()}{called}" if said.building else "")


def _counted(found: re.Match[str]) -> str:
    count = number_of(found.group())
    return found.group() if count is None else str(count)


def _taken(form: re.Pattern[str], rest: str, parts: dict[str, str]) -> str:
    """Cut the first match of a form out, unless what it says was said before."""
    for found in form.finditer(rest):
        said = {name: value for name, value in found.groupdict().items() if value}
        said = _as_meant(said, parts, behind=BEHIND.search(rest[: found.start()]) is not None)
        if said.keys() & parts.keys():
            continue
        parts |= said
        return f"{rest[: found.start()]}\0{rest[found.end() :]}"
    return rest


def _as_meant(said: dict[str, str], parts: dict[str, str], *, behind: bool) -> dict[str, str]:
    """Return what a number means right behind another part: 2单元5号 is a room, 20号3号 a building."""
    if said.keys() == {"number"}:
        if behind and "entrance" in parts and "room" not in parts:
            return {"room": said["number"]}
        if "number" in parts and "building" not in parts:
            return {"building": said["number"]}
    return said


def _names(rest: str) -> tuple[str, ...]:
    pieces = (piece.strip(" .#-'\"") for piece in BREAKS.split(NOISE.sub("\0", rest)))
    return tuple(dict.fromkeys(part for piece in pieces if piece not in EMPTY for part in _parted(piece)))


def _parted(piece: str) -> list[str]:
    """Part a piece into a street and what follows; the divisions above are left out where more is said."""
    above = ABOVE.match(piece)
    if above and above.end() < len(piece):
        piece = piece[above.end() :]
    street = STREET.match(piece)
    parts = [piece[: street.end()], piece[street.end() :]] if street else [piece]
    return [part for part in parts if part not in EMPTY]


def _label(written: str) -> str:
    """Return a number in digits; letters and what is no number stay."""
    count = number_of(written)
    return str(count) if count is not None else written.strip().replace("甲", "a").replace("乙", "b")


def _whole(written: str) -> int | None:
    if not written:
        return None
    count = number_of(written)
    if count is not None and count > HIGHEST:
        return None
    if count is None and len(written) == 1:
        return "abcdefgh".find(written) + 1 or "甲乙丙丁戊".find(written) + 1 or None
    return count


def _number(written: str) -> str:
    parts = [part for part in re.split(r"(附|-)", re.sub(r"[号\s]", "", re.sub(DASH, "-", written))) if part]
    return "".join(part if part in "附-" else _label(part) for part in parts)


def _floor_of(room: str) -> int | None:
    """Return the floor that a room's number tells: 501 lies on the fifth, 1203 on the twelfth."""
    digits = re.match(r"\d+", room)
    return int(digits.group()[:-2]) or None if digits and len(digits.group()) in (3, 4) else None
