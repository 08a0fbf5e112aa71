"""Sixty days of sample matters reach every state and hold nothing about persons."""

import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from shapely.geometry import Point

from shige.sample import Category, Plan, SampleMatter, make_plan, matters

UNTIL = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
WORDS = tomllib.loads(files("shige.sample").joinpath("situations.toml").read_text("utf-8"))
CATEGORIES = [
    Category(f"{top}.{number}", keyword, 1.0)
    for number, (top, keyword) in enumerate(dict.fromkeys((r[0], r[1]) for r in WORDS["situations"]), 1)
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(1)


@pytest.fixture(scope="module", params=(1, 2, 3))
def told(plan: Plan, request: pytest.FixtureRequest) -> list[SampleMatter]:
    return matters(plan, CATEGORIES, request.param, UNTIL)


def last_kinds(told: list[SampleMatter]) -> Counter[str]:
    return Counter(matter.steps[-1].kind if matter.steps else "new" for matter in told)


def test_about_450_matters_of_60_days_come_oldest_first(told: list[SampleMatter]):
    assert 400 <= len(told) <= 500
    times = [matter.reported_at for matter in told]
    assert times == sorted(times)
    assert UNTIL - timedelta(days=61) < times[0]
    assert times[-1] < UNTIL


def test_matters_stand_in_every_state(told: list[SampleMatter]):
    kinds = last_kinds(told)
    assert kinds["new"] >= 2
    assert min(kinds[kind] for kind in ("take", "note", "ask", "solve", "confirm")) >= 2
    assert any(matter.steps[-1].kind == "pass_up" for matter in told if matter.steps)
    silent = [m for m in told if m.steps and m.steps[-1].kind == "solve"]
    assert any(UNTIL - matter.steps[-1].at > timedelta(days=7) for matter in silent)
    assert any(UNTIL - matter.steps[-1].at < timedelta(days=7) for matter in silent)
    assert any(step.kind == "refuse" for matter in told for step in matter.steps)


def test_steps_follow_one_another_and_end_by_the_day(told: list[SampleMatter]):
    for matter in told:
        times = [matter.reported_at, *(step.at for step in matter.steps), UNTIL]
        assert times == sorted(times)


def test_only_a_solved_matter_is_confirmed_or_refused(told: list[SampleMatter]):
    for matter in told:
        kinds = [step.kind for step in matter.steps]
        for before, after in zip(["reported", *kinds], kinds, strict=False):
            assert (after in ("confirm", "refuse")) <= (before == "solve")
            assert (before == "reported") <= (after == "take")


def test_ratings_run_from_one_to_five(told: list[SampleMatter]):
    ratings = {step.rating for matter in told for step in matter.steps if step.kind == "confirm"}
    assert ratings == {1, 2, 3, 4, 5}


def test_every_place_lies_in_its_building(plan: Plan, told: list[SampleMatter]):
    shapes = {unit.id: unit.shape for unit in plan.units}
    assert all(shapes[matter.unit].contains(Point(matter.lon, matter.lat)) for matter in told)


def test_phones_are_fictional_and_not_always_left(told: list[SampleMatter]):
    phones = {matter.phone for matter in told}
    assert None in phones
    assert all(phone.startswith("1990000") and len(phone) == 11 for phone in phones if phone)


def test_people_report_by_day_more_than_by_night(told: list[SampleMatter]):
    hours = Counter(matter.reported_at.hour for matter in told)
    assert sum(hours[hour] for hour in range(8, 20)) > 4 * sum(hours[hour] for hour in range(0, 7))


def test_one_broken_main_raises_many_matters_in_one_compound(told: list[SampleMatter]):
    """R33: tracing needs a common source to find."""
    recent = [m for m in told if m.reported_at > UNTIL - timedelta(days=10) and "东风厂宿舍" in m.words]
    assert len(recent) >= 15


def test_there_are_words_for_at_least_fifty_situations():
    rows = WORDS["situations"]
    assert len({row[2] for row in rows}) >= 50
    assert all(row[2].format(place="某院") and row[3] for row in rows)


def test_categories_without_words_are_left_out_and_none_at_all_is_an_error(plan: Plan):
    foreign = Category("99.1", "外星", 9.0)
    assert {m.category for m in matters(plan, [CATEGORIES[0], foreign], 1, UNTIL)} == {CATEGORIES[0].code}
    with pytest.raises(ValueError, match="none of the categories"):
        matters(plan, [foreign], 1, UNTIL)


def test_the_same_seed_tells_the_same_days(plan: Plan):
    assert matters(plan, CATEGORIES, 5, UNTIL) == matters(plan, CATEGORIES, 5, UNTIL)
