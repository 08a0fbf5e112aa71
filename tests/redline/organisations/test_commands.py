"""An organisation's life: what each change keeps, what it leaves as it was, and who may make it (R9)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone, translation

from shige.redline.line.queries import line_of_street, walk
from shige.redline.models import Change, Organisation, Standing
from shige.redline.organisations.commands import (
    close,
    found,
    merge,
    rename,
    retie,
    set_overseer,
    split,
)
from shige.redline.organisations.reversals import restore, withdraw
from shige.territory.models import GridVersion
from shige.trust.gate import Viewer
from shige.trust.models import JournalEntry
from shige.trust.queries import today

from ..conftest import LONG_AGO, Town, decided, overseer_post, serving


@pytest.fixture
def top(town: Town, officer: Viewer) -> Standing:
    return found(officer, "玉兰社区党委", "street_cadres", town["whole"].pk, decision=LONG_AGO)


@pytest.fixture
def branch(town: Town, officer: Viewer, top: Standing) -> Standing:
    parent = top.organisation_id
    return found(officer, "北片党支部", "community_cadres", town["north"].pk, parent, decision=LONG_AGO)


@pytest.fixture
def group(town: Town, officer: Viewer, branch: Standing) -> Standing:
    parent = branch.organisation_id
    return found(officer, "一号党小组", "resident_members", town["n1"].pk, parent, decision=LONG_AGO)


def last(standing: Standing) -> Standing:
    """Return how an organisation stands at last."""
    return Standing.objects.living().get(organisation=standing.organisation_id)


def tied_on(viewer: Viewer, town: Town, day: date) -> dict[str, list[str]]:
    """Return which organisations each grid has on a day."""
    line = line_of_street(viewer, town["street"].pk, day)
    nodes = [node for root in line.grids for node in walk(root)]
    return {node.name: [body.name for body in node.organisations] for node in nodes if node.organisations}


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
    ],
)
def test_a_kind_is_tied_to_the_level_that_its_pair_names(
    town: Town, officer: Viewer, kind: str, area: str, fits: bool
) -> None:
    if fits:
        made = found(officer, "党支部", kind, town[area].pk)
        assert made.area == town[area] and made.tied
    else:
        with pytest.raises(ValidationError, match=town[area].name):
            found(officer, "党支部", kind, town[area].pk)


def test_an_unknown_kind_is_refused(town: Town, officer: Viewer) -> None:
    with pytest.raises(ValidationError) as refusal:
        found(officer, "党支部", "club", town["n1"].pk)
    assert "kind" in refusal.value.message_dict


@pytest.mark.parametrize("name", ["", "   ", "党" * 81])
def test_a_name_has_1_to_80_characters(town: Town, officer: Viewer, name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        found(officer, name, "resident_members", town["n1"].pk)
    assert "name" in refusal.value.message_dict


@pytest.mark.parametrize("area", ["yulan", "street"])
def test_in_a_street_or_community_it_has_its_seat_and_no_grid(town: Town, officer: Viewer, area: str) -> None:
    made = found(officer, "双塔公司党支部", "exclusive_members", town[area].pk)
    assert not made.tied
    assert found(officer, "另一公司党支部", "exclusive_members", town[area].pk).area == town[area]
    assert "双塔公司党支部" in {body.name for body in line_of_street(officer, town["street"].pk).without_grid}


def test_a_parent_oversees_an_area_above(
    town: Town, officer: Viewer, top: Standing, branch: Standing, group: Standing
) -> None:
    assert (branch.parent, group.parent) == (top.organisation, branch.organisation)


def test_a_parent_beside_the_area_is_refused(town: Town, officer: Viewer, branch: Standing) -> None:
    with pytest.raises(ValidationError) as refusal:
        found(officer, "南片党小组", "resident_members", town["s1"].pk, branch.organisation_id)
    assert "北片党支部" in refusal.value.message_dict["above"][0]


def test_a_parent_is_there_on_that_day(town: Town, officer: Viewer) -> None:
    young = found(officer, "党支部", "community_cadres", town["north"].pk)
    with pytest.raises(ValidationError) as refusal:
        found(officer, "党小组", "resident_members", town["n1"].pk, young.organisation_id, None, decided(30))
    assert "above" in refusal.value.message_dict


def test_an_organisation_never_comes_to_stand_above_itself(
    town: Town, officer: Viewer, top: Standing, branch: Standing
) -> None:
    for parent in (top.organisation_id, branch.organisation_id):
        with pytest.raises(ValidationError) as refusal:
            retie(officer, top.organisation_id, town["whole"].pk, parent, decided())
        assert "above" in refusal.value.message_dict


def test_the_database_refuses_an_organisation_as_its_own_parent(top: Standing) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.filter(pk=top.pk).update(parent=top.organisation_id)


def test_one_organisation_of_a_kind_for_a_grid_at_a_time(town: Town, officer: Viewer, top: Standing) -> None:
    with pytest.raises(ValidationError) as refusal:
        found(officer, "第二党委", "street_cadres", town["whole"].pk)
    assert "grid" in refusal.value.message_dict
    other = Organisation.objects.create(kind="street_cadres")
    second = Standing(organisation=other, kind="street_cadres", name="第二党委", area=town["whole"])
    second.valid = DateRange(today(), today() + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    second.kind = "community_cadres"
    second.save()


def test_an_organisation_stands_once_at_a_time(town: Town, top: Standing) -> None:
    again = Standing(organisation=top.organisation, kind=top.kind, name="x", area=town["yulan"], tied=False)
    again.valid = DateRange(today(), None)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_retying_leaves_the_past_as_it_was(town: Town, officer: Viewer, group: Standing) -> None:
    day = today() - timedelta(days=5)
    retie(officer, group.organisation_id, town["n2"].pk, group.parent_id, decided(5, "网格调整"))
    GridVersion.objects.update(valid=DateRange(day - timedelta(days=9), None))
    assert (tied_on(officer, town, day).get("n1"), tied_on(officer, town, day)["n2"]) == (
        None,
        ["一号党小组"],
    )
    before = tied_on(officer, town, day - timedelta(days=1))
    assert (before["n1"], before.get("n2")) == (["一号党小组"], None)
    told = Change.objects.get(kind="retied")
    assert (told.before, told.after, told.reason, told.on) == ("n1", "n2", "网格调整", day)


def test_what_is_decided_for_later_changes_nothing_now(town: Town, officer: Viewer, group: Standing) -> None:
    retie(officer, group.organisation_id, town["n2"].pk, group.parent_id, decided(-7))
    assert "n2" not in tied_on(officer, town, today())
    assert tied_on(officer, town, today() + timedelta(days=7))["n2"] == ["一号党小组"]


def test_a_change_never_lies_before_the_last_one(town: Town, officer: Viewer, group: Standing) -> None:
    rename(officer, group.organisation_id, "一号党小组(新)", decided(3))
    for change in (
        lambda: rename(officer, group.organisation_id, "旧", decided(4)),
        lambda: close(officer, group.organisation_id, decided(4)),
        lambda: rename(officer, group.organisation_id, "远", decided(-400)),
    ):
        with pytest.raises(ValidationError) as refusal:
            change()
        assert "on" in refusal.value.message_dict
    rename(officer, group.organisation_id, "一号党小组", decided(3))
    assert Standing.objects.filter(organisation=group.organisation_id).count() == 2


def test_a_change_says_why(town: Town, officer: Viewer, group: Standing) -> None:
    with pytest.raises(ValidationError) as refusal:
        rename(officer, group.organisation_id, "新", decided(0, " "))
    assert "reason" in refusal.value.message_dict


def test_a_name_changes_from_a_day_on(town: Town, officer: Viewer, group: Standing) -> None:
    rename(officer, group.organisation_id, "银杏党小组", decided(1))
    past = Standing.objects.get(
        organisation=group.organisation_id, valid__contains=today() - timedelta(days=2)
    )
    assert (past.name, last(group).name) == ("一号党小组", "银杏党小组")
    with pytest.raises(ValidationError):
        rename(officer, group.organisation_id, "银杏党小组", decided())


def test_what_is_left_without_a_grid_keeps_its_seat_in_the_community(
    town: Town, officer: Viewer, group: Standing
) -> None:
    free = retie(officer, group.organisation_id, None, None, decided())
    assert (free.area, free.tied) == (town["yulan"], False)
    assert found(officer, "新党小组", "resident_members", town["n1"].pk).tied
    back = retie(officer, group.organisation_id, town["n2"].pk, None, decided())
    assert (back.area, back.tied) == (town["n2"], True)


def test_closing_says_what_to_do_first(
    town: Town, officer: Viewer, branch: Standing, group: Standing
) -> None:
    post = overseer_post(town["north"])
    set_overseer(officer, branch.organisation_id, post.pk)
    with pytest.raises(ValidationError) as refusal:
        close(officer, branch.organisation_id, decided())
    said = " ".join(refusal.value.messages)
    assert "一号党小组" in said and post.name in said and "north" in said
    set_overseer(officer, branch.organisation_id, None)
    with pytest.raises(ValidationError):
        retie(officer, branch.organisation_id, town["south"].pk, branch.parent_id, decided())
    retie(officer, group.organisation_id, town["n1"].pk, None, decided())
    retie(officer, branch.organisation_id, None, None, decided())
    close(officer, branch.organisation_id, decided())
    assert not Standing.objects.living().filter(organisation=branch.organisation_id).exists()
    with pytest.raises(ValidationError, match="北片党支部"):
        close(officer, branch.organisation_id, decided())


def test_what_is_still_to_come_is_not_ended_now(town: Town, officer: Viewer, group: Standing) -> None:
    retie(officer, group.organisation_id, None, None, decided(1))
    with pytest.raises(ValidationError) as refusal:
        close(officer, group.organisation_id, decided(-1))
    assert "on" in refusal.value.message_dict


def test_a_closed_organisation_makes_room_and_keeps_its_history(
    town: Town, officer: Viewer, group: Standing
) -> None:
    retie(officer, group.organisation_id, None, None, decided(9))
    close(officer, group.organisation_id, decided(2, "并入"))
    assert found(officer, "新党小组", "resident_members", town["n1"].pk, decision=decided(9)).tied
    kinds = list(Change.objects.filter(organisation=group.organisation_id).values_list("kind", flat=True))
    assert kinds == ["founded", "retied", "placed", "closed"]


def test_merging_moves_those_below(town: Town, officer: Viewer, top: Standing, group: Standing) -> None:
    branch = group.parent_id or 0
    merge(officer, branch, top.organisation_id, decided(4, "规模过小"))
    moved = last(group)
    assert (moved.parent, moved.valid.lower) == (top.organisation, today() - timedelta(days=4))
    assert Standing.objects.get(organisation=branch).valid.upper == today() - timedelta(days=4)
    assert Change.objects.get(kind="merged").after == Change.objects.get(kind="absorbed").after == top.name
    with pytest.raises(ValidationError):
        merge(officer, branch, top.organisation_id, decided())


def test_merging_needs_one_that_oversees_those_below(
    town: Town, officer: Viewer, branch: Standing, group: Standing
) -> None:
    south = found(officer, "南片党支部", "community_cadres", town["south"].pk, decision=LONG_AGO)
    with pytest.raises(ValidationError, match="一号党小组"):
        merge(officer, branch.organisation_id, south.organisation_id, decided())
    with pytest.raises(ValidationError) as refusal:
        merge(officer, branch.organisation_id, group.organisation_id, decided())
    assert "into" in refusal.value.message_dict
    with pytest.raises(ValidationError):
        merge(officer, branch.organisation_id, branch.organisation_id, decided())


def test_splitting_founds_one_of_the_kind_and_moves_the_chosen(
    town: Town, officer: Viewer, branch: Standing, group: Standing
) -> None:
    beside = found(officer, "南片党小组", "resident_members", town["s1"].pk, None, decision=LONG_AGO)
    with pytest.raises(ValidationError) as refusal:
        split(
            officer,
            branch.organisation_id,
            "南片党支部",
            town["south"].pk,
            [beside.organisation_id],
            decided(),
        )
    assert "below" in refusal.value.message_dict
    with pytest.raises(ValidationError, match="一号党小组"):
        split(
            officer,
            branch.organisation_id,
            "南片党支部",
            town["south"].pk,
            [group.organisation_id],
            decided(),
        )
    made = split(officer, branch.organisation_id, "南片党支部", town["south"].pk, [], decided())
    assert (made.kind, made.parent_id, made.area) == (branch.kind, branch.parent_id, town["south"])
    assert Change.objects.get(kind="split_off").before == "北片党支部"


def test_a_move_that_strands_those_below_is_refused(
    town: Town, officer: Viewer, branch: Standing, group: Standing
) -> None:
    with pytest.raises(ValidationError, match="一号党小组"):
        retie(officer, branch.organisation_id, town["south"].pk, branch.parent_id, decided())


def test_a_move_keeps_an_overseer_who_serves_the_new_area_and_drops_another(
    town: Town, officer: Viewer, top: Standing
) -> None:
    here, wide = overseer_post(town["n1"], "n1"), overseer_post(town["whole"], "whole")
    above = top.organisation_id
    group = found(officer, "党小组", "resident_members", town["n1"].pk, above, wide.pk).organisation_id
    assert retie(officer, group, town["n2"].pk, above, decided()).overseer == wide
    retie(officer, group, town["n1"].pk, above, decided())
    set_overseer(officer, group, here.pk)
    assert retie(officer, group, town["n2"].pk, above, decided()).overseer is None


@pytest.mark.parametrize("area", ["n1", "north", "whole", "yulan", "street"])
def test_an_overseer_serves_the_area_or_one_that_holds_it(town: Town, officer: Viewer, area: str) -> None:
    group = found(officer, "党小组", "resident_members", town["n1"].pk)
    post = overseer_post(town[area])
    assert set_overseer(officer, group.organisation_id, post.pk).overseer == post


def test_other_posts_cannot_oversee(town: Town, officer: Viewer) -> None:
    group = found(officer, "党小组", "resident_members", town["n1"].pk)
    beside = overseer_post(town["n2"])
    worker = overseer_post(town["n1"])
    worker.role = "micro_worker"
    worker.save()
    for post in (beside, worker):
        with pytest.raises(ValidationError) as refusal:
            set_overseer(officer, group.organisation_id, post.pk)
        assert "overseer" in refusal.value.message_dict


@pytest.mark.parametrize("role", ["community_chief", "community_staff", "party_overseer", "micro_worker"])
def test_only_street_and_secretary_edit(town: Town, role: str, group: Standing) -> None:
    viewer, pk = serving(role, town["yulan"]), group.organisation_id
    for change in (
        lambda: found(viewer, "党支部", "community_cadres", town["south"].pk),
        lambda: rename(viewer, pk, "新", decided()),
        lambda: retie(viewer, pk, town["n2"].pk, None, decided()),
        lambda: merge(viewer, pk, group.parent_id or 0, decided()),
        lambda: split(viewer, pk, "新", town["n2"].pk, [], decided()),
        lambda: close(viewer, pk, decided()),
        lambda: set_overseer(viewer, pk, None),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_whoever_is_overseen_moves_nothing_of_a_duty(town: Town, officer: Viewer, group: Standing) -> None:
    """Also where the overseer's post is a wide one that would serve the new place as well (R10)."""
    secretary = serving("community_secretary", town["yulan"])
    for area in (town["yulan"], town["street"]):
        wide = overseer_post(area)
        set_overseer(officer, group.organisation_id, wide.pk)
        for grid, parent in (
            (None, None), (town["n2"].pk, group.parent_id), (town["n1"].pk, None),
        ):  # fmt: skip
            with pytest.raises(ValidationError, match=wide.name):
                retie(secretary, group.organisation_id, grid, parent, decided())
    held = last(group)
    assert (held.area, held.tied, held.parent_id) == (group.area, True, group.parent_id)


