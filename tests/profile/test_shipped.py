"""The profiles that come with the program hold together and differ in everything that a place may change."""

import pytest

from shige.profile import Limit, Profile
from shige.profile.loader import load, shipped_names

CHENGDU, GENERIC = load("chengdu"), load("generic")


def test_both_profiles_are_shipped() -> None:
    assert shipped_names() == ("chengdu", "generic")


def test_chengdu_has_the_fourteen_top_categories() -> None:
    assert [top.code for top in CHENGDU.categories] == [f"{number:02d}" for number in range(1, 15)]


@pytest.mark.parametrize(
    ("code", "tier", "respond", "resolve", "confidential"),
    [
        ("01.1", "G", "4h", "2wd", False),
        ("01.6", "D", "24h", "7wd", False),
        ("02.2", "X", "30min", "4h", False),
        ("02.3", "D", "1h", "1wd", False),
        ("03.3", "X", "now", "4h", False),
        ("04.2", "C", "1wd", "5wd", True),
        ("04.5", "D", "1wd", "20wd", True),
        ("05.1", "M", "1wd", "15wd", True),
        ("05.3", "C", "1wd", "15wd", True),
        ("06.3", "S", "1wd", "15wd", True),
        ("07.1", "D", "1wd", "10wd", True),
        ("08.1", "M", "4h", "3wd", True),
        ("09.1", "C", "1wd", "5wd", True),
        ("10.1", "M", "1wd", "2wd", False),
        ("11.5", "D", "1wd", "15wd", True),
        ("12.1", "G", "4h", "3wd", False),
        ("13.5", "D", "1wd", "5wd", False),
        ("14.3", "C", "2wd", "15wd", False),
    ],
)
def test_limits_follow_the_table(
    code: str, tier: str, respond: str, resolve: str, confidential: bool
) -> None:
    category = CHENGDU.category(code)
    assert (category.tier, str(category.respond), str(category.resolve), category.confidential) == (
        tier, respond, resolve, confidential
    )  # fmt: skip


def test_claims_of_groups_get_a_plan_from_the_street_leader_r23() -> None:
    claim = CHENGDU.category("07.6")
    assert (claim.tier, claim.role, claim.plan) == ("S", "street_leader", Limit(5, "wd"))


def test_family_disputes_begin_with_first_mediation_r23() -> None:
    assert CHENGDU.category("05.2").mediation == "first"


@pytest.mark.parametrize("profile", [CHENGDU, GENERIC], ids=lambda profile: profile.id)
def test_danger_is_never_mediated_p4(profile: Profile) -> None:
    by_the_clock = [leaf for leaf in profile.leaf_categories if profile.tier(leaf.tier).elapsed]
    assert by_the_clock
    assert all(leaf.never_mediate for leaf in by_the_clock)


def test_complaints_about_grid_workers_exclude_their_chain_p3() -> None:
    complaint = CHENGDU.category("11.3")
    assert complaint.excluded_chain and complaint.confidential
    assert complaint.role == "service_centre"


def test_praise_has_a_life_of_its_own_in_which_nobody_is_pressed() -> None:
    praise, wish = CHENGDU.category("11.7"), CHENGDU.category("14.1")
    assert praise.kind == "praise" and not (praise.impersonal or praise.seal or praise.endangers)
    assert (praise.respond, praise.resolve) == (wish.respond, wish.resolve)


def test_despair_is_told_first_what_to_do_now_and_whom_to_call() -> None:
    emergency = next(each for each in CHENGDU.emergencies if each.code == "selfharm")
    said = emergency.advice.zh
    assert said.startswith("现在") and said.index("110") < said.index("12356") < said.index("担心")
    assert (emergency.number, *emergency.also[:2]) == ("110", "12356", "120")


def test_the_ladder_leads_from_the_micro_grid_to_the_department_r23() -> None:
    steps = ["M"]
    while above := CHENGDU.tier(steps[-1]).above:
        steps.append(above)
    assert steps == ["M", "G", "C", "S", "D"]


def test_the_red_lines_default_pairs_r9() -> None:
    assert {pair.name.zh: (pair.oversees, pair.otherwise) for pair in CHENGDU.redline} == {
        "街道下沉党员干部": ("community", None),
        "社区党员干部": ("general", None),
        "居民党员": ("micro", None),
        "专属党员": ("exclusive", "community"),
    }


def test_urban_full_time_posts_refuse_a_second_post_and_rural_ones_do_not_r15() -> None:
    rule = CHENGDU.full_time
    assert (rule.roles, rule.urban, rule.rural) == (("fulltime_worker",), "refuse", "allow")
    assert rule.rural_condition


@pytest.mark.parametrize("profile", [CHENGDU, GENERIC], ids=lambda profile: profile.id)
def test_everything_shown_has_both_languages(profile: Profile) -> None:
    parts = [
        *profile.levels, *profile.roles, *profile.tiers, *profile.departments, *profile.categories,
        *profile.leaf_categories, *profile.numbers, *profile.emergencies, *profile.redline,
    ]  # fmt: skip
    assert [part for part in parts if not (part.name.zh and part.name.en)] == []
    assert all(emergency.advice.zh and emergency.advice.en for emergency in profile.emergencies)


def test_every_sub_category_can_be_suggested() -> None:
    assert [leaf.code for leaf in CHENGDU.leaf_categories if len(leaf.keywords) < 6] == []


@pytest.mark.parametrize("profile", [CHENGDU, GENERIC], ids=lambda profile: profile.id)
def test_a_profile_survives_being_stored_as_json(profile: Profile) -> None:
    again = Profile.model_validate_json(profile.model_dump_json())
    assert again == profile
    assert again.fingerprint() == profile.fingerprint()


def test_the_other_country_shares_no_number_hour_or_tier() -> None:
    assert not {n.number for n in CHENGDU.numbers} & {n.number for n in GENERIC.numbers}
    assert not {t.code for t in CHENGDU.tiers} & {t.code for t in GENERIC.tiers}
    assert GENERIC.hours != CHENGDU.hours
    assert GENERIC.language == "en"
