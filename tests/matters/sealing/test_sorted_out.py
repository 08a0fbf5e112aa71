"""A complaint about staff that is sorted out of complaints keeps its seal and reaches no mediator (P3)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.disputes.mediation.settlement import to_committee
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import reveal_contact
from shige.matters.handling.commands.handling import take
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter
from shige.matters.report import Filed
from shige.matters.sealing.commands.guard import release
from shige.matters.tasks.actors import candidates
from shige.matters.tracking.queries import as_reported
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import VaultReading

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

PHONE = "13812345678"
ELSEWHERE = ("05.4", "05.1", "01.1", "02.1", "11.2", "11.7", "14.1")


def complained(town: Town) -> Filed:
    """File a complaint about a worker with name and telephone."""
    words = report("微网格员态度恶劣", category="11.3", name="陈先生", phone=PHONE, place=town.place("micro"))
    return file_matter(PUBLIC, words)


def read(town: Town, who: str, matter: Matter) -> None:
    """Put on record that somebody has opened the words."""
    VaultReading.objects.create(
        handle=matter.words_handle, person=town.persons[who], role="x", reason="x", at=WEDNESDAY
    )


@pytest.mark.parametrize("category", ELSEWHERE)
@pytest.mark.parametrize("who", ["service_centre", "street_officer", "system"])
def test_whatever_it_is_sorted_into_it_stays_sealed_in_trained_hands(
    town: Town, category: str, who: str
) -> None:
    viewer = SYSTEM if who == "system" else town.viewer(who)
    matter = sort(viewer, complained(town).matter.number, category)
    assert (matter.kind, matter.sealed, matter.confidential) == ("guarded", 1, True)
    assert town.owner(matter) == "service_centre" and matter.words == ""


def test_the_mediator_opens_nobodys_name(town: Town) -> None:
    number = complained(town).matter.number
    centre = town.viewer("service_centre")
    sort(centre, number, "05.4")
    take(centre, number)
    with pytest.raises((ValidationError, PermissionDenied)):
        to_committee(centre, number, "移交")
    mediator = town.viewer("mediation_committee")
    assert matter_detail(mediator, number) is None
    with pytest.raises(PermissionDenied):
        reveal_contact(mediator, number, "联系")


def test_its_reporter_reads_that_the_category_was_changed(town: Town) -> None:
    filed = complained(town)
    matter = sort(town.viewer("service_centre"), filed.matter.number, "05.4")
    told = [step.label for step in as_reported(matter, filed.device_key).steps]
    assert "Its category was corrected" in told


def test_released_it_is_a_complaint_again_with_its_seal(town: Town) -> None:
    centre = town.viewer("service_centre")
    matter = sort(centre, complained(town).matter.number, "01.1")
    read(town, "service_centre", matter)
    after = release(centre, matter.number, "确是对工作人员的意见")
    assert (after.kind, after.category, after.sealed) == ("complaint", "11.3", 1)


def test_released_as_no_complaint_it_is_open_but_never_mediated(town: Town) -> None:
    centre = town.viewer("service_centre")
    matter = sort(centre, complained(town).matter.number, "05.4")
    with pytest.raises(ValidationError):
        release(centre, matter.number, "没有读过", "01.1")
    read(town, "service_centre", matter)
    with pytest.raises(ValidationError) as refused:
        release(centre, matter.number, "只是邻里纠纷", "05.4")
    assert list(refused.value.message_dict) == ["category"]
    assert release(centre, matter.number, "说的是物业", "01.1").sealed == 0


def test_no_mediator_is_given_a_task_of_what_is_sealed_or_never_mediated(town: Town) -> None:
    sealed = complained(town).matter
    missing = file_matter(PUBLIC, report("老人走失了", category="08.6", place=town.place("micro"))).matter
    for matter in (sealed, missing):
        assert "mediation_committee" not in {post.role for post in candidates(matter)}
    lamp = file_matter(PUBLIC, report("路灯不亮", category="02.1", place=town.place("micro"))).matter
    assert "mediation_committee" in {post.role for post in candidates(lamp)}
