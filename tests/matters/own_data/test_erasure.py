"""What a reporter deletes is gone at once with all that was made of it: no column or file keeps it (P6)."""

import io
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from shige.files.pictures import Picture
from shige.files.store import folder
from shige.matters.confirmation.commands.answers import add_words
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import JointTask, Matter, Photo, Summary, Task, TaskPhoto
from shige.matters.models.follower import Follower
from shige.matters.own_data.commands import own_data
from shige.matters.own_data.commands.own_data import Proof, correct_contact, delete_own
from shige.matters.own_data.queries import own_handles
from shige.matters.report import Place
from shige.territory.models import Building
from shige.trust.checkpoints import check_erased
from shige.trust.commands import vault
from shige.trust.entry_stamp import checkpoint_keys
from shige.trust.erasures import erase_all_again, erased_since
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import kept, name_handles, still_kept
from shige.trust.models import VaultItem

from ..town import Town, report

pytestmark = pytest.mark.django_db(transaction=True)

PHONE: Final = "13812345678"
MARKS: Final = ("椭圆月亮", "方形太阳", "三角星星", "螺旋云朵", "透明石头", "倒立大树", "螺丝蝴蝶")
"""Words that stand nowhere else: what was said, gist, place, added words, summary, task's place, joiner's."""

GONE: Final = {
    "matters_matter": {
        "words", "gist", "place", "lon", "lat", "raw_lon", "raw_lat", "datum", "device_digest", "search",
        "idempotency_key", "foreign_number",
    },
    "matters_claim": {"group", "sender"},
    "matters_follower": {"words"},
    "matters_jointtask": {"place"},
    "matters_photo": {"file"},
    "matters_step": {"note", "said"},
    "matters_summary": {"words", "result"},
    "matters_task": {"place", "lon", "lat"},
    "matters_taskphoto": {"file"},
}  # fmt: skip
"""Columns with what a reporter said, where it was, or what was made of it: cleared, or the row deleted."""

HANDLES: Final = {
    "matters_claim": {"name_handle", "phone_handle"},
    "matters_follower": {"phone_handle"},
    "matters_matter": {"words_handle", "name_handle", "phone_handle", "room_handle", "callback_handle"},
    "disputes_mediation": {"agreement_handle"},
    "disputes_mediationnote": {"handle"},
    "disputes_party": {"name_handle", "phone_handle"},
    "matters_step": {"words_handle"},
}  # fmt: skip
"""Random names of values in the vault: there the reporter's are deleted; by the names readings are told."""

STAYS: Final = {
    "matters_claim": {"code_digest"},
    "disputes_claimgroup": {"interest"},
    "assets_deviceevent": {"uid", "type", "unit", "text", "outcome", "value"},
    "opinions_hearing": set(),
    "assets_inspection": {"words"},
    "matters_follower": {"tracking_digest", "device_digest"},
    "matters_jointpart": {"attendance", "apology", "result"},
    "matters_jointtask": {"number", "purpose", "state", "outcome"},
    "matters_look": {"category", "kind", "state", "tier"},
    "matters_matter": {
        "number", "tracking_digest", "filer_digest", "source", "kind", "category", "profile_version", "tier",
        "state",
    },
    "disputes_measure": {"what", "body", "progress", "dropped_why"},
    "disputes_mediation": {"account"},
    "disputes_mediationsession": {"where", "others", "result"},
    "opinions_opinion": {"theme", "words", "band", "state"},
    "opinions_opinionstep": {"action", "after", "note"},
    "disputes_party": {"side"},
    "matters_photo": {"kind", "stage"},
    "disputes_promisedstep": {"who", "what"},
    "matters_relation": {"reason"},
    "matters_returnvisit": {"outcome", "note"},
    "matters_step": {"action", "before", "after", "remark", "said_by"},
    "matters_task": {"number", "action", "late_reason", "state"},
    "matters_taskphoto": {"kind"},
    "matters_taskstep": {"action", "before", "after", "note"},
}  # fmt: skip
"""What offices, devices and other people wrote, in texts that are held free of the reporter; marks; codes.

``filer_digest`` tells nobody who it was, and goes when the matter cannot be taken up again."""

