"""Borders drawn by hand, and wishes told and forgotten one by one (R6)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from shapely import LineString

from shige.territory.models import Area, Plan, PlanNote
from shige.territory.plans.commands.proposal import draw_plan, propose_plan
from shige.territory.refinement.borders import MOST_LINES, MOST_POINTS, metres_of, read_line
from shige.territory.refinement.change import Wanted
from shige.territory.refinement.commands.moves import compute_again, move_building
from shige.territory.refinement.commands.wishes import (
    draw_line,
    drop_wish,
    keep_apart,
    keep_together,
    lock_grid,
)
from shige.territory.refinement.queries.moves import effect
from shige.territory.refinement.queries.wishes import wish_list
from shige.territory.refinement.wishes import each, wishes_of
from shige.trust.gate import SYSTEM
from shige.trust.templatetags.veils import veil

from ..conftest import SignIn
from ..ground import ONE, SOUTH, STEP, WEST

ACROSS = f"{WEST - STEP}, {SOUTH + 2 * STEP - 0.00004}\n{WEST + 11 * STEP}, {SOUTH + 2 * STEP - 0.00004}"
"""Between the second and the third row of buildings of the first community."""


@pytest.fixture
def plan(street: Area) -> Plan:
    return propose_plan(SYSTEM, street)


def key_of_only_wish(plan: Plan) -> str:
    [(key, _kind, _named)] = each(plan.wishes)
    return key


def rows_of(plan: Plan) -> dict[str, set[int]]:
    """Return the rows of buildings in each micro-grid of the first community."""
    held: dict[str, set[int]] = {}
    for row in plan.outcome["pieces"]:
        if row[6].startswith(ONE):
            held.setdefault(row[6], set()).add(int(row[0][1:]) // 10)
    return held


def test_a_border_parts_the_grids_when_the_plan_is_computed_again(plan: Plan) -> None:
    asked = draw_line(SYSTEM, plan, read_line(ACROSS))
    assert [wish.state for wish in wish_list(asked)] == ["waiting"]
    again = draw_plan(SYSTEM, compute_again(SYSTEM, asked))
    assert all(max(rows) < 2 or min(rows) >= 2 for rows in rows_of(again).values())
    [told] = wish_list(again)
    assert (told.state, told.why) == ("kept", "") and "230" in told.words
    assert PlanNote.objects.get(plan=plan).facts["wish"] == "line"


def test_a_border_that_no_rule_allows_is_told_with_its_reason(plan: Plan) -> None:
    """Cut a corner of two buildings off: 40 doors are a grid, but one building of 20 is none."""
    corner = f"{WEST - STEP}, {SOUTH + STEP - 0.00004}\n{WEST + STEP - 0.00004}, {SOUTH + STEP - 0.00004}"
    corner += f"\n{WEST + STEP - 0.00004}, {SOUTH - STEP}"
    again = draw_plan(SYSTEM, compute_again(SYSTEM, draw_line(SYSTEM, plan, read_line(corner))))
    alone = {row[6] for row in again.outcome["pieces"] if row[0] == "U000"}
    small = sum(row[2] for row in again.outcome["pieces"] if row[6] in alone) < 30
    [told] = wish_list(again)
    assert small or (told.state == "refused" and "玉兰路0号" in told.why)


def test_the_refused_border_of_two_is_the_one_that_lies_there(plan: Plan) -> None:
    far = draw_line(SYSTEM, plan, read_line(ACROSS))
    both = draw_line(SYSTEM, far, read_line(ACROSS.replace(f"{SOUTH + 2 * STEP - 0.00004}", f"{SOUTH}")))
    asked = draw_plan(SYSTEM, compute_again(SYSTEM, both))
    asked.outcome["violations"].append(
        {
            "grid": asked.outcome["grids"][0]["code"],
            "rule": "line",
            "value": 1,
            "limit": 0,
            "why": "",
            "cause": "line_crossed",
            "details": {"units": "U015 - U025"},
        }
    )
    assert [wish.state for wish in wish_list(asked)] == ["refused", "kept"]
    assert "玉兰路15号、玉兰路25号" in wish_list(asked)[0].why


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("", "请填写。"),
        ("104.06, 30.64", "两个不同的点"),
        ("104.06, 30.64\n104.06, 30.64", "两个不同的点"),
        ("104.06, 30.64\n104.06", "第 2 行"),
        ("104.06, 30.64\nnan, 30.65", "第 2 行"),
        ("30.64, 104.06\n30.65, 104.06", "先写经度"),
        ("104.06, 30.64\n104.07, x", "第 2 行"),
        ("106.00, 31.00\n106.01, 31.00", "不在本方案的范围内"),
        ("\n".join(f"104.06{n:05d}, 30.64" for n in range(10_000)), "10000 个"),
    ],
)
def test_a_line_that_is_none_comes_back_and_nothing_is_saved(
    plan: Plan, sign_in: SignIn, street: Area, points: str, said: str
) -> None:
    client = sign_in("street_officer", street)
    answer = client.post(f"/plans/{veil(plan.pk)}/line/", {"points": points})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert points[:20] in page  # what was typed is still there
    plan.refresh_from_db()
    assert plan.wishes == {} and plan.version == 2 and not PlanNote.objects.exists()


def test_a_plan_has_no_more_borders_than_it_can_hold(plan: Plan) -> None:
    lines = [[[WEST, SOUTH + n * 1e-6], [WEST + STEP, SOUTH]] for n in range(MOST_LINES)]
    Plan.objects.filter(pk=plan.pk).update(wishes={"lines": lines})
    with pytest.raises(ValidationError):
        draw_line(SYSTEM, plan, read_line(ACROSS))


def test_a_line_is_read_with_its_points() -> None:
    line = read_line("104.0600001,30.64\n\n 104.06 30.65 \n104.07，30.65")
    assert line.equals(LineString([(104.06, 30.64), (104.06, 30.65), (104.07, 30.65)]))
    assert metres_of(line) == pytest.approx(1113 + 957, abs=3)
    most = "\n".join(f"{104 + n / 1000}, 30" for n in range(MOST_POINTS))
    assert len(read_line(most).coords) == MOST_POINTS
    with pytest.raises(ValidationError):
        read_line(f"{most}\n105, 30")


def test_a_line_is_drawn_in_the_pages(plan: Plan, sign_in: SignIn, street: Area) -> None:
    client = sign_in("street_officer", street)
    page = client.post(f"/plans/{veil(plan.pk)}/line/", {"points": ACROSS}, follow=True)
    assert "边界线 1" in page.content.decode() and "尚未计算" in page.content.decode()
    assert len(page.context["change"]["lines"]) == 1


def test_who_may_not_change_a_plan_draws_no_line(plan: Plan, sign_in: SignIn, appointed: Any) -> None:
    elsewhere = Area.objects.get(code=ONE)
    with pytest.raises(PermissionDenied):
        draw_line(appointed("community_chief", elsewhere), plan, read_line(ACROSS))
    client = sign_in("community_chief", elsewhere)
    assert client.post(f"/plans/{veil(plan.pk)}/line/", {"points": ACROSS}).status_code in {403, 404}
    assert client.get(f"/plans/{veil(plan.pk)}/grid/", {"code": ""}).status_code in {403, 404}


def test_a_decided_plan_takes_no_line(divided: Plan, sign_in: SignIn) -> None:
    client = sign_in("street_officer", divided.scope)
    client.post(f"/plans/{veil(divided.pk)}/line/", {"points": ACROSS})
    divided.refresh_from_db()
    assert divided.wishes == {} and divided.state == Plan.State.DECIDED


def everything(plan: Plan) -> Plan:
    """Wish for one thing of each kind."""
    code = next(row[6] for row in plan.outcome["pieces"] if row[0] == "U020")
    plan = lock_grid(SYSTEM, plan, code, locked=True)
    plan = keep_together(SYSTEM, plan, frozenset({"U001", "U002"}))
    plan = keep_apart(SYSTEM, plan, frozenset({"U004", "U030"}))
    return draw_line(SYSTEM, plan, read_line(ACROSS))


@pytest.mark.parametrize("place", range(4))
def test_each_wish_is_forgotten_by_itself(plan: Plan, sign_in: SignIn, street: Area, place: int) -> None:
    plan = everything(plan)
    wishes = wish_list(plan)
    assert [wish.kind for wish in wishes] == ["locked", "together", "apart", "lines"]
    client = sign_in("street_officer", street)
    client.post(f"/plans/{veil(plan.pk)}/forget/", {"wish": wishes[place].key})
    plan.refresh_from_db()
    left = [wish for wish in wishes if wish is not wishes[place]]
    assert [wish.key for wish in wish_list(plan)] == [wish.key for wish in left]
    page = client.post(f"/plans/{veil(plan.pk)}/forget/", {"wish": wishes[place].key}, follow=True)
    assert "这一项已经取消" in page.content.decode()


def test_what_is_forgotten_is_written_down(plan: Plan) -> None:
    plan = keep_apart(SYSTEM, plan, frozenset({"U004", "U030"}))
    drop_wish(SYSTEM, plan, key_of_only_wish(plan))
    note = PlanNote.objects.filter(plan=plan).latest("pk")
    assert note.facts == {"wish": "let_go", "names": ["玉兰路4号", "玉兰路30号"]}
    with pytest.raises(ValidationError):
        drop_wish(SYSTEM, plan, "none")


def test_wishes_are_kept_as_they_were_made(plan: Plan) -> None:
    plan = everything(plan)
    plan.refresh_from_db()
    assert wishes_of(plan.wishes).lines == (read_line(ACROSS),)


def test_a_plan_computed_again_says_what_it_honoured(plan: Plan) -> None:
    again = draw_plan(SYSTEM, compute_again(SYSTEM, everything(plan)))
    assert [wish.state for wish in wish_list(again)] == ["kept"] * 4


def test_a_wish_refused_for_its_size_says_so(plan: Plan) -> None:
    for number in range(1, 7):
        plan = keep_together(SYSTEM, plan, frozenset({"U000", f"U{number:03d}"}))
    again = draw_plan(SYSTEM, compute_again(SYSTEM, plan))
    [told] = wish_list(again)
    assert told.state == "refused" and "140" in told.why and "玉兰路6号" in told.why


def test_buildings_parted_by_hand_are_no_longer_together(plan: Plan) -> None:
    plan = keep_together(SYSTEM, plan, frozenset({"U008", "U009"}))
    again = draw_plan(SYSTEM, compute_again(SYSTEM, plan))
    target = next(
        grid["code"]
        for grid in again.outcome["grids"]
        if grid["level"] == "micro"
        and grid["code"].startswith(ONE)
        and not any(row[0] == "U009" and row[6] == grid["code"] for row in again.outcome["pieces"])
    )
    parted = move_building(SYSTEM, again, Wanted("U009", "", target), again.version)
    [told] = wish_list(parted)
    assert told.state == "refused" and told.why == _("changed by hand since it was computed")


def test_a_move_by_hand_keeps_what_is_said_of_other_grids(plan: Plan) -> None:
    for number in range(1, 7):
        plan = keep_together(SYSTEM, plan, frozenset({"U000", f"U{number:03d}"}))
    again = draw_plan(SYSTEM, compute_again(SYSTEM, plan))
    target = next(row[6] for row in again.outcome["pieces"] if row[0] == "U039")
    moved = move_building(SYSTEM, again, Wanted("U030", "", target), again.version)
    assert "together" in {found["rule"] for found in moved.outcome["violations"]}


def told_of(plan: Plan, number: str, target: str) -> tuple[str, ...]:
    return effect(plan, Wanted(number, "", target)).broken


def test_a_move_says_which_wishes_it_goes_against(plan: Plan) -> None:
    leaves = {row[0]: row[6] for row in plan.outcome["pieces"]}
    target = next(leaves[f"U{n:03d}"] for n in range(9, 40) if leaves[f"U{n:03d}"] != leaves["U000"])
    there = next(unit for unit, leaf in leaves.items() if leaf == target)
    mate = next(unit for unit, leaf in leaves.items() if leaf == leaves["U000"] and unit != "U000")
    before = told_of(plan, "U000", target)
    plan = lock_grid(SYSTEM, plan, leaves["U000"], locked=True)
    plan = keep_together(SYSTEM, plan, frozenset({"U000", mate}))
    plan = keep_apart(SYSTEM, plan, frozenset({"U000", there}))
    said = set(told_of(plan, "U000", target)) - set(before)
    assert len(said) == 3
    assert sum("玉兰路0号" in words for words in said) == 2


def test_a_move_over_a_border_says_so(plan: Plan) -> None:
    plan = draw_line(SYSTEM, plan, read_line(ACROSS))
    again = draw_plan(SYSTEM, compute_again(SYSTEM, plan))
    leaves = {row[0]: row[6] for row in again.outcome["pieces"]}
    border = _("a border drawn by hand runs between")
    assert border in told_of(again, "U015", leaves["U025"])
    beside = next(
        (leaf for unit, leaf in leaves.items() if "U000" <= unit < "U020" and leaf != leaves["U015"]), ""
    )
    assert not beside or border not in told_of(again, "U015", beside)
