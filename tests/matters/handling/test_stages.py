"""Photos before and after the work: added with the solution, side by side for office and reporter."""

import os
import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from shige.channels.resident.device import COOKIE, write
from shige.files import store
from shige.files.attachments import Attachment
from shige.files.documents import Document
from shige.files.fields import MOST
from shige.files.pictures import Picture
from shige.files.store import delete_orphans, document_path, keep, path_of
from shige.matters.file_names import named_files
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.photos import add_photos
from shige.matters.models import Matter, Photo
from shige.trust.gate import PUBLIC, SYSTEM
from tests.files.made import jpeg
from tests.matters.handling.test_pages import number_of, signed_in

from ..town import Town, report

pytestmark = pytest.mark.django_db
PICTURE = Picture(b"large", b"small", 4, 3)
PAPER = Document(b"%PDF-", 2)


def photo(name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(), "image/jpeg")


def in_hand(town: Town) -> tuple[str, Client]:
    """Return a matter that its owner has taken, and the owner's browser."""
    number, browser = number_of(town), signed_in(town, "fulltime_worker")
    browser.post(f"/office/matters/{number}/do/take/")
    return number, browser


def test_a_solution_comes_with_photos_before_and_after(town: Town) -> None:
    number, browser = in_hand(town)
    given = {"note": "灯换好了", "before": photo(), "after": [photo("b.jpg"), photo("c.jpg")]}
    browser.post(f"/office/matters/{number}/do/solve/", given)
    assert Matter.objects.get(number=number).state == "to_confirm"
    assert list(Photo.objects.order_by("pk").values_list("stage", flat=True)) == ["before", "after", "after"]
    page = browser.get(f"/office/matters/{number}/").content.decode()
    assert "compared" in page and page.index("处理前") < page.index("处理后")


def test_a_file_that_cannot_be_taken_is_named_and_nothing_is_solved(town: Town) -> None:
    number, browser = in_hand(town)
    given = {"note": "好了", "after": SimpleUploadedFile("假照片.jpg", b"MZ" + bytes(99), "image/jpeg")}
    answer = browser.post(f"/office/matters/{number}/do/solve/", given)
    assert answer.status_code == 422 and "假照片.jpg" in answer.content.decode()
    assert Matter.objects.get(number=number).state == "in_hand" and not Photo.objects.exists()


def test_the_reporter_sees_both_sides_on_the_device_that_filed(town: Town) -> None:
    filed = file_matter(PUBLIC, report(place=town.place("micro"), attachments=(PICTURE,)))
    add_photos(SYSTEM, filed.matter.number, {"before": [PICTURE], "after": [PICTURE]})
    browser = Client()
    saved = f"/m/{filed.tracking_code}/"
    assert "compared" not in browser.get(saved).content.decode()
    _remember(browser, filed.tracking_code, filed.device_key)
    page = browser.get(saved).content.decode()
    assert "compared" in page and page.count("<img") == 3


def test_files_are_handed_over_to_keep_and_of_no_other_type(town: Town) -> None:
    filed = file_matter(
        PUBLIC, report(category="01.1", place=town.place("micro"), attachments=(PICTURE, PAPER))
    )
    browser = signed_in(town, "fulltime_worker")
    types = {}
    for each in Photo.objects.all():
        answer = browser.get(f"/office/matters/{filed.matter.number}/photos/{each.file}/")
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert answer["X-Content-Type-Options"] == "nosniff"
        types[each.kind] = answer["Content-Type"]
    assert types == {"picture": "image/jpeg", "pdf": "application/pdf"}


def test_a_pdf_of_another_grid_is_not_served(town: Town) -> None:
    filed = file_matter(PUBLIC, report(category="01.1", place=town.place("micro"), attachments=(PAPER,)))
    path = f"/office/matters/{filed.matter.number}/photos/{Photo.objects.get().file}/"
    assert signed_in(town, "fulltime_worker2").get(path).status_code == 404
    assert Client().get(f"/m/{filed.tracking_code}/photos/{Photo.objects.get().file}/").status_code == 404


def test_the_office_sends_piece_by_piece_what_nobody_else_may_go_on_with(town: Town) -> None:
    number, browser = in_hand(town)
    speaks, content = {"Tus-Resumable": "1.0.0"}, jpeg()
    begun = browser.post(
        f"/office/matters/{number}/uploads/", headers=speaks | {"Upload-Length": str(len(content))}
    )
    place = begun["Location"]
    piece = {"content_type": "application/offset+octet-stream", "headers": speaks | {"Upload-Offset": "0"}}
    assert signed_in(town, "community_chief").patch(place, content, **piece).status_code == 404
    assert signed_in(town, "fulltime_worker2").patch(place, content, **piece).status_code == 404
    assert browser.patch(place, content, **piece).status_code == 204
    name = place.rstrip("/").split("/")[-1]
    browser.post(f"/office/matters/{number}/photos/", {"photos_upload": name})
    assert Photo.objects.get().stage == "" and not Photo.objects.get().by_reporter


def test_one_side_adds_so_many_files_and_no_more(town: Town) -> None:
    number = number_of(town)
    add_photos(SYSTEM, number, {"": [PICTURE] * MOST})
    with pytest.raises(ValidationError, match=f"At most {MOST}"):
        add_photos(SYSTEM, number, {"after": [PICTURE]})


def test_whoever_does_not_handle_it_adds_nothing(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        add_photos(town.viewer("micro_worker"), number_of(town), {"": [PICTURE]})


@pytest.mark.parametrize("given", [PICTURE, PAPER])
def test_a_file_without_a_row_is_swept_after_a_day_and_no_other(town: Town, given: Attachment) -> None:
    add_photos(SYSTEM, number_of(town), {"": [given]})
    orphan, fresh = keep(given), keep(given)
    for path in _all_files():
        if not path.name.startswith(fresh):
            os.utime(path, (time.time() - store.ORPHAN_SECONDS - 1,) * 2)
    delete_orphans(named_files)
    left = {path.stem.removesuffix("-s") for path in _all_files()}
    assert left == {Photo.objects.get().file, fresh} and orphan not in left


def test_a_filing_that_fails_shows_its_files_to_nobody(town: Town) -> None:
    with pytest.raises(ValidationError):
        file_matter(PUBLIC, report(place=town.place("micro"), attachments=(PICTURE,) * (MOST + 1)))
    assert not Photo.objects.exists() and not Matter.objects.exists()


def test_paths_of_files_stay_in_their_folder() -> None:
    assert path_of("ab12", small=True).name == "ab12-s.jpg" and document_path("ab12").name == "ab12.pdf"


def _all_files() -> list[Path]:
    return [path for path in store.folder().rglob("*") if path.is_file()]


def _remember(browser: Client, code: str, key: str) -> None:
    answer = HttpResponse()
    write(answer, [(code, key)])
    browser.cookies[COOKIE] = answer.cookies[COOKIE].value