def test_the_secretary_edits_the_own_community_and_names_no_overseer(
    town: Town, officer: Viewer, group: Standing
) -> None:
    secretary, post = serving("community_secretary", town["yulan"]), overseer_post(town["n1"])
    made = found(secretary, "二号党小组", "resident_members", town["n2"].pk, group.parent_id)
    rename(secretary, made.organisation_id, "三号党小组", decided())
    with pytest.raises(PermissionDenied):
        set_overseer(secretary, made.organisation_id, None)
    with pytest.raises(PermissionDenied):
        found(secretary, "南片党小组", "resident_members", town["s1"].pk, None, post.pk)
    set_overseer(officer, group.organisation_id, post.pk)
    for change in (
        lambda: retie(secretary, group.organisation_id, None, None, decided()),
        lambda: merge(secretary, group.organisation_id, group.parent_id or 0, decided()),
    ):
        with pytest.raises(ValidationError, match=post.name):
            change()
    elsewhere = town.add("elsewhere", "community", "510199001002", "street")
    with pytest.raises(PermissionDenied):
        rename(serving("community_secretary", elsewhere), made.organisation_id, "新", decided())
    with pytest.raises(PermissionDenied):
        found(secretary, "党支部", "exclusive_members", elsewhere.pk)


def test_a_street_edits_its_own_line_only(town: Town, top: Standing) -> None:
    other = town.add("elsewhere", "street", "510199002000", "district")
    with pytest.raises(PermissionDenied):
        set_overseer(serving("street_officer", other), top.organisation_id, None)


