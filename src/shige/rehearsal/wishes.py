"""Plays the sample's micro-wishes through their commands (R12)."""

from datetime import datetime, timedelta

from shige.adoptions.commands import Contact, adopt
from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve
from shige.matters.report import Place, Report
from shige.matters.wishes.commands import Claimant, claim, contacted, offer_again, publish
from shige.redline.models import Standing
from shige.sample.wishes import SampleWish, wishes
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM

NEIGHBOUR = "热心邻居"
ORGANISER = "支部联络员"
TELEPHONE = "19900000200"


def tell_wishes(until: datetime) -> int:
    """Play every wish of the sample up to ``until``; return how many there are."""
    homes = list(Building.objects.filter(households__gt=0).order_by("pk").values_list("pk", flat=True))
    told = wishes() if homes else ()
    for number, wish in enumerate(told):
        _tell(wish, homes[number * 7 % len(homes)], until, f"sample-wish-{number}")
    return len(told)


def _tell(wish: SampleWish, building: int, until: datetime, key: str) -> None:
    def ago(days: int) -> datetime:
        return until - timedelta(days=days)

    with clock.at(ago(wish.wished)):
        place = Place(building=building)
        report = Report(words=wish.words, place=place, category=wish.category, source="sample", key=key)
        filed = file_matter(PUBLIC, report)
    number = filed.matter.number
    if not wish.public:
        return
    with clock.at(ago(wish.published)):
        publish(SYSTEM, number, wish.public)
    for turn, day in enumerate(wish.claimed):
        if turn:
            with clock.at(ago(day + 1)):
                offer_again(SYSTEM, number)
        with clock.at(ago(day)):
            _claim(number, wish, filed.matter.community_id)
    if wish.contacted is not None:
        with clock.at(ago(wish.contacted)):
            contacted(SYSTEM, number, "已约好时间上门。")
    if wish.fulfilled is not None:
        with clock.at(ago(wish.fulfilled)):
            solve(SYSTEM, number, wish.done)
        with clock.at(ago(wish.fulfilled - 1)):
            confirm(PUBLIC, filed.tracking_code, wish.rating)


def _claim(number: str, wish: SampleWish, community: int | None) -> None:
    """Let a neighbour claim a wish, or the first Party organisation of its community where there is one."""
    seats = Standing.objects.living().filter(area__community=community).order_by("pk")
    organisation = seats.values_list("organisation", flat=True).first() if wish.party else None
    if organisation is None:
        claim(PUBLIC, number, Claimant(NEIGHBOUR, TELEPHONE, wish.group))
    else:
        adopt(SYSTEM, organisation, number, Contact(ORGANISER, TELEPHONE))
