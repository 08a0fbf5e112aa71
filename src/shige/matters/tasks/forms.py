"""Forms of tasks and joint tasks: what the office writes down when it gives one, and each action's own."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from shige.profile import Transition
from shige.profile.limits import parse_limit
from shige.trust.date_inputs import MomentField
from shige.trust.form_text import TEXT_LIMIT
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post

from ..models import Matter
from ..workflow.commands.steps import NOTE_LIMIT
from .commands import LIMITS, due_within

NEITHER_NAME = _("Write it anew: no names or numbers, nothing that tells who reported it.")

Choices = list[tuple[str, list[tuple[int, str]]]]


class GiveForm(forms.Form):
    """A task as the office writes it; what is confidential starts without place and point."""

    post = forms.TypedChoiceField(label=_("For the post"), coerce=int)
    action = forms.CharField(
        label=_("What is to be done"),
        help_text=NEITHER_NAME,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=160)
    show_point = forms.BooleanField(label=_("Show the exact place on the map"), required=False)
    limit = forms.ChoiceField(label=_("By when"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it is due after the matter itself"),
        required=False,
        max_length=200,
        help_text=_("Only where it is."),
    )
    photos = forms.MultipleChoiceField(required=False)

    def __init__(self, matter: Matter, posts: list[Post], data: Any = None) -> None:
        shown = {} if matter.confidential else {"place": matter.place, "show_point": True}
        super().__init__(data, initial={"action": matter.gist, "limit": "2wd", **shown})
        self.fields["post"].choices = [("", "—"), *grouped(posts)]  # type: ignore[attr-defined]
        self.fields["limit"].choices = _limits(matter)  # type: ignore[attr-defined]
        files = matter.photos.order_by("pk").values_list("file", flat=True)
        self.fields["photos"].choices = [(file, file) for file in files]  # type: ignore[attr-defined]


class CallForm(forms.Form):
    """A joint task: who is called, what for, where and when."""

    purpose = forms.CharField(
        label=_("What for"),
        help_text=NEITHER_NAME,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.CharField(label=_("Where to meet"), max_length=160)
    meets_at = MomentField(label=_("When"))
    posts = forms.TypedMultipleChoiceField(
        label=_("Who is called"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, matter: Matter, posts: list[Post], data: Any = None) -> None:
        shown = {} if matter.confidential else {"place": matter.place}
        super().__init__(data, initial={"purpose": matter.gist, **shown})
        self.fields["posts"].choices = grouped(posts)  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """What must be said with an action, if anything."""

    def __init__(self, row: Transition, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{row.action}_%s")
        if row.note is not None:
            self.fields["note"] = forms.CharField(
                label=row.note.in_language(language()),
                max_length=NOTE_LIMIT,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


def grouped(posts: list[Post]) -> Choices:
    """Return posts as the choices of a field, under the profile's words for their roles, in their order."""
    names = {role.code: role.name.in_language(language()) for role in profile().roles}
    found: dict[str, list[tuple[int, str]]] = {}
    for post in posts:
        found.setdefault(names.get(post.role, post.role), []).append((post.pk, post.name))
    return list(found.items())


def _limits(matter: Matter) -> list[tuple[str, str]]:
    """Return each length of time with the moment that it leads to."""
    return [(written, f"{_length(written)} · {_moment(matter, written)}") for written in LIMITS]


def _length(written: str) -> str:
    limit = parse_limit(written)
    unit = _("working days") if limit.unit == "wd" else _("hours of work")
    return f"{limit.amount} {unit}"


def _moment(matter: Matter, written: str) -> str:
    due = timezone.localtime(due_within(matter, written))
    return date_format(due, pgettext("date format", "D j M, H:i"))