def test_each_change_is_one_journal_entry_with_the_version_of_the_row(
    town: Town, officer: Viewer, top: Standing
) -> None:
    post, pk = overseer_post(town["whole"]), top.organisation_id
    set_overseer(officer, pk, post.pk)
    set_overseer(officer, pk, None)
    rename(officer, pk, "玉兰党委", decided(0, "更名的理由"))
    retie(officer, pk, None, None, decided())
    close(officer, pk, decided())
    entries = JournalEntry.objects.filter(object_type="organisation").order_by("pk")
    assert [(entry.verb, entry.object_version) for entry in entries] == [
        ("organisation.added", 1),
        ("organisation.overseer_set", 2),
        ("organisation.overseer_set", 3),
        ("organisation.renamed", 4),
        ("organisation.moved", 5),
        ("organisation.closed", 6),
    ]
    assert entries[1].facts["overseer"] == post.pk
    assert entries[4].facts["tied"] is False and entries[4].facts["on"] == today().isoformat()
    assert entries[1].street == town["street"].pk
    assert not any("理由" in str(entry.facts) for entry in entries)


def test_a_planned_change_is_withdrawn(
    town: Town, officer: Viewer, group: Standing, branch: Standing
) -> None:
    before = last(group)
    retie(officer, group.organisation_id, town["n2"].pk, branch.organisation_id, decided(-9))
    kept = withdraw(officer, group.organisation_id, "暂缓")
    assert kept is not None and (kept.area, kept.valid) == (town["n1"], before.valid)
    assert Standing.objects.filter(organisation=group.organisation_id).count() == 1
    told = Change.objects.filter(organisation=group.organisation_id).latest("pk")
    assert (told.kind, told.reason, told.on) == ("withdrawn", "暂缓", today() + timedelta(days=9))
    assert JournalEntry.objects.filter(verb="organisation.withdrawn").count() == 1
    with pytest.raises(ValidationError):
        withdraw(officer, group.organisation_id, "再来一次")


