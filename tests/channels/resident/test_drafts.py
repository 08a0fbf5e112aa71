"""Each form writes its own report: two tabs, Back, a second press, a phone that is shared."""

import os
import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.db import connection
from django.test import Client
from django.utils import timezone

from shige.channels.models import KeptDraft
from shige.channels.resident.draft_files import folder
from shige.channels.resident.drafts import LIFE, SENT_LIFE, clear_old_drafts, drafts_of
from shige.files.locked import read_unlocked
from shige.files.store import lock_old_files
from shige.files.store import path_of as path_of_photo
from shige.matters.models import Matter, Photo
from tests.channels.resident.test_report import path_of, place, request_of, words, written
from tests.files.made import jpeg, pdf
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


class Tab:
    """A window of a browser, which sends the hidden fields of the form it shows."""

    def __init__(self, client: Client, address: str = "/report/") -> None:
        self.client, self.address = client, address
        self.load()

    def load(self) -> None:
        """Load the page of this tab and remember the key in its form."""
        page = self.client.get(self.address).content.decode()
        (self.key,) = set(re.findall(r'name="d" value="([^"]+)"', page))

    def send(self, **given: Any) -> Any:
        """Send the form and go where the answer leads."""
        answer = self.client.post(self.address, {"d": self.key, **given})
        if answer.status_code == 302:
            self.address = answer["Location"]
        return answer

    def report(self, town: Town, said: str) -> str:
        """Write a report to its end and return its page."""
        self.send(words=said, category="02.1")
        spot = town.place("micro")
        self.send(lon=spot.lon, lat=spot.lat)
        return str(self.send(anonymous="1")["Location"])


def age(client: Client, by: timedelta) -> None:
    """Let time pass over what this browser has written."""
    KeptDraft.objects.update(touched_at=timezone.now() - by)


def test_two_tabs_are_two_reports(client: Client, town: Town) -> None:
    first, second = Tab(client), Tab(client)
    first.send(words="路灯不亮了", category="02.1")
    second.send(words="井盖松了", category="02.4")
    spot = town.place("micro")
    for tab in (first, second):
        tab.send(lon=spot.lon, lat=spot.lat)
    for tab in (first, second):
        tab.send(anonymous="1")
    found = Matter.objects.order_by("pk").values_list("words", "category")
    assert list(found) == [("路灯不亮了", "02.1"), ("井盖松了", "02.4")]


