"""The photo of a point: made safe, shown with words to everybody, gone when it is replaced (R13)."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from shige.files.store import delete_orphans, folder
from shige.matters.file_names import named_files
from shige.service_points.models import PointPhoto
from shige.service_points.points.commands import end_point
from shige.trust.veil import veiled
from tests.files.made import jpeg
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, build
from tests.service_points.points.test_points import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    """Return the town of the tests."""
    return build()


def sent(content: bytes = b"", name: str = "门口.jpg") -> dict[str, object]:
    """Return a form with a photo."""
    return {"alt": "大门口的坡道", "photos": SimpleUploadedFile(name, content or jpeg())}


def test_a_photo_is_shown_without_what_a_camera_wrote(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    point, office, stranger = opened(town), signed_in(town, "community_chief"), Client()
    key = veiled("key", str(point.pk))
    page, public = f"/office/service-points/{key}/photo/", f"/services/{key}/"
    assert stranger.get(f"{public}photo/").status_code == 404
    assert office.post(page, {"alt": "门口"}).status_code == 422
    assert office.post(page, sent() | {"alt": " "}).status_code == 422
    assert office.post(page, sent(b"%PDF-1.4 no picture", "a.pdf")).status_code == 422
    assert office.post(page, sent()).status_code == 302
    assert "大门口的坡道" in stranger.get(public).content.decode()
    shown = stranger.get(f"{public}photo/")
    assert shown["Content-Type"] == "image/jpeg"
    assert not Image.open(io.BytesIO(shown.content)).getexif()
    before = PointPhoto.objects.get().file
    assert list(folder().glob(f"??/{before}*")) and before in named_files(before[:2])
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(page, sent()).status_code == 302
    assert not list(folder().glob(f"??/{before}*"))
    delete_orphans(named_files)
    assert stranger.get(f"{public}photo/").status_code == 200
    assert office.post(page, {"alt": "侧门"}).status_code == 302
    assert PointPhoto.objects.get().alt == "侧门"
    for who, status in (("community_chief2", 404), ("micro_worker", 403)):
        assert signed_in(town, who).post(page, sent()).status_code == status
        assert signed_in(town, who).post(f"{page}remove/").status_code == status
    assert office.post(f"{page}remove/").status_code == office.post(f"{page}remove/").status_code == 302
    assert "侧门" not in stranger.get(public).content.decode()


def test_a_point_that_ended_shows_no_photo(town: Town) -> None:
    point = opened(town)
    key = veiled("key", str(point.pk))
    office = signed_in(town, "community_chief")
    assert office.post(f"/office/service-points/{key}/photo/", sent()).status_code == 302
    end_point(town.viewer("community_chief"), point.pk)
    assert Client().get(f"/services/{key}/photo/").status_code == 404


def test_programs_set_a_photo_that_they_sent_ahead(town: Town) -> None:
    point, office, kind = opened(town), signed_in(town, "community_chief"), "application/json"
    one = f"/api/v1/service-points/{veiled('key', str(point.pk))}"
    ahead = office.post("/api/v1/uploads", {"file": SimpleUploadedFile("a.jpg", jpeg())}).json()["id"]
    told = office.post(f"{one}/photo", json.dumps({"photo": ahead, "alt": "门口"}), kind)
    assert told.status_code == 200 and told.json()["photo"]["alt"] == "门口"
    assert Client().get(told.json()["photo"]["url"]).status_code == 200
    assert (
        office.post(f"{one}/photo", json.dumps({"photo": "0" * 32, "alt": "门口"}), kind).status_code == 422
    )
    assert office.post(f"{one}/photo/remove").json()["photo"] is None