def test_a_planned_founding_is_withdrawn_unless_others_stand_below(
    town: Town, officer: Viewer, top: Standing
) -> None:
    made = found(
        officer, "南片党支部", "community_cadres", town["south"].pk, top.organisation_id, decision=decided(-9)
    )
    below = found(
        officer, "三号党小组", "resident_members", town["s1"].pk, made.organisation_id, decision=decided(-9)
    )
    with pytest.raises(ValidationError, match="三号党小组"):
        withdraw(officer, made.organisation_id, "暂缓")
    assert withdraw(officer, below.organisation_id, "暂缓") is None
    assert withdraw(officer, made.organisation_id, "暂缓") is None
    assert not Standing.objects.filter(organisation=made.organisation_id).exists()
    assert Change.objects.filter(organisation=made.organisation_id).count() == 2


def test_what_was_promised_meanwhile_is_not_taken_back(
    town: Town, officer: Viewer, group: Standing, branch: Standing
) -> None:
    retie(officer, group.organisation_id, town["n2"].pk, branch.organisation_id, decided(-9))
    found(
        officer, "新党小组", "resident_members", town["n1"].pk, branch.organisation_id, decision=decided(-9)
    )
    with pytest.raises(ValidationError, match="n1"):
        withdraw(officer, group.organisation_id, "暂缓")
    assert last(group).area == town["n2"]


