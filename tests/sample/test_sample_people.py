"""Sample posts and Party organisations fill every role and leave the gaps that a console must show."""

from collections import Counter

import pytest

from shige.sample import PartyOrganisation, Plan, SampleGrid, SamplePost, make_plan, party, staff

ROLES = {
    "street_leader", "street_officer", "service_centre", "partner", "district_centre", "department",
    "community_chief", "community_secretary", "community_staff", "property_company",
    "fulltime_worker", "managing_body", "exclusive_worker", "micro_worker", "mediation_committee",
}  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(1)


@pytest.fixture(scope="module")
def grids(plan: Plan) -> list[SampleGrid]:
    found = []
    for area in plan.areas:
        top = SampleGrid(f"{area.community}000001", f"{area.name}总网格", "community", None)
        found += [top, SampleGrid(f"{area.community}300001", f"{area.name}市场", "exclusive", top.code)]
        for number in range(1, 6):
            general = SampleGrid(f"{area.community}1{number:05d}", f"第{number}网格", "general", top.code)
            codes = [f"{area.community}2{number * 10 + i:05d}" for i in range(5)]
            found += [
                general,
                *(SampleGrid(code, f"{code[-2:]}号微网格", "micro", general.code) for code in codes),
            ]
    return found


@pytest.fixture(scope="module")
def posts(plan: Plan, grids: list[SampleGrid]) -> tuple[SamplePost, ...]:
    return staff(plan, grids, 1)


@pytest.fixture(scope="module")
def tree(plan: Plan, grids: list[SampleGrid]) -> tuple[PartyOrganisation, ...]:
    return party(plan, grids, 1)


def test_every_role_is_filled(posts: tuple[SamplePost, ...]):
    assert {post.role for post in posts if post.holder} == ROLES


def test_every_grid_of_a_working_level_has_its_post(posts: tuple[SamplePost, ...], grids: list[SampleGrid]):
    for level, role in (
        ("general", "fulltime_worker"),
        ("micro", "micro_worker"),
        ("exclusive", "exclusive_worker"),
    ):
        wanted = [grid.code for grid in grids if grid.level == level]
        assert Counter(post.area for post in posts if post.role == role) == Counter(wanted)


def test_a_few_micro_grids_are_vacant_and_a_few_doubly_held(posts: tuple[SamplePost, ...]):
    """R14: vacancies and double-holding are shown, so the sample must have both."""
    micro = [post for post in posts if post.role == "micro_worker"]
    held = Counter(post.holder for post in micro if post.holder)
    assert 2 <= sum(post.holder is None for post in micro) <= len(micro) / 10
    assert 2 <= sum(count > 1 for count in held.values()) <= len(micro) / 10


def test_nobody_but_micro_workers_holds_two_posts(posts: tuple[SamplePost, ...]):
    """R15: a full-time post is not doubled."""
    roles: dict[str, set[str]] = {}
    for post in posts:
        if post.holder:
            roles.setdefault(post.holder, set()).add(post.role)
    assert all(len(held) == 1 for held in roles.values())
    others = Counter(post.holder for post in posts if post.role != "micro_worker")
    assert max(others.values()) == 1


def test_department_posts_name_their_department(posts: tuple[SamplePost, ...]):
    codes = {post.department for post in posts if post.role == "department"}
    assert {"urban_management", "fire", "market", "construction", "civil_affairs", "police"} <= codes


def test_party_organisations_form_one_tree_with_parents_first(tree: tuple[PartyOrganisation, ...]):
    seen: set[str] = set()
    for organisation in tree:
        assert (organisation.parent in seen) or (organisation.kind == "street" and not seen)
        seen.add(organisation.id)


def test_some_grids_are_left_without_an_organisation(
    tree: tuple[PartyOrganisation, ...], grids: list[SampleGrid]
):
    tied = {organisation.area for organisation in tree}
    gaps = Counter(grid.level for grid in grids if grid.code not in tied)
    assert gaps["community"] == 0
    assert gaps["general"] >= 1
    assert 2 <= gaps["micro"] <= 20


def test_the_same_seed_gives_the_same_people(
    plan: Plan, grids: list[SampleGrid], posts: tuple[SamplePost, ...]
):
    assert staff(plan, list(reversed(grids)), 1) == posts
