"""Lets residents of the sample speak of danger and of staff, so that trained staff have something to see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shige.matters import clock
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import add_note, take
from shige.matters.report import Place, Report
from shige.matters.sealing.commands.guard import ask_release, release
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM


@dataclass(frozen=True, slots=True)
class SealedReport:
    """What somebody reports, how many hours ago, and what trained staff did with it."""

    words: str
    category: str
    answers: Answers
    hours: int
    note: str = ""
    released: str = ""
    phone: str = ""
    callback: str = ""


APART: Final = 40
"""How many buildings lie between two of the stories."""

STORIES: Final = (
    SealedReport("楼上半夜摔东西，女的一直在哭", "05.4", Answers("yes"), 2),
    SealedReport(
        "他喝了酒就动手，我不敢回家", "05.1", Answers("cannot_talk"), 30,
        note="已按约定先发短信联系，本人暂住亲戚家，已联系妇联和派出所。",
        phone="13900000021", callback="工作日上午10点到11点，先发短信，不要打电话",
    ),
    SealedReport("微网格员收了钱不办事，态度很差", "11.2", Answers("none"), 5),
    SealedReport("街道办的干部收商户红包", "13.2", Answers("none", about_staff="official"), 50),
    SealedReport(
        "单元门口的灯坏了", "02.1", Answers("yes"), 26,
        released="已联系，是按错了，没有人有危险，按照明问题办理。",
    ),
)  # fmt: skip


def tell_sealed(until: datetime) -> int:
    """Let the stories happen in some buildings before ``until``; return how many there are."""
    homes = list(Building.objects.filter(households__gt=0).order_by("pk")[: APART * len(STORIES) : APART])
    told = list(zip(STORIES, homes, strict=False))
    for number, (story, home) in enumerate(told):
        _tell(story, home, until - timedelta(hours=story.hours), f"sample-sealed-{number}")
    return len(told)


def _tell(story: SealedReport, home: Building, moment: datetime, key: str) -> None:
    report = Report(
        words=story.words,
        place=Place(lon=home.lon, lat=home.lat, building=home.pk),
        category=story.category,
        phone=story.phone,
        source="sample",
        key=key,
        answers=story.answers,
        callback=story.callback,
    )
    with clock.at(moment):
        number = file_matter(PUBLIC, report).matter.number
    with clock.at(moment + timedelta(minutes=40)):
        if story.note:
            take(SYSTEM, number)
            add_note(SYSTEM, number, story.note)
        if story.released:
            ask_release(SYSTEM, number, story.released)
            release(SYSTEM, number, story.released)
