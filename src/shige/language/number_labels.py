"""Words beside a number that say whose it is: a person's telephone, or a meter, an order, a pole."""

import re
from functools import cached_property
from typing import Final

CALLED: Final = (
    "用?户号|户编号?|表号|卡表|缴费号|客户编号|受理号|案[件]?号|单号|流水号?|杆号|灯号|注册代码|登记[证编]号?|序列号|机身号|"
    "编号|编码|条码|标识码|查询[码号]|取件码|验证码|发票号?|票据?号|凭证号?|批[文次]?号|文号|许可证号?|信用代码|统一代码|房产证号?|"
    "产权证号?|箱号|柜号|车架号|货号|型号|邮编|坐标|经纬?度|纬度|总价|金额|预算|热线|客服电话|服务电话|值班电话|"
    "(?<![a-z])(?:order|meter|serial|pole|lamp|ticket|case|imei|sn|ref|reference|lon|lat|longitude|latitude|"
    "hotline|invoice|contract)(?![a-z])"
)
"""What a number of a thing is called."""

THINGS: Final = (
    "[水电气]表|燃气[表卡]|工单|派单|订单|运单|快递|灯?杆|路灯|电梯|设备|合同|执照|不动产|井盖|窨井|消火栓|箱变|变压器|"
    "配电[箱柜]?|摄像头|监控|二维码|网格"
)
"""Things that have numbers: one of them right before a number is none yet (修电梯 138…), its 号 is."""

_LINK: Final = (
    r"(?:号码?|编[号码]|代码|码|牌|标签|上面?写?的|上|的|是|为|number|no|id|is"
    r"|[\s:.#№=\-—()“”\"'「」【】\[\]])*+"
)
"""What links a label to its number; taken for good (``*+``), as what is taken twice is looked at for ever."""

THING_BEFORE: Final = re.compile(
    rf"(?:{CALLED}|(?:{THINGS})[上的]?(?:号码?|编[号码]|代码|码|牌号?|标签)){_LINK}$", re.IGNORECASE
)
BESIDE_THING: Final = re.compile(rf"(?:{CALLED}|{THINGS}){_LINK}$", re.IGNORECASE)
THING_AFTER: Final = re.compile(
    r"^[\s(,]*(?:这?是|为)?(?:我家|我们?|那个|该)?(?:的)?[水电燃路灯杆梯]{0,3}气?(?:卡|表)?"
    r"(?:户号|表号|工单[编号]*号|订单号|单号|受理[编号]*号|案[件编]*号|(?:灯|杆|电梯|设备)[编]?号)"
)

PERSONS: Final = (
    "电话|手机|座机|固话|联系方式|联系我|联系他|联系她|联系|致电|拨打|打给|打我|回电|来电|短信|微信同号|"
    r"phone|tel|mobile|cell|call|text|contact|reach"
)
TELEPHONE_BEFORE: Final = re.compile(
    rf"(?:{PERSONS})(?:号码?|是|为|me|him|her|them|at|on|number|no|的[是为]?|[\s:：.#=\-—()（）])*+$",
    re.IGNORECASE,
)
HOTLINE: Final = re.compile(r"(?:热线|客服|服务|值班)(?:电话|号码)?\W*$")
CARD_BEFORE: Final = re.compile(
    r"(?:身份证|证件|社保卡?|医保卡?|id card|identity)"
    r"(?:号码?|后?[四六八]位|末[四六]位|是|为|number|no|[\s:.#=\-—()])*+$",
    re.IGNORECASE,
)
BANK_BEFORE: Final = re.compile(
    r"(?:银行卡|[工农中建交招]行卡|卡号|账[号户]|帐[号户]|储蓄卡|信用卡|打款|转账到|工行|农行|建行|中行|邮储|card)"
    r"(?:号码?|是|为|尾号|number|no|[\s:：.#=\-—()（）])*+$",
    re.IGNORECASE,
)
LETTERS_READ: Final = 24
"""Characters beside a number that are looked at."""


def is_thing(text: str, start: int, end: int) -> bool:
    """Say whether the words beside a part of a text call it the number of a thing."""
    return Before(text, start).thing or is_thing_behind(text, start, end)


def is_thing_behind(text: str, start: int, end: int) -> bool:
    """Say whether the words behind call it so, where those before do not call it a person's telephone."""
    return not Before(text, start).own and bool(THING_AFTER.search(text[end : end + LETTERS_READ]))


class Before:
    """The words before a place of a text: what they call a number that begins there, each asked once."""

    def __init__(self, text: str, start: int) -> None:
        self.near = text[max(0, start - LETTERS_READ) : start]

    @cached_property
    def own(self) -> bool:
        """Whether they call it a person's telephone."""
        return self.telephone and not HOTLINE.search(self.near)

    @cached_property
    def thing(self) -> bool:
        """Whether they call it the number of a thing."""
        return not self.own and bool(THING_BEFORE.search(self.near))

    @cached_property
    def beside_thing(self) -> bool:
        """Whether a thing stands right before it, so that a number that may be any is its."""
        return bool(BESIDE_THING.search(self.near))

    @cached_property
    def telephone(self) -> bool:
        """Whether they speak of a telephone, be it a hotline's."""
        return bool(TELEPHONE_BEFORE.search(self.near))

    @cached_property
    def card(self) -> bool:
        """Whether they call it the number of a person's card."""
        return bool(CARD_BEFORE.search(self.near))

    @cached_property
    def bank(self) -> bool:
        """Whether they call it that of a bank card or account."""
        return bool(BANK_BEFORE.search(self.near))

    def calls_card(self, digits: str) -> bool:
        """Say whether digits are called a card, of whatever check digit: a mistyped one may hold another."""
        return 15 <= len(digits) <= 21 and (self.card or self.bank)

    def calls_own(self, digits: str) -> bool:
        """Say whether digits are called a person's number that no plan knows: cut, mistyped, local."""
        if self.card:
            return len(digits) >= 4
        if self.bank:
            return 12 <= len(digits) <= 21
        return 7 <= len(digits) <= 13 and not digits.startswith(("400", "800")) and self.telephone