def test_whoever_names_no_overseers_withdraws_no_change_of_them(
    town: Town, officer: Viewer, group: Standing
) -> None:
    secretary = serving("community_secretary", town["yulan"])
    set_overseer(officer, group.organisation_id, overseer_post(town["n1"]).pk, decided(-9))
    with pytest.raises(PermissionDenied):
        withdraw(secretary, group.organisation_id, "暂缓")
    assert withdraw(officer, group.organisation_id, "暂缓") is not None


def test_nobody_elsewhere_withdraws(town: Town, officer: Viewer, group: Standing) -> None:
    rename(officer, group.organisation_id, "新名", decided(-9))
    other = town.add("elsewhere", "street", "510199002000", "district")
    with pytest.raises(PermissionDenied):
        withdraw(serving("street_officer", other), group.organisation_id, "暂缓")


def test_a_founding_of_today_is_withdrawn_by_whoever_may_end_its_overseers_duty(
    town: Town, officer: Viewer, branch: Standing
) -> None:
    secretary = serving("community_secretary", town["yulan"])
    post = overseer_post(town["n2"]).pk
    made = found(officer, "二号党小组", "resident_members", town["n2"].pk, branch.organisation_id, post)
    with pytest.raises(ValidationError, match="overseer"), translation.override("en"):
        withdraw(secretary, made.organisation_id, "录错了")
    assert withdraw(officer, made.organisation_id, "录错了") is None
    assert not Standing.objects.filter(organisation=made.organisation_id).exists()