def test_every_link_and_form_of_the_report_carries_its_key(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.send(words="路灯不亮了")
    for page in ("/report/", "/report/category/", "/report/place/"):
        content = client.get(f"{page}?d={tab.key}").content.decode()
        assert content.count("<form method") == content.count(f'name="d" value="{tab.key}"'), page
        links = set(re.findall(r'href="(/report/[^"?]*)"', content)) - {"/report/end/"}
        assert not links, page


def test_back_from_any_step_finds_what_was_typed(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.send(words="路灯不亮了", category="02.1")
    assert "路灯不亮了" in client.get(f"/report/?d={tab.key}").content.decode()


@pytest.mark.parametrize("offered", ["category", "nothing"])
def test_other_words_after_back_are_sorted_anew(client: Client, town: Town, offered: str) -> None:
    tab = Tab(client)
    tab.send(words="路灯不亮了", category="02.1")
    page = client.get(f"/report/?d={tab.key}").content.decode()
    (shown,) = re.findall(r'name="offered_for" value="(\w+)"', page)
    radio = {"category": "02.1", "offered_for": shown} if offered == "category" else {}
    answer = client.post("/report/", {"d": tab.key, "words": "垃圾没人收", **radio})
    assert path_of(answer) == "/report/category/"
    assert written(client).category == ""


def test_the_same_words_after_back_keep_their_category(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.send(words="路灯不亮了", category="02.1")
    assert path_of(client.post("/report/", {"d": tab.key, "words": "路灯不亮了 "})) == "/report/place/"


def test_a_form_sent_again_leads_to_its_receipt_from_every_page(client: Client, town: Town) -> None:
    tab = Tab(client)
    receipt = tab.report(town, "路灯不亮了")
    contact = client.post("/report/contact/", {"d": tab.key, "phone": "13812345678"})
    assert contact["Location"] == receipt
    assert client.post("/report/", {"d": tab.key, "words": "路灯不亮了"})["Location"] == receipt
    assert client.get(f"/report/?d={tab.key}")["Location"] == receipt
    assert Matter.objects.count() == 1


def test_other_words_in_a_form_that_was_sent_are_another_report(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.report(town, "路灯不亮了")
    client.post("/report/", {"d": tab.key, "words": "井盖松了", "category": "02.4"})
    assert written(client).words == "井盖松了" and written(client).key != tab.key


def test_a_report_of_another_browser_is_neither_shown_nor_sent(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.send(words="路灯不亮了", category="02.1")
    other = Client()
    assert "路灯不亮了" not in other.get(f"/report/?d={tab.key}").content.decode()
    assert path_of(other.get(f"/report/contact/?d={tab.key}")) == "/report/"
    other.post("/report/", {"d": tab.key, "words": "别的"})
    assert written(client).words == "路灯不亮了"


def test_a_device_that_forgets_a_matter_forgets_its_receipt(client: Client, town: Town) -> None:
    tab = Tab(client)
    receipt = tab.report(town, "路灯不亮了")
    client.post(f"{receipt}forget/")
    assert path_of(client.get(f"/report/contact/?d={tab.key}")) == "/report/"
    assert "路灯不亮了" not in client.get(receipt).content.decode()


def test_a_file_sent_twice_is_there_once(client: Client, town: Town) -> None:
    tab = Tab(client)
    for _ in range(2):
        client.post("/report/", {"d": tab.key, "words": "路灯", "photos": [File("a.jpg", jpeg())]})
    assert [file.kind for file in written(client).files] == ["picture"]
    client.post("/report/", {"d": tab.key, "words": "路灯", "photos": [File("a.pdf", pdf())]})
    assert [file.kind for file in written(client).files] == ["picture", "pdf"]
    assert Photo.objects.count() == 0


def test_an_abandoned_report_is_gone_after_half_an_hour_with_its_files(client: Client, town: Town) -> None:
    words(client, photos=File("a.jpg", jpeg()))
    assert drafts_of(request_of(client))[0].age < timedelta(minutes=1)
    age(client, LIFE - timedelta(minutes=1))
    assert clear_old_drafts() == 0 and written(client).words
    age(client, LIFE + timedelta(minutes=1))
    assert drafts_of(request_of(client)) == []
    assert clear_old_drafts() == 1
    assert not KeptDraft.objects.exists() and not list(folder().iterdir())


def test_what_is_typed_for_longer_than_that_is_taken_all_the_same(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.send(words="路")
    age(client, LIFE + timedelta(minutes=1))
    client.post("/report/", {"d": tab.key, "words": "路灯不亮了", "category": "02.1"})
    assert (written(client).words, written(client).key) == ("路灯不亮了", tab.key)


def test_the_trace_of_a_sent_report_holds_no_words_and_ends(client: Client, town: Town) -> None:
    Tab(client).report(town, "路灯不亮了")
    (row,) = KeptDraft.objects.all()
    assert row.vault_key_id is None and len(row.sealed) == 32  # the keyed hash alone
    age(client, SENT_LIFE + timedelta(minutes=1))
    assert clear_old_drafts() == 1


def at_rest() -> bytes:
    """Return all that database and disk hold of drafts and of files, as whoever has them reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(convert_to(row_to_json(d)::text, 'UTF8'), 'hex') FROM channels_keptdraft d"
        )
        rows = b"".join(bytes.fromhex(text) for (text,) in cursor.fetchall())
    media = folder().parent
    return rows + b"".join(path.read_bytes() for path in media.rglob("*") if path.is_file())


def test_nothing_of_a_report_that_is_being_written_lies_in_the_clear(client: Client, town: Town) -> None:
    tab = Tab(client)
    tab.send(words="他又打我了", photos=[File("a.jpg", jpeg()), File("a.pdf", pdf())])
    draft = drafts_of(request_of(client))[0]
    assert draft.words == "他又打我了" and len(draft.files) == 2
    (row,) = KeptDraft.objects.all()
    held = at_rest()
    for telling in ("他又打我了".encode(), b"\\u4ed6", b"\xff\xd8\xff", b"JFIF", b"%PDF", b'"02.'):
        assert telling not in held.replace(row.key.encode(), b"")
    picture = next(file for file in draft.files if not file.is_pdf)
    assert client.get(f"/report/photos/{picture.name}/?d={tab.key}").content.startswith(b"\xff\xd8\xff")


def test_files_of_a_report_that_was_sent_lie_encrypted_and_are_handed_over_in_the_clear(
    client: Client, town: Town
) -> None:
    words(client, "路灯不亮了", category="02.1", photos=File("a.jpg", jpeg()))
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    assert Photo.objects.count() == 1 and b"JFIF" not in at_rest()
    kept = path_of_photo(Photo.objects.get().file)
    kept.write_bytes(jpeg())  # as an earlier version left it
    os.utime(kept, (1, 1))
    assert lock_old_files() == 1 and lock_old_files() == 0
    assert b"JFIF" not in at_rest() and read_unlocked(kept) == jpeg() and kept.stat().st_mtime == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "../../../etc/passwd/", "键" * 24])
def test_a_key_that_is_none_begins_a_report_of_its_own(client: Client, town: Town, key: str) -> None:
    client.post("/report/", {"d": key, "words": "路灯不亮了"})
    assert written(client).key != key and written(client).words == "路灯不亮了"


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_one_instant_are_one_report_whatever_they_say(town: Town) -> None:
    client = Client()
    words(client, category="02.1")
    place(client, town)
    form, found = {"d": written(client).key}, []

    def press(**given: str) -> None:
        again = Client()
        again.cookies = client.cookies
        found.append(again.post("/report/contact/", form | given)["Location"])
        connection.close()

    presses = [{"anonymous": "1"}, {"phone": "13812345678"}, {"phone": "13812345678", "name": "王"}]
    threads = [threading.Thread(target=press, kwargs=given) for given in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3 and len(set(found)) == 1
    assert Matter.objects.count() == 1
