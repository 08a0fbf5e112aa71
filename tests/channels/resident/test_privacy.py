"""The privacy notice says what is so: each declared field, why and how long; the foot says who runs it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from pydantic import ValidationError
from pytest_django import Settings

from shige.channels.resident.pages.privacy import span
from shige.profile import Operator, Text
from shige.project.context import EXAMPLE
from shige.trust import personal
from shige.trust.personal import FIELDS

pytestmark = pytest.mark.django_db


def notice(language: str = "zh-hans") -> str:
    """Return the notice in a language."""
    client = Client()
    client.cookies["django_language"] = language
    return client.get("/privacy/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_declared_field_stands_there_with_purpose_and_time(language: str) -> None:
    page = notice(language)
    with override(language):
        for field in FIELDS.values():
            for said in (field.label, field.purpose):
                assert gettext(said) in page, field.name
                assert language == "en" or gettext(said) != said, said
            assert span(field.keep) in page


def test_a_field_that_is_declared_later_appears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "FIELDS", FIELDS)
    added = personal.PersonalField("test.shoe", "鞋码", "量脚", timedelta(days=40))
    monkeypatch.setitem(FIELDS, "test.shoe", added)
    page = notice()
    assert "鞋码" in page and "量脚" in page and "40 天" in page


def test_what_leaves_the_program_is_said_only_where_it_does(settings: Settings) -> None:
    settings.SHIGE_DELIVERY_URL = ""
    assert "不发送短信" in notice()
    settings.SHIGE_DELIVERY_URL = "https://sms.example/"
    page = notice()
    assert "不发送短信" not in page and "向其提供您的电话" in page
    settings.SHIGE_TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    assert "来自其他服务器" in notice()


def test_the_foot_names_the_operator_and_the_sample_an_example(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "运营单位" not in Client().get("/").content.decode()
    settings.SHIGE_SAMPLE_FILE.write_text("{}")
    page = Client().get("/").content.decode()
    assert EXAMPLE.name.zh in page and "示例" in EXAMPLE.name.zh and EXAMPLE.record in page
    assert 'href="/privacy/"' in page and 'href="/open/"' in page


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("record", "备案号123"),
        ("record", "蜀ICP备abc号"),
        ("police_record", "川公网安备12号"),
        ("telephone", "打我电话"),
    ],
)
def test_a_number_that_is_none_is_refused(field: str, written: str) -> None:
    with pytest.raises(ValidationError):
        Operator(name=Text(zh="甲"), **{field: written})  # type: ignore[arg-type]


def test_numbers_as_they_are_given_are_taken() -> None:
    given = Operator(
        name=Text(zh="甲"), record="蜀ICP备12345678号-12", police_record="川公网安备 51010402000001号"
    )
    assert given.police_record == "川公网安备51010402000001号"
