"""Recognise what points to a person in an ordinary text: a surname with a title, a door, a number plate."""

import re
import unicodedata
from typing import Final

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康牛庞殷詹文易樊蓝颜倪柯柳欧甘"
)
_TITLES: Final = (
    "先生|女士|小姐|太太|师傅|阿姨|嬢嬢|孃孃|大爷|大妈|大叔|大姐|大哥|婆婆|爷爷|奶奶|"
    "老师|医生|书记|主任|经理|某"
)
_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_COUNT: Final = r"(?:\d+|[一二三四五六七八九十百零〇]+)"

PERSONS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])(?:{_TITLES})",
        r"\b(?:Mr|Mrs|Ms|Miss|Dr)\b\.? ?[A-Z]\w+",
        # A door: behind its entrance, as a room, or as building-entrance-door.
        rf"{_COUNT} ?(?:单元|楼|层) ?{_COUNT} ?(?:号|室|户(?!居民|人家|以上|左右))",
        r"(?<!\d)\d{3,4} ?(?:室|号房|房(?!间|屋|东))",
        r"(?<!\d)\d{1,3} ?[-－—] ?\d{1,2} ?[-－—] ?\d{3,4}(?!\d)",
        r"\b(?:flat|room|apartment|apt\.?|unit) ?(?:no\.? ?)?\d{2,4}\b",
        # A number plate.
        rf"[{_PROVINCES}][A-Z] ?[·.•]? ?[A-Z0-9]{{5,6}}(?![A-Z0-9])",
    )
)


def person_in(text: str) -> str:
    """Return the first part of a text that points to a person; empty where there is none."""
    plain = unicodedata.normalize("NFKC", text)
    found = [hit for form in PERSONS if (hit := form.search(plain))]
    return min(found, key=re.Match.start).group() if found else ""
