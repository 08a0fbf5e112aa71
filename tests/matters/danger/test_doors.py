"""Whoever is complained about, and whoever mediates, reads nothing of it, by whatever door (P3, P4)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from shige.matters import clock
from shige.matters.confirmation.commands.answers import add_words, say_not_solved
from shige.matters.danger.said import Said
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.importing.commands import import_matters
from shige.matters.importing.rows import read_matters
from shige.matters.models import Claim, Matter, Step
from shige.matters.models.follower import Follower
from shige.matters.neighbours.commands import join, say_beside
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.report import Place
from shige.matters.wishes.commands import Claimant, claim, publish, say_as_claimant
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Person

from ..handling.test_pages import signed_in
from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

VIOLENCE: Final = "我老公昨晚又打我，打得我满脸是血，我很害怕"
BLAME: Final = "刘仁杰收了我两百块钱，请处理"
TEXTS: Final = {
    VIOLENCE: "满脸是血",
    BLAME: "两百块",
    f"{BLAME}，谢谢": "两百块",
    "刘仁杰骂我妈，请处理，谢谢！": "骂我妈",
    "楼上漏水，我住2单元1103，电话13800001234": ("1103", "13800001234"),
}  # fmt: skip
"""What is said, and what of it the worker of the grid reads nowhere."""

Door = Callable[[Town, str], object]


def by_report(town: Town, said: str) -> None:
    """Report it."""
    file_matter(PUBLIC, report(said, place=town.place("micro"), category="01.1"))


def by_dispute(town: Town, said: str) -> None:
    """Report it as a quarrel of neighbours, which the worker would mediate."""
    file_matter(PUBLIC, report(said, place=town.place("micro"), category="05.4"))


def by_address(town: Town, said: str) -> None:
    """Write it where the address belongs, beside a pin."""
    place = replace(town.place("micro"), address=f"桂香街22号海棠苑1栋，{said}")
    file_matter(PUBLIC, report("楼道里有情况", place=place, category="05.4"))


def by_name(town: Town, said: str) -> None:
    """Write it where the own name belongs."""
    file_matter(PUBLIC, report("楼道里有情况", place=town.place("micro"), category="05.4", name=said))


def by_import(town: Town, said: str) -> None:
    """Write it into a table of the hotline."""
    point = town.place("micro")
    row = f"1,{clock.now():%Y-%m-%d} 00:10,{said.replace('，', '；')},垃圾清运,{point.lon},{point.lat}"
    table = f"编号,受理时间,诉求内容,类别,经度,纬度\n{row}\n"
    intake = read_matters("热线.csv", table.encode())
    assert intake.drafts, intake.faults
    import_matters(SYSTEM, intake, town.areas["street"])


def by_adding(town: Town, said: str) -> None:
    """Add it later."""
    filed = file_matter(PUBLIC, report("路灯不亮了", place=town.place("micro"), category="02.1"))
    add_words(PUBLIC, filed.tracking_code, said)


def by_answering(town: Town, said: str) -> None:
    """Say it of a result."""
    filed = file_matter(PUBLIC, report("路灯不亮了", place=town.place("micro"), category="02.1"))
    viewer = town.viewer(town.owner(filed.matter))
    take(viewer, filed.matter.number)
    solve(viewer, filed.matter.number, "已经修好")
    say_not_solved(PUBLIC, filed.tracking_code, said)


def _joined(town: Town, said: str) -> str:
    file_matter(PUBLIC, report("路灯不亮了", place=town.place("micro"), category="02.1"))
    place = Place(building=town.buildings["micro"].pk)
    (one,) = known_nearby("02.1", place)
    return join(PUBLIC, "02.1", place, one.reference, "form", said).tracking_code


def by_joining(town: Town, said: str) -> None:
    """Join what is known and say it."""
    _joined(town, said)


def by_following(town: Town, said: str) -> None:
    """Say it of what one joined."""
    say_beside(PUBLIC, _joined(town, ""), said)


def by_claiming(town: Town, said: str) -> None:
    """Say it of a wish that one claims."""
    filed = file_matter(PUBLIC, report("想要一台旧电脑", place=town.place("micro"), category="14.1"))
    publish(town.viewer("community_chief"), filed.matter.number, "一台能上网的旧电脑")
    code = claim(PUBLIC, filed.matter.number, Claimant("周先生", "028-8555 0000"))
    say_as_claimant(PUBLIC, code, said)


DOORS: Final[tuple[Door, ...]] = (
    by_report, by_dispute, by_address, by_name, by_import, by_adding, by_answering, by_joining, by_following,
    by_claiming,
)  # fmt: skip


@pytest.fixture
def named(town: Town) -> Town:
    """Give the worker of the place a name as people have one."""
    Person.objects.filter(pk=town.persons["micro_worker"].pk).update(service_name="刘仁杰")
    return town


@pytest.mark.parametrize("said", TEXTS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_the_worker_of_the_grid_reads_nothing_of_it(named: Town, door: Door, said: str) -> None:
    door(named, said)
    hidden = TEXTS[said]
    for read in everything_read(named, "micro_worker"):
        for one in (hidden,) if isinstance(hidden, str) else hidden:
            assert one not in read


def everything_read(town: Town, who: str) -> list[str]:
    """Return the pages of matters that somebody may open."""
    client = signed_in(town, who)
    doors = ["/office/", "/office/matters/"]
    doors += [f"/office/matters/{number}/" for number in Matter.objects.values_list("number", flat=True)]
    answers = [client.get(door, follow=True) for door in doors]
    assert answers[0].status_code == answers[1].status_code == 200
    return [answer.content.decode() for answer in answers if answer.status_code == 200]


@pytest.mark.parametrize("said", [VIOLENCE, BLAME, f"{BLAME}，谢谢"])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_it_stands_in_no_column_in_plain_text(named: Town, door: Door, said: str) -> None:
    door(named, said)
    unsealed = [*Matter.objects.filter(sealed=0), *Step.objects.all(), *Follower.objects.all()]
    told = " ".join(str(vars(row)) for row in (*unsealed, *Claim.objects.all()))
    assert TEXTS[said] not in told


def test_nobody_makes_what_is_said_but_who_listens() -> None:
    with pytest.raises(TypeError):
        Said("", "", None, frozenset())  # type: ignore[arg-type]


def test_danger_told_where_the_address_belongs_shows_the_number_first(named: Town) -> None:
    client = Client()
    client.post("/report/", {"words": "楼道里有情况", "danger": "none"}, follow=True)
    sought = client.post("/report/place/", {"q": "桂香街22号旁边老公又在打我了救命啊", "search": "1"})
    assert sought.status_code == 302 and sought["Location"].startswith(reverse("channels:emergency"))
