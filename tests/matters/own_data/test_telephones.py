"""Telephones that an older version kept in another form are found after an upgrade; it can be broken off."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.matters.own_data.commands.telephones import read_telephones_anew
from shige.trust.commands import seal
from shige.trust.commands.vault import handles_of, opened
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import kept, name_handles
from shige.trust.models import JournalEntry, VaultItem
from shige.trust.telephone_field import telephone

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def left(town: Town, written: str) -> Matter:
    """File a matter with a telephone as an older version kept it."""
    matter = file_matter(PUBLIC, report(place=town.place("micro"))).matter
    matter.phone_handle = seal("matter.phone", written)
    matter.save(update_fields=["phone_handle"])
    return matter


def value(matter: Matter) -> str:
    """Open the telephone of a matter without a record, as only a test may."""
    assert matter.phone_handle
    name_handles([matter.phone_handle])
    return opened(VaultItem.objects.get(handle=matter.phone_handle))


def test_an_older_form_is_found_by_the_one_form_afterwards(town: Town) -> None:
    matter = left(town, "13812345678")
    assert handles_of("matter.phone", "+8613812345678") == []
    end = kept([matter.phone_handle])[matter.phone_handle]  # type: ignore[list-item, index]
    assert read_telephones_anew(SYSTEM) == 1
    assert handles_of("matter.phone", "+8613812345678") == [matter.phone_handle]
    assert handles_of("matter.phone", "13812345678") == []
    assert kept([matter.phone_handle])[matter.phone_handle] == end  # type: ignore[list-item, index]


def test_what_is_no_number_stays_as_it_was(town: Town) -> None:
    matter = left(town, "1380013")
    assert read_telephones_anew(SYSTEM) == 0
    assert value(matter) == "1380013"


def test_broken_off_it_goes_on_and_once_done_nothing_is_opened_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = left(town, "13812345678"), left(town, "028-86512345")
    monkeypatch.setattr("shige.matters.own_data.commands.telephones.AT_ONCE", 1)
    from shige.matters.own_data.commands import telephones

    whole, calls = telephones.write_anew, []

    def once(*given: object) -> int:
        if calls:
            raise OSError("the machine was switched off")
        calls.append(1)
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(telephones, "write_anew", once)
    with pytest.raises(OSError, match="switched off"):
        read_telephones_anew(SYSTEM)
    assert (value(first), value(second)) == ("+8613812345678", "028-86512345")
    monkeypatch.setattr(telephones, "write_anew", whole)
    assert read_telephones_anew(SYSTEM) == 1
    assert value(second) == "+862886512345"
    assert JournalEntry.objects.filter(verb="vault.written_anew").count() == 2
    monkeypatch.setattr(telephones, "write_anew", once)
    assert read_telephones_anew(SYSTEM) == 0


def test_only_the_program_itself_reads_them(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        read_telephones_anew(town.viewer("service_centre"))


@pytest.mark.parametrize(
    ("written", "said"),
    [("1380013", "only 7 digits"), ("电话", "in digits"), ("13800001234/13900001234", "two telephone"),
     ("1.38E+10", "spreadsheet"), ("138000012345", "12 digits"), ("11012345678", "no such")],
)  # fmt: skip
def test_a_form_says_what_is_wrong_with_a_number(written: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        telephone(written)
    assert said in refused.value.message_dict["phone"][0]
