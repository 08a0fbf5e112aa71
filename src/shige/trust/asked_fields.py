"""A form as a program fills it in: what it asks for, and what was given, by the same rules as on its page."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from .veil import unveiled, veiled

KEYS: Final = ("post", "posts", "overseer", "parent", "area", "areas", "keeper", "group", "helpers", "scope")
"""Fields that hold running keys: a program reads and sends them veiled."""

NOT_OFFERED: Final = _("Choose from what is offered.")

FormT = TypeVar("FormT", bound=forms.Form)


class ChoiceOut(Schema):
    """One of the values that a field takes."""

    value: str
    label: str


class AskedField(Schema):
    """A field of an action."""

    name: str
    label: str
    required: bool
    choices: list[ChoiceOut] = Field(description="the only values that it takes; empty where it is free")


def asked_by(form: forms.Form) -> list[AskedField]:
    """Return what a form asks for."""
    return [
        AskedField(
            name=name,
            label=str(field.label or name),
            required=field.required,
            choices=[
                ChoiceOut(value=_outside(name, value), label=str(label))
                for value, label in _flat(getattr(field, "choices", ()))
                if value != ""
            ],
        )
        for name, field in form.fields.items()
    ]


def values_in(given: Schema) -> dict[str, Any]:
    """Return what a program sent, under the names of the form's fields; what it left out is missing."""
    sent = {name: value for name, value in given.model_dump().items() if value is not None}
    return {name: _inside(name, value) for name, value in sent.items()}


def cleaned(form: forms.Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a bound form.

    Raises
    ------
    ValidationError
        By field: what does not fit, and what was sent although the form has no such field.
    """
    unasked = sorted(set(sent) - set(form.fields))
    if unasked:
        raise ValidationError({name: _("This is not asked for here.") for name in unasked})
    if not form.is_valid():
        wrong = form.errors.as_data()
        raise ValidationError({name: NOT_OFFERED if name in KEYS else said for name, said in wrong.items()})
    return form.cleaned_data


def filled(form: FormT) -> FormT:
    """Return a bound form whose values fit; ValidationError by field, as `cleaned`."""
    cleaned(form, form.data)
    return form


def key_in(name: str, written: str) -> int:
    """Return the running key that a program sent veiled under ``name``; ValidationError for anything else."""
    try:
        return int(unveiled("key", written))
    except ValueError:
        raise ValidationError({name: NOT_OFFERED}) from None


def _flat(choices: Iterable[Any]) -> Iterable[tuple[object, object]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label


def _outside(name: str, value: object) -> str:
    return veiled("key", str(value)) if name in KEYS else str(value)


def _inside(name: str, value: Any) -> Any:
    if name not in KEYS:
        return value
    return [key_in(name, one) for one in value] if isinstance(value, list) else key_in(name, value)
