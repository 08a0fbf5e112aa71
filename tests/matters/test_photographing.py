"""Files stay with a matter while they serve it, and no longer (P6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters import clock
from shige.matters.commands import add_photos, confirm, file_matter, forget_files, solve, take
from shige.matters.commands.photographing import KEPT
from shige.matters.files.pictures import Picture
from shige.matters.models import Photo
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry

from .town import WEDNESDAY, Town, report

pytestmark = pytest.mark.django_db


def test_files_are_let_go_three_years_after_the_end(town: Town) -> None:
    picture = Picture(b"", b"", 1, 1)
    with clock.at(WEDNESDAY):
        living = file_matter(PUBLIC, report(place=town.place("micro"), attachments=(picture,)))
        found = file_matter(PUBLIC, report(place=town.place("micro"), attachments=(picture,)))
        worker = town.viewer(town.owner(found.matter))
        take(worker, found.matter.number)
        add_photos(worker, found.matter.number, {"": [picture]})
        solve(worker, found.matter.number, "换好了")
        confirm(PUBLIC, found.tracking_code, 5)
    with clock.at(WEDNESDAY + KEPT - timedelta(days=1)):
        assert forget_files(SYSTEM) == 0 and Photo.objects.count() == 3
    with clock.at(WEDNESDAY + KEPT + timedelta(days=1)):
        with pytest.raises(PermissionDenied):
            forget_files(worker)
        assert forget_files(SYSTEM) == 1 and forget_files(SYSTEM) == 0
    assert Photo.objects.get().matter == living.matter
    assert JournalEntry.objects.get(verb="matter.files_forgotten").object_id == str(found.matter.pk)
