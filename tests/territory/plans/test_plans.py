"""Plans are proposed, decided for a day, or refused (R3, R5, R7)."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum

from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, Building, GridVersion, Placement, Plan
from shige.territory.plans.commands import force
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.force import bring_into_force
from shige.territory.plans.commands.proposal import draw_plan, propose_plan, refuse_plan, request_plan
from shige.territory.plans.queries.plans import plan_view
from shige.territory.refinement.commands.wishes import rename_grid
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry, Post
from shige.trust.queries import today

from ..conftest import BEGUN, TOMORROW
from ..ground import ONE, TWO, ground, unit, units


def test_a_decided_plan_puts_four_levels_in_force(divided: Plan) -> None:
    levels = Counter(GridVersion.objects.filter(valid__contains=today()).values_list("level", flat=True))
    assert levels["community"] == 2
    assert levels["general"] >= 3 and levels["micro"] >= 12 and levels["exclusive"] == 1


def test_every_household_is_in_one_micro_grid(divided: Plan) -> None:
    micro = GridVersion.objects.filter(level="micro").aggregate(Sum("households"))
    assert micro["households__sum"] == Building.objects.aggregate(Sum("households"))["households__sum"]


def test_the_community_grid_hangs_under_its_community(divided: Plan) -> None:
    for version in GridVersion.objects.filter(level="community").select_related("area__parent"):
        assert version.area.parent and version.area.parent.code == version.area.code[:12]
        assert version.area.community_id == version.area.parent_id == version.community_id


def test_areas_know_their_line(divided: Plan) -> None:
    for area in Area.objects.filter(kind="grid", level="micro").select_related("parent"):
        assert area.parent and area.parent.level == "general"
        assert area.general_id == area.parent_id
        assert area.street_id and area.district_id


def test_a_first_division_may_be_dated_back_and_a_change_may_not(divided: Plan) -> None:
    assert divided.effective_on == today() - BEGUN
    again = propose_plan(SYSTEM, divided.scope)
    with pytest.raises(ValidationError):
        decide_plan(SYSTEM, again, today() - timedelta(days=1))


def test_dividing_again_without_a_change_moves_nobody_and_changes_no_grid(divided: Plan) -> None:
    versions, placements = GridVersion.objects.count(), Placement.objects.count()
    again = propose_plan(SYSTEM, divided.scope)
    assert again.moved_households == 0
    decide_plan(SYSTEM, again, today())
    assert (GridVersion.objects.count(), Placement.objects.count()) == (versions, placements)


def more_houses(scope: Area) -> Plan:
    import_units(SYSTEM, ground(units(20, ONE, first=50, address="新房路1号", compound="新房苑")).units)
    return propose_plan(SYSTEM, scope)


def test_a_later_plan_holds_only_from_its_day(divided: Plan) -> None:
    before = set(GridVersion.objects.filter(valid__contains=today()).values_list("pk", flat=True))
    decide_plan(SYSTEM, more_houses(divided.scope), today() + TOMORROW)
    assert set(GridVersion.objects.filter(valid__contains=today()).values_list("pk", flat=True)) == before
    later = GridVersion.objects.filter(valid__contains=today() + TOMORROW, level="micro")
    assert later.aggregate(Sum("households"))["households__sum"] == 1700 - 0
    assert not Placement.objects.filter(building__unit="U055", valid__contains=today()).exists()


def test_codes_of_a_later_plan_are_new_or_live_on(divided: Plan) -> None:
    held = set(Area.objects.filter(kind="grid").values_list("code", flat=True))
    serials = {code[:12] + code[13:] for code in held}
    decide_plan(SYSTEM, more_houses(divided.scope), today())
    fresh = set(Area.objects.filter(kind="grid").values_list("code", flat=True)) - held
    assert fresh
    assert not {code[:12] + code[13:] for code in fresh} & serials
    assert min(int(code[13:]) for code in fresh if code.startswith(ONE)) > max(
        int(code[13:]) for code in held if code.startswith(ONE)
    )


def test_ended_grids_end_on_the_day_that_new_ones_begin(divided: Plan) -> None:
    decide_plan(SYSTEM, more_houses(divided.scope), today())
    ended = GridVersion.objects.filter(valid__endswith=today())
    begun = GridVersion.objects.filter(valid__startswith=today())
    assert ended.exists() and begun.exists()
    assert (
        JournalEntry.objects.filter(verb="grid.changed").count()
        + JournalEntry.objects.filter(verb="grid.opened", facts__plan=Plan.objects.latest("pk").pk).count()
        == begun.count()
    )


def test_a_plan_made_before_the_ground_changed_cannot_be_decided(divided: Plan) -> None:
    stale = propose_plan(SYSTEM, divided.scope)
    import_units(SYSTEM, ground([unit(90)]).units)
    with pytest.raises(ValidationError):
        decide_plan(SYSTEM, stale, today())


def test_of_two_plans_only_the_first_to_be_decided_holds(street: Area) -> None:
    first, second = propose_plan(SYSTEM, street), propose_plan(SYSTEM, street)
    decide_plan(SYSTEM, first, today())
    with pytest.raises(ValidationError):
        decide_plan(SYSTEM, second, today())


def test_a_decided_plan_is_not_decided_or_refused_again(divided: Plan) -> None:
    with pytest.raises(ValidationError):
        decide_plan(SYSTEM, divided, today())
    with pytest.raises(ValidationError):
        refuse_plan(SYSTEM, divided, "不合适")


def test_a_refusal_needs_a_reason_and_leaves_the_grids(street: Area) -> None:
    plan = propose_plan(SYSTEM, street)
    with pytest.raises(ValidationError):
        refuse_plan(SYSTEM, plan, "  ")
    assert refuse_plan(SYSTEM, plan, "小区被拆分").state == Plan.State.REFUSED
    assert not GridVersion.objects.exists()


def test_a_requested_plan_is_computed_once(street: Area) -> None:
    plan = request_plan(SYSTEM, street)
    with pytest.raises(ValidationError):
        request_plan(SYSTEM, street)
    draw_plan(SYSTEM, plan)
    with pytest.raises(ValidationError):
        draw_plan(SYSTEM, plan)


def test_a_community_proposes_and_only_the_street_decides(street: Area, appointed: Any) -> None:
    community = Area.objects.get(code=ONE)
    chief = appointed("community_chief", community)
    plan = propose_plan(chief, community)
    with pytest.raises(PermissionDenied):
        decide_plan(chief, plan, today())
    with pytest.raises(PermissionDenied):
        propose_plan(chief, Area.objects.get(code=TWO))
    decided = decide_plan(appointed("street_officer", street), plan, today())
    assert decided.state == Plan.State.DECIDED


def test_the_view_of_a_plan_counts_before_and_after(divided: Plan) -> None:
    view = plan_view(more_houses(divided.scope))
    micro = next(line for line in view.levels if line.level == "micro")
    assert micro.after > micro.before > 0
    assert {change.kind for change in view.changes} >= {"new"}


def test_a_decided_plan_still_shows_what_it_replaced(divided: Plan) -> None:
    view = plan_view(divided)
    assert all(line.before == 0 for line in view.levels)


def test_a_grid_that_changes_its_general_grid_keeps_its_code_and_moves_on_the_day(divided: Plan) -> None:
    version = GridVersion.objects.filter(level="micro").select_related("area", "parent")[0]
    other = GridVersion.objects.filter(level="general").exclude(area=version.parent)[0].area
    GridVersion.objects.filter(pk=version.pk).update(parent=other)
    assert bring_into_force() == 1
    moved = Area.objects.get(pk=version.area_id)
    assert (moved.parent_id, moved.general_id, moved.code) == (other.pk, other.pk, version.area.code)


def names_today() -> dict[str, str]:
    """Return what each grid with a code of today is called, by its own row and by its version."""
    held = GridVersion.objects.filter(valid__contains=today()).select_related("area")
    assert all(version.called == version.area.name for version in held)
    return {version.area.code: version.called for version in held}


def test_a_grid_keeps_its_name_whatever_is_divided_anew(divided: Plan) -> None:
    """Houses of another compound would give it another name by itself; nobody has said so."""
    before = names_today()
    decide_plan(SYSTEM, more_houses(divided.scope), today())
    after = names_today()
    assert {code: after[code] for code in before.keys() & after.keys()} == {
        code: name for code, name in before.items() if code in after
    }
    micro = [name for code, name in after.items() if code.startswith(f"{ONE}2")]
    assert len(micro) == len(set(micro))


def test_a_name_decided_for_later_holds_from_its_day_in_lists_posts_and_on_the_map(
    divided: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = min(code for code in names_today() if code[12] == "2")
    grid = Area.objects.get(code=code)
    old = grid.name
    post = Post.objects.create(role="micro_worker", area=grid, name=f"{old}微网格员")
    again = propose_plan(SYSTEM, divided.scope)
    renamed = rename_grid(SYSTEM, again, code, "望江楼微网格")
    change = next(one for one in plan_view(renamed).changes if one.code == code)
    assert (change.kind, change.was, change.name) == ("changed", old, "望江楼微网格")
    decide_plan(SYSTEM, renamed, today() + TOMORROW)
    grid.refresh_from_db(), post.refresh_from_db()
    assert names_today()[code] == old == grid.name and post.name.startswith(old)
    day = today() + TOMORROW
    monkeypatch.setattr(force, "today", lambda: day)
    assert bring_into_force() == 1
    grid.refresh_from_db(), post.refresh_from_db()
    assert grid.name == "望江楼微网格" and post.name == "望江楼微网格微网格员"
    assert GridVersion.objects.get(area=grid, valid__contains=today()).called == old


@pytest.mark.parametrize("name", ["", "1号", "x" * 81])
def test_a_name_that_cannot_be_spoken_is_refused(divided: Plan, name: str) -> None:
    again = propose_plan(SYSTEM, divided.scope)
    code = min(code for code in names_today() if code[12] == "2")
    with pytest.raises(ValidationError):
        rename_grid(SYSTEM, again, code, name)
    with pytest.raises(ValidationError, match="Another grid"):
        rename_grid(SYSTEM, again, code, max(names_today().items())[1])
