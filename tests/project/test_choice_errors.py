"""A form that refuses a choice says which are offered, never the number that was sent or decoded."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from shige.matters.lists.forms import AssignForm

from .test_date_fields import forms_below, loaded_forms

FIELDS = [
    forms.ChoiceField(choices=[("1", "one")]),
    forms.TypedChoiceField(choices=[("1", "one")], coerce=int),
    forms.MultipleChoiceField(choices=[("1", "one")]),
    forms.TypedMultipleChoiceField(choices=[("1", "one")], coerce=int),
]


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "请从所列选项中选择。"), ("en", "offered")])
def test_a_refused_choice_is_not_repeated(language: str, said: str) -> None:
    with translation.override(language):
        for field in FIELDS:
            with pytest.raises(ValidationError) as refused:
                field.clean(["42"] if isinstance(field, forms.MultipleChoiceField) else "42")
            assert said in refused.value.messages[0] and "42" not in refused.value.messages[0]


def test_nor_by_the_form_that_passes_matters_on() -> None:
    form = AssignForm([(7, "城管")], {"post": "42", "note": "转办"})
    assert "post" in form.errors and "42" not in form.errors.as_text()


def test_no_form_of_the_program_repeats_what_was_sent() -> None:
    loaded_forms()
    own = {form for form in forms_below(forms.BaseForm) if form.__module__.startswith("shige.")}
    repeating = {
        f"{form.__module__}.{form.__name__}.{name}": str(said)
        for form in own
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        for said in (str(one) for one in field.error_messages.values())
        if "%(value)" in said or "%(pk)" in said
    }
    assert len(own) > 30 and repeating == {}
