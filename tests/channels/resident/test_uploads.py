"""Uploads of a resident that are cut in the middle and go on (tus 1.0.0)."""

import base64
import errno
import os
import time
from typing import Any

import pytest
from django.test import Client

from shige.files import queue as turn
from shige.files import uploads
from shige.matters.models import Matter, Photo
from tests.channels.resident.test_report import written
from tests.files.made import jpeg
from tests.matters.town import Town

pytestmark = pytest.mark.django_db
KEY = "k" * 24
PLACE = f"/report/uploads/?d={KEY}"
SPEAKS = {"Tus-Resumable": "1.0.0"}
PHOTO = jpeg(400, 300)


def begin(client: Client, length: int = len(PHOTO), name: str = "灯.jpg") -> Any:
    """Announce a file."""
    said = base64.b64encode(name.encode()).decode()
    headers = SPEAKS | {"Upload-Length": str(length), "Upload-Metadata": f"filename {said}"}
    return client.post(PLACE, headers=headers)


def id_in(place: str) -> str:
    """Return the id of an upload out of its address."""
    return place.split("?")[0].rstrip("/").split("/")[-1]


def go_on(client: Client, place: str, offset: int, content: bytes) -> Any:
    """Send a piece."""
    return client.patch(
        place, content, content_type="application/offset+octet-stream",
        headers=SPEAKS | {"Upload-Offset": str(offset)},
    )  # fmt: skip


def offset(client: Client, place: str) -> str:
    return client.head(place, headers=SPEAKS)["Upload-Offset"]


def test_the_server_says_what_it_speaks(client: Client) -> None:
    answer = client.options(PLACE)
    assert answer["Tus-Version"] == "1.0.0" and "creation" in answer["Tus-Extension"]


def test_a_file_cut_in_the_middle_goes_on_and_becomes_a_photo_of_the_matter(
    client: Client, town: Town
) -> None:
    place = begin(client)["Location"]
    assert go_on(client, place, 0, PHOTO[:700])["Upload-Offset"] == "700"
    assert offset(client, place) == "700"  # what the browser asks after the break
    assert go_on(client, place, 700, PHOTO[700:])["Upload-Offset"] == str(len(PHOTO))
    name = id_in(place)
    client.post("/report/", {"d": KEY, "words": "路灯不亮了", "category": "02.1", "photos_upload": name})
    assert len(written(client).files) == 1
    assert client.head(place, headers=SPEAKS).status_code == 404  # taken
    spot = town.place("micro")
    client.post("/report/place/", {"lon": spot.lon, "lat": spot.lat})
    client.post("/report/contact/", {"anonymous": "1"})
    assert Photo.objects.get().matter == Matter.objects.get()


def test_what_has_arrived_lies_encrypted_under_no_name_of_its_own(client: Client) -> None:
    place = begin(client, name="他打我.jpg")["Location"]
    for start in (0, 1, 700, 705):  # pieces that end within a block of the cipher
        end = {0: 1, 1: 700, 700: 705}.get(start, len(PHOTO))
        assert go_on(client, place, start, PHOTO[start:end]).status_code == 204
    held = b"".join(path.read_bytes() for path in uploads.folder().iterdir())
    assert len(held) > len(PHOTO)
    assert not any(
        telling in held for telling in (b"JFIF", b"SecretCamera", PHOTO[800:808], "他打我".encode())
    )
    name, json_like = id_in(place), [path for path in uploads.folder().iterdir() if path.suffix == ".json"]
    assert len(json_like) == 1 and b"\\u" not in json_like[0].read_bytes()
    client.post("/report/", {"d": KEY, "words": "路灯不亮了", "category": "02.1", "photos_upload": name})
    assert len(written(client).files) == 1


