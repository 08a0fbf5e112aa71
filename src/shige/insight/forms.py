"""What somebody asks of the figures: an area, a span of time, a comparison, a category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shige.territory.models import Area
from shige.trust.date_inputs import DayField
from shige.trust.jurisdiction import language, profile

from .labels import closed_words
from .periods import Closed, Period, period_of
from .queries import ALL_BY, By

PERIODS: Final = (
    ("days30", gettext_lazy("Last 30 days")),
    ("week", gettext_lazy("This week")),
    ("month", gettext_lazy("This month")),
    ("custom", gettext_lazy("Chosen dates")),
)
BY_WORDS: Final[Mapping[By, str | Promise]] = {
    "street": gettext_lazy("Street"),
    "community": gettext_lazy("Community"),
    "general": gettext_lazy("General and exclusive grid"),
    "leaf": gettext_lazy("Micro-grid and exclusive grid"),
    "category": gettext_lazy("Category"),
    "month": gettext_lazy("Month"),
}
BELOW: Final[Mapping[str, tuple[By, ...]]] = {
    "street": ("community", "general", "leaf"),
    "community": ("general", "leaf"),
    "general": ("leaf",),
    "micro": (),
    "exclusive": (),
}
"""The grids that an area of a level can be broken down into; a wider one into all of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be answered: the days, what to compare, and of which category.

    ``closed`` is the period where it is a fixed one that is over.
    """

    period: Period
    by: By
    category: str
    closed: Closed | None = None


class FiguresForm(forms.Form):
    """The bar above the figures. Everything has a default, so that the page opens with an answer."""

    period = forms.ChoiceField(label=gettext_lazy("Time"), choices=PERIODS)
    since = DayField(label=pgettext_lazy("date", "From"), required=False)
    until = DayField(label=pgettext_lazy("date", "To"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Compare by"))
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    area = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        asked: Mapping[str, str],
        area: Area | None,
        closed: Sequence[Closed],
        *,
        fixed: bool,
        kinds: bool = True,
    ) -> None:
        """``fixed`` leaves the closed periods alone, for whoever sees no matters there (P8).

        Of one category they compare no areas below a street, and ``kinds`` says whether they have categories.
        """
        choices = comparisons(area)
        if fixed:
            choices = told_comparisons(choices, asked.get("category", "") if kinds else None)
        self.closed = {one.key: one for one in closed}
        known = {
            name: asked[name] for name in ("period", "since", "until", "by", "category") if name in asked
        }
        if known.get("by") not in choices:
            known["by"] = choices[0]
        if (known.get("since") or known.get("until")) and "period" not in known:
            known["period"] = "custom"
        first = closed[0].key if fixed else "days30"
        super().__init__({"period": first, "area": area.code if area else "", **known})
        over = (
            pgettext("figures", "Months, quarters and years that are over"),
            [(key, closed_words(one)) for key, one in self.closed.items()],
        )
        self.fields["period"].choices = [over] if fixed else [*PERIODS, over]  # type: ignore[attr-defined]
        if fixed:
            del self.fields["since"], self.fields["until"]
        self.fields["by"].choices = [(by, BY_WORDS[by]) for by in choices]  # type: ignore[attr-defined]
        self.fields["category"].choices = categories()  # type: ignore[attr-defined]
        if fixed and not kinds:
            del self.fields["category"]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and spans that are too long."""
        asked: dict[str, Any] = super().clean() or {}
        if not self.errors and asked["period"] in self.closed:
            asked["days"] = self.closed[asked["period"]].period
        elif not self.errors:
            try:
                asked["days"] = period_of(
                    asked["period"], timezone.localdate(), asked["since"], asked["until"]
                )
            except ValueError:
                self.add_error("until", _("The last day comes after the first, within three years."))
        return asked

    def question(self) -> Question:
        """Return what a valid form asks."""
        asked = self.cleaned_data
        closed = self.closed.get(asked["period"])
        return Question(asked["days"], asked["by"], asked.get("category", ""), closed)


def comparisons(area: Area | None) -> tuple[By, ...]:
    """Return what the figures of an area can be broken down into, the next level first."""
    if area is None:
        return ALL_BY[1:]
    grids = BELOW.get(area.level, ALL_BY[:4])
    return (*grids, "category", "month")


def told_comparisons(choices: tuple[By, ...], category: str | None) -> tuple[By, ...]:
    """Return the comparisons that are told of a category, of all ('') or where there are none (None)."""
    if category is None:
        return tuple(by for by in choices if by != "category")
    return tuple(by for by in choices if by in ("street", "category", "month")) if category else choices


def categories() -> list[tuple[str, Any]]:
    """Return the profile's categories as choices, each under its top category."""
    said = language()
    return [
        ("", _("All categories")),
        *(
            (
                top.name.in_language(said),
                [
                    (top.code, _("%(name)s, all") % {"name": top.name.in_language(said)}),
                    *((child.code, child.name.in_language(said)) for child in top.children),
                ],
            )
            for top in profile().categories
        ),
    ]
