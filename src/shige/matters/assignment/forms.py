"""The form of a routing rule."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shige.trust.jurisdiction import language, profile

from ..models import RoutingRule
from .commands import RuleIn
from .queries.rules import Choices

ANY: Final[dict[str, Any]] = {
    "required": False,
    "help_text": _("None chosen means all."),
    "widget": forms.CheckboxSelectMultiple(attrs={"class": "many"}),
}


class RuleForm(forms.Form):
    """What a rule looks at, and who shall answer; what is left empty means all."""

    name = forms.CharField(label=_("Name of the rule"), max_length=80)
    categories = forms.MultipleChoiceField(label=_("Categories"), **ANY)
    grids = forms.TypedMultipleChoiceField(label=_("Communities and grids"), coerce=int, **ANY)
    tiers = forms.MultipleChoiceField(label=_("Tiers"), **ANY)
    hours = forms.ChoiceField(
        label=_("When"),
        choices=[
            (RoutingRule.Hours.ALWAYS, _("always")),
            (RoutingRule.Hours.OFFICE, _("in office hours")),
            (RoutingRule.Hours.OUTSIDE, _("outside office hours")),
        ],
    )
    post = forms.TypedChoiceField(label=_("Who shall answer"), coerce=int)
    order = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=999, initial=100, help_text=_("The lowest holds.")
    )

    def __init__(self, choices: Choices, rule: RoutingRule | None, data: Any = None) -> None:
        names = ("name", "categories", "grids", "tiers", "hours", "order")
        before = {name: getattr(rule, name) for name in names} | {"post": rule.post_id} if rule else None
        super().__init__(data, initial=before)
        said = language()
        self._offer("categories", _categories())
        self._offer("grids", [(area.pk, area.name) for area in choices.grids])
        self._offer("tiers", [(tier.code, tier.name.in_language(said)) for tier in profile().tiers])
        self._offer("post", [(post.pk, f"{post.name} · {post.area.name}") for post in choices.posts])

    def given(self) -> RuleIn:
        """Return what was written, once it is valid."""
        said = self.cleaned_data
        return RuleIn(
            said["name"],
            said["post"],
            said["order"],
            tuple(said["categories"]),
            tuple(said["grids"]),
            tuple(said["tiers"]),
            said["hours"],
        )

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _categories() -> list[Any]:
    """Return every top category as a group: the whole of it, then each sub-category."""
    said = language()
    return [
        (
            top.name.in_language(said),
            [(top.code, gettext("all of them")), *((c.code, c.name.in_language(said)) for c in top.children)],
        )
        for top in profile().categories
    ]
