import pytest
from pydantic import ValidationError

from shige.division.rules import Facts, Whole, check
from shige.profile.grids import GridRules

WHOLE = Whole(households=1200, doors=1300, by_group=False)
SOUND = {
    "code": "990199001001200001", "level": "micro", "households": 70, "doors": 80, "buildings": 9,
    "hours": 2.0, "metres": 400.0, "parts": 1, "barriers": (), "block_total": 1300, "heaviest": ("U1", 9),
}  # fmt: skip


def broken(whole=WHOLE, rules=None, **facts):
    return [
        (v.rule, v.value, v.limit, v.cause)
        for v in check(Facts(**SOUND | facts), whole, rules or GridRules())
    ]


@pytest.mark.parametrize("doors", [30, 80, 100])
def test_a_micro_grid_within_its_bounds_breaks_nothing(doors):  # R3
    assert broken(doors=doors) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"doors": 29}, ("micro_doors", 29, 30, "neighbours")),
        ({"doors": 101}, ("micro_doors", 101, 100, "neighbours")),
        ({"doors": 130, "heaviest": ("U1", 130)}, ("micro_doors", 130, 100, "one_floor")),
        ({"doors": 12, "block_total": 12}, ("micro_doors", 12, 30, "block_small")),
        ({"level": "general", "households": 299}, ("general_households", 299, 300, "neighbours")),
        ({"parts": 2}, ("connected", 2, 1, "scattered")),
        ({"parts": 3, "barriers": ("rail", "river")}, ("connected", 3, 1, "barrier")),
    ],
)
def test_a_breach_is_stated_with_its_value_limit_and_cause(facts, found):  # R6
    assert broken(**facts) == [found]


def test_villagers_groups_have_no_bounds():  # R2
    countryside = Whole(households=90, doors=90, by_group=True)
    assert broken(countryside, level="general", households=90) == []
    assert broken(countryside, doors=20) == [("micro_doors", 20, 30, "group_small")]


@pytest.mark.parametrize(("aim", "found"), [("binds", 1), ("weighs", 0), ("informs", 0)])
def test_a_long_round_breaks_a_rule_only_where_the_aim_binds(aim, found):  # R3
    assert len(broken(rules=GridRules(aim=aim), hours=3.2)) == found


def test_bounds_out_of_order_are_refused():  # R8
    with pytest.raises(ValidationError, match="not in order"):
        GridRules(micro={"low": 80, "target": 30, "high": 100})
