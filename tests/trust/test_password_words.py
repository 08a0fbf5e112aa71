"""A password is not the own name, the area or the program once or more, with little else."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from shige.trust.commands import add_person, invite, set_own_password
from shige.trust.gate import SYSTEM
from shige.trust.models import Person
from tests.places import Town

MADE_OF_NAMES = [
    "sample91sample91",
    "Sample91-Sample91",
    "sample-91-2026",
    "sample20261130",
    "ｓａｍｐｌｅ９１！！！！！！",
    "张敏张敏张敏张敏张敏",
    "zhangmin张敏2026!",
    "shige-shige-2026",
    "玉林街道玉林街道2026",
    "!!!!sample91!!!!",
]


@pytest.fixture
def person(town: Town) -> Person:
    area = town.areas["street"]
    area.name = "玉林街道"
    area.save()
    return Person.objects.create(username="sample91", service_name="张敏 zhangmin", area=area)


@pytest.mark.parametrize("password", MADE_OF_NAMES)
def test_what_others_know_is_no_password(person: Person, password: str) -> None:
    with pytest.raises(ValidationError, match="own name or area"):
        validate_password(password, person)


@pytest.mark.parametrize(
    "password", ["sample91 likes red kites", "a-long-first-password", "下雨天要记得带伞出门"]
)
def test_other_words_are(person: Person, password: str) -> None:
    validate_password(password, person)


def test_the_area_of_a_post_counts_too(town: Town) -> None:
    town.areas["community one"].name = "竹苑社区"
    town.areas["community one"].save()
    with pytest.raises(ValidationError):
        validate_password("竹苑社区竹苑社区2026", town.people["chief"])


def test_the_page_refuses_the_own_name_twice(db: None) -> None:
    secret = invite(SYSTEM, add_person(SYSTEM, "sample91", "新人"))
    with pytest.raises(ValidationError) as refused:
        set_own_password(secret, "sample91sample91")
    assert list(refused.value.message_dict) == ["password"]
    assert not Person.objects.get(username="sample91").has_usable_password()
