import pytest
from pydantic import ValidationError

from shige.division.reasons import PROVED
from shige.division.rules import Facts, Whole, check
from shige.profile.grids import GridRules

WHOLE = Whole(households=1200, doors=1300, by_group=False)
SOUND = {
    "code": "990199001001200001", "level": "micro", "households": 70, "doors": 80, "buildings": 9,
    "hours": 2.0, "metres": 400.0, "parts": 1, "held": ((70, "U1"),), "barriers": (),
    "above": 400, "heaviest": ("U1", 9),
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
        ({"doors": 29}, ("micro_doors", 29, 30, "size_found")),
        ({"doors": 101}, ("micro_doors", 101, 100, "size_found")),
        ({"doors": 130, "heaviest": ("U1", 130)}, ("micro_doors", 130, 100, "one_floor")),
        ({"doors": 12, "locked": True}, ("micro_doors", 12, 30, "locked_size")),
        ({"level": "general", "households": 299}, ("general_households", 299, 300, "size_found")),
        ({"parts": 2}, ("connected", 2, 1, "scattered")),
        ({"parts": 3, "barriers": ("rail", "river")}, ("connected", 3, 1, "across_found")),
    ],
)
def test_a_breach_is_stated_with_its_value_limit_and_cause(facts, found):  # R6
    assert broken(**facts) == [found]


def test_villagers_groups_have_no_bounds():  # R2
    countryside = Whole(households=90, doors=90, by_group=True)
    assert broken(countryside, level="general", households=90) == []
    assert broken(countryside, doors=20, above=20) == [("micro_doors", 20, 30, "group_small")]
    assert broken(countryside, doors=20, above=70) == [("micro_doors", 20, 30, "size_found")]


@pytest.mark.parametrize(("aim", "found"), [("binds", 1), ("weighs", 0), ("informs", 0)])
def test_a_long_round_breaks_a_rule_only_where_the_aim_binds(aim, found):  # R3
    assert len(broken(rules=GridRules(aim=aim), hours=3.2)) == found


@pytest.mark.parametrize(("doors", "cause"), [(59, "long_round_small"), (60, "long_round")])
def test_a_long_round_of_doors_for_one_grid_alone_is_proved(doors, cause):  # R3
    ((_, _, _, told),) = broken(rules=GridRules(aim="binds"), hours=3.2, doors=doors)
    assert told == cause
    assert (told in PROVED) == (doors < 60)


def test_a_total_that_no_grids_add_up_to_is_proved():  # R6
    whole = Whole(households=550, doors=550, by_group=False)
    assert broken(whole, level="general", households=550)[0][-1] == "community_sum"
    assert broken(Whole(12, 12, by_group=False), doors=12)[0][-1] == "community_small"


def test_bounds_out_of_order_are_refused():  # R8
    with pytest.raises(ValidationError, match="not in order"):
        GridRules(micro={"low": 80, "target": 30, "high": 100})
