"""What somebody asks about their own data is for the office: the grid chain neither sees nor counts it."""

import pytest

from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.trust.gate import PUBLIC

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.mark.parametrize("who", ["micro_worker", "fulltime_worker", "community_chief"])
def test_nobody_below_the_street_sees_it(town: Town, who: str) -> None:
    asked = report("请删除我的个人信息", category="11.5", place=town.place("micro"))
    matter = file_matter(PUBLIC, asked).matter
    assert town.owner(matter) == "district_centre"
    assert not Matter.objects.filter(seen_by(town.viewer(who))).exists()
