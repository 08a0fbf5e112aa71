"""What a matter says of people stays while it serves them, and no longer (P6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from shige.files.pictures import Picture
from shige.matters import clock
from shige.matters.confirmation.commands.answers import add_words, confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.photos import add_photos
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter, Photo
from shige.matters.own_data.commands.retention import forget_past
from shige.matters.report import Place
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry

from ..town import WEDNESDAY, Town, report

KEPT = timedelta(days=3 * 365)

pytestmark = pytest.mark.django_db

PICTURE = Picture(b"", b"", 1, 1)


def test_what_a_matter_says_is_let_go_three_years_after_its_end(town: Town) -> None:
    with clock.at(WEDNESDAY):
        living = file_matter(PUBLIC, report(place=town.place("micro"), attachments=(PICTURE,)))
        found = file_matter(PUBLIC, report("楼上漏水", place=town.place("micro"), attachments=(PICTURE,)))
        worker = town.viewer(town.owner(found.matter))
        take(worker, found.matter.number)
        add_words(PUBLIC, found.tracking_code, "今天又漏")
        add_photos(worker, found.matter.number, {"": [PICTURE]})
        solve(worker, found.matter.number, "换好了")
        confirm(PUBLIC, found.tracking_code, 5)
    with clock.at(WEDNESDAY + KEPT - timedelta(days=1)):
        assert forget_past(SYSTEM) == 0 and Photo.objects.count() == 3
    with clock.at(WEDNESDAY + KEPT + timedelta(days=1)):
        with pytest.raises(PermissionDenied):
            forget_past(worker)
        assert forget_past(SYSTEM) == 1 and forget_past(SYSTEM) == 0
    past = Matter.objects.get(pk=found.matter.pk)
    assert (past.words, past.rating, past.leaf_id) == ("", 5, found.matter.leaf_id)
    notes = {step.note for step in past.steps.all()}
    assert "换好了" in notes and "今天又漏" not in notes
    assert Photo.objects.get().matter == living.matter
    assert JournalEntry.objects.get(verb="matter.forgotten").object_id == str(past.pk)


def test_where_a_confidential_matter_was_is_let_go_too(town: Town) -> None:
    with clock.at(WEDNESDAY):
        file_matter(PUBLIC, report("邻居吵架", category="05.4", place=town.place("micro")))
        file_matter(PUBLIC, report(category="02.1", place=town.place("micro")))
    Matter.objects.update(open=False, running=False, state="closed", closed_at=WEDNESDAY, place="玉兰路1号")
    with clock.at(WEDNESDAY + KEPT + timedelta(days=1)):
        assert forget_past(SYSTEM) == 2
    hidden, plain = Matter.objects.order_by("pk")
    assert (hidden.place, hidden.lon, hidden.raw_lat) == ("", None, None)
    assert plain.place == "玉兰路1号" and plain.lon is not None


def test_a_place_in_the_reporters_own_words_is_let_go_too(town: Town) -> None:
    with clock.at(WEDNESDAY):
        file_matter(PUBLIC, report(category="02.1", place=Place(address="菜市场后门我家铺子")))
    Matter.objects.update(open=False, running=False, state="closed", closed_at=WEDNESDAY, words="")
    with clock.at(WEDNESDAY + KEPT + timedelta(days=1)):
        assert forget_past(SYSTEM) == 1 and forget_past(SYSTEM) == 0
    assert Matter.objects.get().place == ""