def test_a_connection_that_breaks_keeps_what_had_arrived(client: Client) -> None:
    class Broken:
        pieces = iter([PHOTO[:300]])

        def read(self, size: int) -> bytes:
            try:
                return next(self.pieces)
            except StopIteration:
                raise OSError("connection reset") from None

    upload = uploads.begin("somebody", "a.jpg", len(PHOTO))
    assert uploads.append(upload, 0, Broken(), len(PHOTO)) == 300
    assert upload.offset == 300


@pytest.mark.parametrize("wrong", [0, 699, 701])
def test_another_offset_is_409(client: Client, wrong: int) -> None:
    place = begin(client)["Location"]
    go_on(client, place, 0, PHOTO[:700])
    assert go_on(client, place, wrong, b"x").status_code == 409
    assert offset(client, place) == "700"


def test_what_is_too_large_is_413(client: Client, settings: Any) -> None:
    assert begin(client, settings.SHIGE_ATTACHMENT_LIMIT + 1).status_code == 413
    place = begin(client, 10)["Location"]
    assert go_on(client, place, 0, b"x" * 11).status_code == 413
    assert offset(client, place) == "0"


def test_a_foreign_upload_is_404_and_no_photo_of_anybody_else(client: Client, town: Town) -> None:
    place = begin(client)["Location"]
    go_on(client, place, 0, PHOTO)
    other = Client()
    assert other.head(place, headers=SPEAKS).status_code == 404
    assert go_on(other, place, 0, b"x").status_code == 404
    assert other.delete(place, headers=SPEAKS).status_code == 404
    other.post("/report/", {"d": KEY, "words": "路灯", "photos_upload": id_in(place)})
    assert written(other).files == ()


