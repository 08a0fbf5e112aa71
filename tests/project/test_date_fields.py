"""Every date in a form is written as the browser's picker reads it, in whatever language the page is."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.utils import translation

from shige.trust.date_inputs import DayField, MomentField

ROOT = Path(__file__).resolve().parents[2] / "src" / "shige"
OWN = ROOT / "trust" / "date_inputs.py"
PICKED = re.compile(r"forms\.Date(?:Time)?Input\(|[\"']type[\"']: [\"'](?:date|datetime-local)[\"']")
WRITTEN = re.compile(r"<input[^>]*type=\"date\"[^>]*>")
ISO = {"date": "2026-11-30", "datetime-local": "2026-11-30T09:05"}


def forms_below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for own in kind.__subclasses__():
        yield own
        yield from forms_below(own)


def loaded_forms() -> None:
    """Load every module of forms, so that all of them are known."""
    for path in sorted({*ROOT.rglob("forms.py"), *ROOT.rglob("forms/*.py")}):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        import_module(f"shige.{name.removesuffix('.__init__')}")


def fields() -> list[tuple[str, forms.Field]]:
    """Return every field for a day or a moment that a person sees, of every form of the program."""
    loaded_forms()
    own = {form for form in forms_below(forms.BaseForm) if form.__module__.startswith("shige.")}
    return [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in sorted(own, key=lambda form: (form.__module__, form.__name__))
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, (forms.DateField, forms.DateTimeField)) and not field.widget.is_hidden
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_field_with_a_date_is_filled_as_a_picker_reads_it(language: str) -> None:
    found = fields()
    assert len(found) >= 12
    with translation.override(language):
        for name, field in found:
            moment = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
            given = date(2026, 11, 30) if isinstance(field, forms.DateField) else moment
            html = field.widget.render("on", given)
            kind = re.search(r'type="([\w-]+)"', html)
            assert kind is not None and f'value="{ISO[kind[1]]}"' in html, f"{name}: {html}"


def test_dates_are_asked_for_by_these_two_fields_only() -> None:
    assert all(isinstance(field, (DayField, MomentField)) for _name, field in fields())
    beside = [path for path in ROOT.rglob("*.py") if path != OWN and PICKED.search(path.read_text("utf-8"))]
    assert beside == []


def test_a_date_that_a_template_writes_itself_is_iso_too() -> None:
    found = [tag for path in ROOT.rglob("*.html") for tag in WRITTEN.findall(path.read_text("utf-8"))]
    found += [
        line.strip()
        for path in ROOT.rglob("*.html")
        for line in path.read_text("utf-8").splitlines()
        if 'type="date"' in line
    ]
    assert found and all('|date:"Y-m-d"' in tag for tag in found)
