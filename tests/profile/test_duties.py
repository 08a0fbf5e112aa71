"""The list of duties decides by its first article that speaks of a category (R19)."""

from typing import Any

import pytest
from pydantic import ValidationError

from shige.profile import Profile
from shige.profile.loader import load

CHENGDU = load("chengdu")


@pytest.mark.parametrize("category", ["05.4", "01.1", "09.2", "04.1"])
def test_what_the_list_names_is_a_duty(category: str) -> None:
    assert CHENGDU.refusal("micro_worker", category) is None


@pytest.mark.parametrize(("category", "article"), [("04.5", "一、"), ("07.1", "二、"), ("13.1", "二、")])
def test_what_it_excludes_is_refused_with_the_article(category: str, article: str) -> None:
    refusal = CHENGDU.refusal("micro_worker", category)
    assert refusal and refusal.zh.startswith(article) and refusal.en


def test_a_role_without_a_list_may_be_given_everything() -> None:
    assert CHENGDU.refusal("community_chief", "04.5") is None


def changed(**change: Any) -> None:
    """Read Chengdu's profile with another list of duties of micro-grid workers."""
    duties = CHENGDU.model_dump()["duties"]
    Profile.model_validate(CHENGDU.model_dump() | {"duties": [duties[0] | change, *duties[1:]]})


def test_a_list_that_refuses_what_the_tier_is_given_is_refused() -> None:
    only = [{"code": "1", "text": {"en": "notices"}, "categories": ["10"]}]
    with pytest.raises(ValidationError, match=r"categories\[05\].tier: M leads to 'micro_worker'"):
        changed(articles=only)


def test_an_unknown_role_or_category_is_named() -> None:
    with pytest.raises(ValidationError, match="there is no role 'cook'"):
        changed(role="cook")
    with pytest.raises(ValidationError, match="there is no category '99'"):
        changed(articles=[{"code": "1", "text": {"en": "all"}, "categories": ["99", "05", "08", "10"]}])