TELLING: Final = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.UUIDField,
    models.FloatField, models.GeneratedField,
)  # fmt: skip


def about_matters() -> set[type[models.Model]]:
    """Return the models of which a row belongs to a matter, directly or through another one."""
    found: set[type[models.Model]] = {Matter}
    known = [model for model in apps.get_models() if model._meta.app_label == "matters"]
    while True:
        grown = found | {
            model
            for model in known
            for field in model._meta.local_fields
            if field.is_relation and field.related_model in found
        }
        if grown == found:
            return found
        found = grown


def test_whatever_a_reporter_leaves_in_the_vault_is_theirs_to_delete_and_to_ask_about() -> None:
    named = {name: uuid4() for name in HANDLES["matters_matter"]}
    contact, said = own_handles(Matter(**named))
    assert {*contact, *said} == {*named.values()} and said == [named["words_handle"]]


def test_every_column_that_may_hold_something_of_a_matter_is_known() -> None:
    for model in about_matters():
        table = model._meta.db_table
        columns = {field.column for field in model._meta.local_fields if isinstance(field, TELLING)}
        known = GONE.get(table, set()) | HANDLES.get(table, set()) | STAYS.get(table, set())
        assert columns == known, (
            f"{table}: say in this test, and in `clear`, what becomes of {columns ^ known}"
        )