def test_half_a_file_is_not_taken(client: Client) -> None:
    place = begin(client)["Location"]
    go_on(client, place, 0, PHOTO[:700])
    client.post("/report/", {"d": KEY, "words": "路灯", "photos_upload": id_in(place)})
    assert written(client).files == ()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 412),
        ({"Tus-Resumable": "0.2.0", "Upload-Length": "5"}, 412),
        (SPEAKS, 400),
        (SPEAKS | {"Upload-Length": "-5"}, 400),
        (SPEAKS | {"Upload-Length": "0"}, 413),
    ],
)
def test_what_is_no_upload_is_refused(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.post(PLACE, headers=headers).status_code == status


def test_a_piece_of_another_type_is_415(client: Client) -> None:
    place = begin(client)["Location"]
    headers = SPEAKS | {"Upload-Offset": "0"}
    assert client.patch(place, b"x", content_type="text/plain", headers=headers).status_code == 415


def test_an_upload_is_given_up(client: Client) -> None:
    place = begin(client)["Location"]
    assert client.delete(place, headers=SPEAKS).status_code == 204
    assert client.head(place, headers=SPEAKS).status_code == 404
    assert not list(uploads.folder().iterdir())


def test_what_expired_is_gone_and_swept_while_the_rest_stays(client: Client) -> None:
    old, young = begin(client)["Location"], begin(client)["Location"]
    day_ago = time.time() - uploads.KEPT_SECONDS - 1
    for path in uploads.folder().glob(f"*.{id_in(old)}.*"):
        os.utime(path, (day_ago, day_ago))
    assert uploads.clear_expired() == 1
    assert client.head(old, headers=SPEAKS).status_code == 404
    assert client.head(young, headers=SPEAKS).status_code == 200


def test_nobody_fills_the_disk(client: Client, settings: Any) -> None:
    assert [begin(client).status_code for _ in range(uploads.MOST_OF_ONE + 1)][-1] == 429
    settings.SHIGE_UPLOAD_SPACE = -1
    assert begin(Client()).status_code == 429


def test_announcing_takes_no_room_from_others_but_arriving_does(client: Client, settings: Any) -> None:
    settings.SHIGE_UPLOAD_SPACE = 3 * len(PHOTO)
    places = [begin(client)["Location"] for _ in range(uploads.MOST_OF_ONE)]
    mine = begin(Client())
    assert mine.status_code == 201
    assert [go_on(client, place, 0, PHOTO).status_code for place in places[:4]] == [204, 204, 507, 507]
    assert offset(client, places[3]) == "0"


def test_a_torn_note_beside_an_upload_shuts_out_nobody(client: Client) -> None:
    place = begin(client)["Location"]
    note = next(uploads.folder().glob(f"*.{id_in(place)}.json"))
    for torn in ("", '{"name": "a', "[]", "{}"):
        note.write_text(torn)
        assert client.head(place, headers=SPEAKS).status_code == 404
        assert begin(client).status_code == 201
        assert begin(Client()).status_code == 201


def test_what_nothing_came_of_is_swept_after_an_hour(client: Client) -> None:
    empty, begun = begin(client)["Location"], begin(client)["Location"]
    go_on(client, begun, 0, PHOTO[:9])
    hour_ago = time.time() - uploads.EMPTY_SECONDS - 1
    for path in uploads.folder().glob("*"):
        os.utime(path, (hour_ago, hour_ago))
    assert uploads.clear_expired() == 1
    assert client.head(empty, headers=SPEAKS).status_code == 404
    assert offset(client, begun) == "9"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_507_and_keeps_what_had_come(
    client: Client, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    place = begin(client)["Location"]
    go_on(client, place, 0, PHOTO[:700])

    def full(*_: object) -> None:
        raise OSError(number, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(uploads, "_pieces", full)
        patch.setattr(uploads, "write_locked", full)
        assert go_on(client, place, 700, PHOTO[700:]).status_code == 507
        assert begin(client).status_code == 507
    assert go_on(client, place, 700, PHOTO[700:])["Upload-Offset"] == str(len(PHOTO))


def test_uploads_leave_room_on_the_disk_to_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = begin(client)["Location"]
    monkeypatch.setattr(uploads, "LEFT_FREE", 2**62)
    assert begin(client).status_code == 507
    assert go_on(client, place, 0, PHOTO).status_code == 507


def test_pieces_need_the_forms_token(town: Town) -> None:
    assert begin(Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize("name", ["../../secret.key", "x" * 32, "0" * 31])
def test_no_name_leads_elsewhere(name: str) -> None:
    assert uploads.found("somebody", name) is None


def test_files_for_which_there_is_no_place_now_stay_for_the_next_press(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = begin(client)["Location"]
    go_on(client, place, 0, PHOTO)
    sent = {"d": KEY, "words": "路灯不亮了", "danger": "none", "photos_upload": id_in(place)}
    with monkeypatch.context() as busy:
        busy.setattr(turn, "AT_ONCE", 0)
        busy.setattr(turn, "WAIT", 0.05)
        refused = client.post("/report/", sent, headers={"Accept-Language": "en"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "Many files are being checked" in page
    assert "路灯不亮了" in page and f'value="{id_in(place)}" checked' in page
    client.post("/report/", sent)
    shown = client.get(f"/report/?d={KEY}").content.decode()
    assert shown.count('name="drop"') == 1 and id_in(place) not in shown


@pytest.mark.parametrize(
    ("words", "danger"), [("他在砸门，手里有刀", "none"), ("他又来了", "yes"), ("他又来了", "cannot_talk")]
)
def test_no_file_holds_up_whoever_is_in_danger(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch, words: str, danger: str
) -> None:
    place = begin(client)["Location"]
    go_on(client, place, 0, PHOTO)
    monkeypatch.setattr(turn, "AT_ONCE", 0)
    monkeypatch.setattr(turn, "WAIT", 0.05)
    sent = {"d": KEY, "words": words, "danger": danger, "photos_upload": id_in(place)}
    answer = client.post("/report/", sent, headers={"Accept-Language": "en"})
    assert answer.status_code == 302 and answer["Location"].startswith("/report/next/")
    page = client.get(answer["Location"], headers={"Accept-Language": "en"}).content.decode()
    assert "Many files are being checked" in page and 'href="tel:110"' in page
