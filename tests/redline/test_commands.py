"""The rules of the one red line (R9): levels, parents, circles, overseers, and who may edit."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from shige.redline.commands import add_organisation, close_organisation, move_organisation, set_overseer
from shige.redline.models import Organisation
from shige.trust.gate import Viewer
from shige.trust.models import JournalEntry

from .conftest import Town, overseer_post, serving


@pytest.fixture
def top(town: Town, officer: Viewer) -> Organisation:
    return add_organisation(officer, "玉兰社区党委", "street_cadres", town["whole"].pk)


@pytest.mark.parametrize(
    ("kind", "area", "fits"),
    [
        ("street_cadres", "whole", True),
        ("community_cadres", "north", True),
        ("resident_members", "n1", True),
        ("exclusive_members", "tower", True),
        ("street_cadres", "north", False),
        ("resident_members", "tower", False),
        ("exclusive_members", "n1", False),
        ("street_cadres", "yulan", False),
    ],
)
def test_a_kind_is_tied_to_the_level_that_its_pair_names(
    town: Town, officer: Viewer, kind: str, area: str, fits: bool
) -> None:
    if fits:
        assert add_organisation(officer, "党支部", kind, town[area].pk).area == town[area]
    else:
        with pytest.raises(ValidationError, match=town[area].name):
            add_organisation(officer, "党支部", kind, town[area].pk)


def test_an_unknown_kind_is_refused(town: Town, officer: Viewer) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_organisation(officer, "党支部", "club", town["n1"].pk)
    assert "kind" in refusal.value.message_dict


@pytest.mark.parametrize("name", ["", "   ", "党" * 81])
def test_a_name_has_1_to_80_characters(town: Town, officer: Viewer, name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_organisation(officer, name, "resident_members", town["n1"].pk)
    assert "name" in refusal.value.message_dict


def test_a_parent_oversees_an_area_above(town: Town, officer: Viewer, top: Organisation) -> None:
    branch = add_organisation(officer, "北片党支部", "community_cadres", town["north"].pk, top.pk)
    group = add_organisation(officer, "一号党小组", "resident_members", town["n1"].pk, branch.pk)
    assert (branch.parent, group.parent) == (top, branch)


def test_a_parent_beside_the_area_is_refused(town: Town, officer: Viewer, top: Organisation) -> None:
    branch = add_organisation(officer, "北片党支部", "community_cadres", town["north"].pk, top.pk)
    with pytest.raises(ValidationError) as refusal:
        add_organisation(officer, "南片党小组", "resident_members", town["s1"].pk, branch.pk)
    assert "北片党支部" in refusal.value.message_dict["parent"][0]


def test_an_organisation_never_comes_to_stand_above_itself(
    town: Town, officer: Viewer, top: Organisation
) -> None:
    branch = add_organisation(officer, "北片党支部", "community_cadres", town["north"].pk, top.pk)
    for parent in (top.pk, branch.pk):
        with pytest.raises(ValidationError) as refusal:
            move_organisation(officer, top.pk, town["whole"].pk, parent)
        assert "parent" in refusal.value.message_dict


def test_the_database_refuses_an_organisation_as_its_own_parent(top: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=top.pk).update(parent=top.pk)


def test_one_organisation_of_a_kind_in_an_area(town: Town, officer: Viewer, top: Organisation) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_organisation(officer, "第二党委", "street_cadres", town["whole"].pk)
    assert "area" in refusal.value.message_dict


def test_a_closed_organisation_makes_room_for_another(town: Town, officer: Viewer, top: Organisation) -> None:
    close_organisation(officer, top.pk)
    assert add_organisation(officer, "新党委", "street_cadres", town["whole"].pk).pk != top.pk


def test_closing_puts_those_below_under_the_one_above(town: Town, officer: Viewer, top: Organisation) -> None:
    branch = add_organisation(officer, "北片党支部", "community_cadres", town["north"].pk, top.pk)
    group = add_organisation(officer, "一号党小组", "resident_members", town["n1"].pk, branch.pk)
    close_organisation(officer, branch.pk)
    group.refresh_from_db()
    assert (group.parent, group.version) == (top, 2)
    with pytest.raises(ValidationError, match="北片党支部"):
        close_organisation(officer, branch.pk)


def test_a_move_that_strands_those_below_is_refused(town: Town, officer: Viewer, top: Organisation) -> None:
    branch = add_organisation(officer, "北片党支部", "community_cadres", town["north"].pk, top.pk)
    add_organisation(officer, "一号党小组", "resident_members", town["n1"].pk, branch.pk)
    with pytest.raises(ValidationError, match="一号党小组"):
        move_organisation(officer, branch.pk, town["south"].pk, top.pk)


def test_a_move_keeps_an_overseer_who_serves_the_new_area_and_drops_another(
    town: Town, officer: Viewer, top: Organisation
) -> None:
    here, wide = overseer_post(town["n1"], "n1"), overseer_post(town["whole"], "whole")
    group = add_organisation(officer, "党小组", "resident_members", town["n1"].pk, top.pk, wide.pk)
    assert move_organisation(officer, group.pk, town["n2"].pk, top.pk).overseer == wide
    move_organisation(officer, group.pk, town["n1"].pk, top.pk)
    set_overseer(officer, group.pk, here.pk)
    assert move_organisation(officer, group.pk, town["n2"].pk, top.pk).overseer is None


@pytest.mark.parametrize("area", ["n1", "north", "whole", "yulan", "street"])
def test_an_overseer_serves_the_area_or_one_that_holds_it(town: Town, officer: Viewer, area: str) -> None:
    group = add_organisation(officer, "党小组", "resident_members", town["n1"].pk)
    post = overseer_post(town[area])
    assert set_overseer(officer, group.pk, post.pk).overseer == post


def test_other_posts_cannot_oversee(town: Town, officer: Viewer) -> None:
    group = add_organisation(officer, "党小组", "resident_members", town["n1"].pk)
    beside = overseer_post(town["n2"])
    worker = overseer_post(town["n1"])
    worker.role = "micro_worker"
    worker.save()
    for post in (beside, worker):
        with pytest.raises(ValidationError) as refusal:
            set_overseer(officer, group.pk, post.pk)
        assert "overseer" in refusal.value.message_dict


@pytest.mark.parametrize("role", ["community_chief", "party_overseer", "micro_worker", "department"])
def test_only_the_street_and_above_edit(town: Town, role: str, top: Organisation) -> None:
    viewer = serving(role, town["yulan"])
    with pytest.raises(PermissionDenied):
        add_organisation(viewer, "党支部", "community_cadres", town["north"].pk)
    with pytest.raises(PermissionDenied):
        close_organisation(viewer, top.pk)
    with pytest.raises(PermissionDenied):
        set_overseer(viewer, top.pk, None)
    with pytest.raises(PermissionDenied):
        move_organisation(viewer, top.pk, town["whole"].pk, None)


def test_a_street_edits_its_own_line_only(town: Town, top: Organisation) -> None:
    other = town.add("elsewhere", "street", "510199002000", "district")
    with pytest.raises(PermissionDenied):
        set_overseer(serving("street_officer", other), top.pk, None)


def test_each_change_is_one_journal_entry_with_the_version_of_the_row(
    town: Town, officer: Viewer, top: Organisation
) -> None:
    post = overseer_post(town["whole"])
    set_overseer(officer, top.pk, post.pk)
    close_organisation(officer, top.pk)
    entries = JournalEntry.objects.filter(object_type="organisation").order_by("pk")
    assert [(entry.verb, entry.object_version) for entry in entries] == [
        ("organisation.added", 1),
        ("organisation.overseer_set", 2),
        ("organisation.closed", 3),
    ]
    assert entries[1].facts["overseer"] == post.pk
    assert entries[1].street == town["street"].pk