def everything() -> str:
    """Return all rows of all tables as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows += [f"{table}: {text}" for (text,) in cursor.fetchall()]
    return "\n".join(rows)


def photo() -> Picture:
    written = io.BytesIO()
    Image.new("RGB", (9, 9)).save(written, "JPEG")
    return Picture(written.getvalue(), written.getvalue(), 9, 9)


@pytest.mark.parametrize("confidential", [False, True])
def test_nothing_of_what_was_deleted_is_left_anywhere(town: Town, confidential: bool) -> None:
    spot, house = town.place("micro"), Building.objects.first()
    place = Place(spot.lon, spot.lat, "wgs84", house.pk if house else None, 1, MARKS[2], 3)
    words = f"路灯不亮，{MARKS[0]}"
    filed = file_matter(
        PUBLIC,
        report(words, category="02.1", place=place, phone=PHONE, name="诸葛月", attachments=(photo(),)),
    )
    code, number = filed.tracking_code, filed.matter.number
    add_words(PUBLIC, code, MARKS[3])
    task = Task.objects.create(
        number=f"{number}-1", matter=filed.matter, post=town.posts["department"], action="修灯",
        state="given", place=MARKS[5], lon=104.123456, lat=30.123456,
        given_at=filed.matter.reported_at, due_at=filed.matter.reported_at,
    )  # fmt: skip
    Follower.objects.create(
        matter=filed.matter, tracking_digest=b"x", words=MARKS[6], joined_at=filed.matter.reported_at
    )
    JointTask.objects.create(
        number=f"{number}-L1", matter=filed.matter, purpose="会商", place=MARKS[5], state="called",
        called_at=filed.matter.reported_at, meets_at=filed.matter.reported_at,
    )  # fmt: skip
    Summary.objects.create(matter=filed.matter, words=MARKS[4], result=MARKS[4], at=filed.matter.reported_at)
    TaskPhoto.objects.create(
        task=task, file=Photo.objects.get().file, by_tasked=False, added_at=filed.matter.reported_at
    )
    ended = {"open": False, "running": False, "state": "closed", "closed_at": filed.matter.reported_at}
    kept = {"confidential": True, "words": ""} if confidential else {}
    Matter.objects.update(gist=MARKS[1], place=MARKS[2], lon=104.123456, raw_lat=30.123456, **ended, **kept)
    file, device = Photo.objects.get().file, bytes(Matter.objects.get().device_digest or b"").hex()
    assert device and all(mark in everything() for mark in MARKS[1:])
    assert any(path.stem == file for path in folder().rglob("*"))

    delete_own(PUBLIC, code, Proof(phone=PHONE))

    left = everything()
    for telling in (*MARKS, "104.123456", "30.123456", file, device, "诸葛月"):
        assert telling not in left, [line for line in left.splitlines() if telling in line]
    assert not [path for path in folder().rglob("*") if path.is_file()], "the photo is still on the disk"
    matter = Matter.objects.get()
    assert matter.building_id is None and matter.entrance is None and matter.floor is None
    assert matter.leaf_id is not None and matter.category == "02.1"  # what figures count


@transaction.atomic
def brought_back(rows: list[models.Model]) -> None:
    """Write rows again, as a restored backup does."""
    name_handles([row.handle for row in rows if isinstance(row, VaultItem)])
    for row in rows:
        row.save(force_insert=isinstance(row, VaultItem))


def test_what_a_restore_brings_back_is_deleted_again_by_a_list_that_tells_of_nobody(
    town: Town, settings: Settings
) -> None:
    spot = town.place("micro")
    asked = [
        file_matter(PUBLIC, report(f"{mark}坏了", category="02.1", place=spot, phone=PHONE, name="诸葛月"))
        for mark in MARKS[:2]
    ]
    first, second = (filed.matter for filed in asked)
    Matter.objects.update(open=False, running=False, state="closed", closed_at=first.reported_at)
    handles = [one.phone_handle for one in (first, second)]
    with transaction.atomic():
        name_handles(handles)
        before = [Matter.objects.get(pk=first.pk), *VaultItem.objects.filter(handle=first.phone_handle)]
    as_of = timezone.now()
    delete_own(PUBLIC, asked[0].tracking_code, Proof(phone=PHONE))
    brought_back(before)
    assert MARKS[0] in everything()

    listed = erased_since(settings.SHIGE_ERASURES, as_of)
    assert own_data.erase_again(SYSTEM, listed[own_data.ERASED]) == 1
    with transaction.atomic():
        name_handles(handles)
        assert vault.erase_again(SYSTEM, listed[vault.ERASED]) == 1
    assert MARKS[0] not in everything() and MARKS[1] in everything()
    assert list(kept(handles)) == [second.phone_handle]
    text = settings.SHIGE_ERASURES.read_text()
    assert not any(telling in text for telling in (PHONE, first.number, str(first.phone_handle), MARKS[0]))
    assert not erased_since(settings.SHIGE_ERASURES, timezone.now())


def test_a_telephone_that_was_corrected_does_not_come_back_and_the_new_one_stays(
    town: Town, settings: Settings
) -> None:
    filed = file_matter(PUBLIC, report("路灯坏了", category="02.1", place=town.place("micro"), phone=PHONE))
    handle, as_of = filed.matter.phone_handle, timezone.now()
    with transaction.atomic():
        name_handles([handle])
        before = list(VaultItem.objects.filter(handle=handle))
        made = before[0].created_at
    correct_contact(PUBLIC, filed.tracking_code, Proof(phone=PHONE), "", "13900000002")
    listed = erased_since(settings.SHIGE_ERASURES, as_of)
    check_erased(settings.SHIGE_ERASURES, checkpoint_keys().public())
    with transaction.atomic():
        name_handles([handle])
        assert erase_all_again(SYSTEM, listed) == 0 and still_kept([handle])  # the new one
        VaultItem.objects.filter(handle=handle).delete()
        VaultItem.objects.bulk_create(before)  # as a backup made before brings it back
        VaultItem.objects.filter(handle=handle).update(created_at=made)
        assert erase_all_again(SYSTEM, listed) == 1
    assert not still_kept([handle])


def test_without_room_for_the_list_nothing_is_deleted(town: Town, settings: Settings, tmp_path: Path) -> None:
    filed = file_matter(PUBLIC, report("路灯坏了", category="02.1", place=town.place("micro"), phone=PHONE))
    Matter.objects.update(open=False, running=False, state="closed", closed_at=filed.matter.reported_at)
    settings.SHIGE_ERASURES = tmp_path  # a folder: nothing can be written there
    with pytest.raises(OSError, match="directory"):
        delete_own(PUBLIC, filed.tracking_code, Proof(phone=PHONE))
    assert Matter.objects.get().words == "路灯坏了" and kept([filed.matter.phone_handle])