def test_what_was_decided_on_an_earlier_day_for_today_stands(
    town: Town, officer: Viewer, group: Standing
) -> None:
    rename(officer, group.organisation_id, "改名党小组", decided())
    Change.objects.filter(organisation=group.organisation_id).update(at=timezone.now() - timedelta(days=3))
    with pytest.raises(ValidationError):
        withdraw(officer, group.organisation_id, "暂缓")


def test_an_end_of_today_is_taken_back(
    town: Town, officer: Viewer, group: Standing, branch: Standing
) -> None:
    before = last(group)
    merge(officer, group.organisation_id, branch.organisation_id, decided())
    ended = Standing.objects.filter(organisation=group.organisation_id).order_by("-valid")[0]
    assert ended.valid.upper == today()
    again = restore(officer, group.organisation_id, "点错了")
    assert (again.valid, again.area, again.parent_id) == (before.valid, before.area, before.parent_id)
    told = Change.objects.filter(organisation=group.organisation_id).latest("pk")
    assert (told.kind, told.reason) == ("restored", "点错了")
    with pytest.raises(ValidationError):
        restore(officer, group.organisation_id, "再来一次")


def test_an_end_is_not_taken_back_once_its_grid_is_taken_or_a_day_has_passed(
    town: Town, officer: Viewer, group: Standing, branch: Standing
) -> None:
    merge(officer, group.organisation_id, branch.organisation_id, decided())
    taken = found(officer, "新党小组", "resident_members", town["n1"].pk, branch.organisation_id)
    with pytest.raises(ValidationError, match="n1"):
        restore(officer, group.organisation_id, "点错了")
    withdraw(officer, taken.organisation_id, "录错了")
    Change.objects.filter(organisation=group.organisation_id).update(at=timezone.now() - timedelta(days=1))
    with pytest.raises(ValidationError):
        restore(officer, group.organisation_id, "点错了")


def test_whoever_names_no_overseers_brings_no_duty_back(
    town: Town, officer: Viewer, group: Standing, branch: Standing
) -> None:
    set_overseer(officer, group.organisation_id, overseer_post(town["n1"]).pk, decided(9))
    merge(officer, group.organisation_id, branch.organisation_id, decided())
    secretary = serving("community_secretary", town["yulan"])
    with pytest.raises(ValidationError):
        restore(secretary, group.organisation_id, "点错了")
    assert restore(officer, group.organisation_id, "点错了").overseer is not None


def test_of_several_decisions_of_a_day_none_is_taken_back_by_itself(
    town: Town, officer: Viewer, branch: Standing
) -> None:
    made = found(officer, "二号党小组", "resident_members", town["n2"].pk, branch.organisation_id)
    rename(officer, made.organisation_id, "二号楼党小组", decided())
    with pytest.raises(ValidationError):
        withdraw(officer, made.organisation_id, "撤回改名")
    assert last(made).name == "二号楼党小组"


def test_what_has_its_seat_in_a_place_is_founded_there_once_however_it_is_written(
    town: Town, officer: Viewer
) -> None:
    street = town["street"].pk
    found(officer, "新就业群体党支部（筹）", "exclusive_members", street)
    for again in ("新就业群体党支部(筹)", "新就业群体 党支部（筹）"):
        with pytest.raises(ValidationError):
            found(officer, again, "exclusive_members", street)
    found(officer, "新就业群体党支部（筹）", "exclusive_members", town["yulan"].pk)
