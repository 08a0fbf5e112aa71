"""Which category is suggested: rules above what was learned, and one alone only where it stands out."""

from dataclasses import replace

import pytest

from shige.language.category.features import features
from shige.language.category.model import Model
from shige.language.category.shipped import shipped_model
from shige.language.category.suggestion import LEAST_ALONE, Sorter, Suggestion, blended
from shige.language.danger import dangers_in
from shige.language.embedding import embedder
from shige.profile.loader import load

from .conftest import CHENGDU, by_runs


def suggested(text: str, model: Model | None = None, limit: int = 3) -> Suggestion:
    return Sorter(CHENGDU, by_runs(), model).suggest(text, limit)


def codes(text: str, model: Model | None = None, limit: int = 3) -> list[str]:
    return [category.code for category, _share in suggested(text, model, limit).ranked]


@pytest.mark.parametrize(
    ("text", "code"), [("夫妻吵架要离婚，老公又动手打我", "05.6"), ("字牌歪了，还有人被困电梯", "02.7")]
)
def test_an_emergency_comes_first_whatever_was_learned_p4(small: Model, text: str, code: str) -> None:
    found = suggested(text, replace(small, share=0.8))
    assert found.ranked[0][0].code == code and found.sure is found.ranked[0][0]


@pytest.mark.parametrize(
    "text", ["我不想活了", "老师摸我", "有人持刀抢劫", "他喝了酒就那样", "我被老公打晕了"]
)
def test_violence_can_be_chosen_where_any_harm_to_persons_is_heard_p4(small: Model, text: str) -> None:
    """Also after the alarm was dismissed: it is among the three that are offered."""
    assert "05.6" in codes(text) and "05.6" in codes(text, replace(small, share=0.8))


def test_all_dangers_of_a_text_name_their_categories_in_the_order_to_call_for_them() -> None:
    called = [danger.emergency.category for danger in dangers_in(CHENGDU, "着火了，他还在打我")]
    assert codes("着火了，他还在打我")[:2] == called and called[1] == "05.6"


def test_a_complaint_about_staff_comes_first_whatever_was_learned_p3(small: Model) -> None:
    assert codes("字牌歪了，网格员收了我的钱还骂人", replace(small, share=0.99))[0] == "11.3"


def test_a_guarded_category_that_its_keywords_put_first_stays_first() -> None:
    """P3, P4: it is never learned, so learning must not push it down."""
    mixed = blended(CHENGDU, {"11.3": 0.6, "02.1": 0.4}, {"02.1": 0.9, "01.1": 0.1}, 0.99)
    assert max(mixed, key=lambda code: mixed[code]) == "11.3"
    mixed = blended(CHENGDU, {"11.3": 0.4, "02.1": 0.6}, {"02.1": 0.9, "01.1": 0.1}, 0.5)
    assert mixed["11.3"] == pytest.approx(0.2) and mixed["02.1"] == pytest.approx(0.75)


def test_an_unsure_guess_alone_is_not_made() -> None:
    """Where no keyword speaks, the reporter chooses from the table unless something stands out."""
    assert blended(CHENGDU, {}, {"02.1": LEAST_ALONE - 0.01, "01.1": LEAST_ALONE / 2}, 0.5) == {}
    assert len(blended(CHENGDU, {}, {"02.1": LEAST_ALONE, "01.1": LEAST_ALONE / 2}, 0.5)) == 2


def test_a_lone_weak_guess_does_not_become_sure() -> None:
    assert suggested("一二三四", None).sure is None


def test_none_is_named_alone_when_two_are_near(small: Model) -> None:
    near, far = "泔水桶边的字牌", "字牌歪了"
    assert suggested(far, replace(small, margin=0.3)).sure is not None
    assert codes(near, small)[:2] and suggested(near, replace(small, margin=0.9)).sure is None


def test_by_keywords_alone_two_that_say_as_much_are_near() -> None:
    assert suggested("路灯").sure is not None and suggested("路灯，蟑螂").sure is None


def test_shares_fall_and_sum_to_no_more_than_one() -> None:
    shares = [share for _category, share in suggested("楼上装修噪音太大，物业不管", limit=99).ranked]
    assert len(shares) > 2 and shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)


def test_no_more_than_asked_for() -> None:
    assert len(codes("楼上装修噪音太大，物业不管", limit=2)) == 2


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "！！！"])
def test_nothing_recognised_suggests_nothing(text: str) -> None:
    assert suggested(text) == Suggestion((), None)


def test_the_other_country_suggests_its_own_categories() -> None:
    found = Sorter(load("generic")).suggest("potholes on our street")
    assert [category.code for category, _share in found.ranked] == ["01.2"]


@pytest.mark.parametrize("text", ["社区那个姓王的推口", "网格元态度孬，喊他半天不来还毛起"])
def test_a_complaint_that_likeness_hears_is_given_no_guess_but_by_keywords(text: str) -> None:
    """Scolding somebody sounds like thanking them: only words that name a matter suggest one."""
    learned = Sorter(CHENGDU, features(CHENGDU, embedder()), shipped_model(features(CHENGDU, embedder())))
    assert learned.suggest(text).ranked == Sorter(CHENGDU).suggest(text).ranked
    assert "11.7" not in [category.code for category, _share in learned.suggest(text).ranked]


def test_a_hazard_that_was_dismissed_suggests_no_danger_to_life() -> None:
    text = "有人落水了"
    assert "12.5" in [category.code for category, _share in Sorter(CHENGDU).suggest(text).ranked]
    found = Sorter(CHENGDU).suggest(text, dismissed=True)
    assert not {"persons"} & {category.endangers for category, _share in found.ranked}
    harm = Sorter(CHENGDU).suggest("老公打我", dismissed=True)
    assert harm.ranked[0][0].code == "05.6"


@pytest.mark.parametrize("text", ["我男人打我", "网格员收了我两百块钱", "微网格员态度恶劣"])
def test_whoever_accuses_is_offered_no_praise(text: str) -> None:
    """Neither by keywords nor by what comes with the program."""
    engine = embedder()
    found = Sorter(CHENGDU, features(CHENGDU, engine), shipped_model(features(CHENGDU, engine))).suggest(text)
    assert found.ranked and all(category.kind != "praise" for category, _share in found.ranked)
