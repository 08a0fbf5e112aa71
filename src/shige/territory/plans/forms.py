"""Forms of division plans: propose, compare, decide, comment, refuse."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.trust.date_inputs import DayField
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.queries import today
from shige.trust.veil import veiled

from ..computation.reasons import plain
from ..computation.settings import WEIGHT, PlanSettings, settings_of, usual_settings
from ..labels import aims, plan_number, setting_word, styles
from ..models import Area, Plan
from .queries.plans import scopes_for

MOST_WEIGHT: Final = 3.0
MOST_PRICE: Final = 0.5
"""End of the slider for the price of a move: ten times what the shipped profiles ask."""


class Slider(forms.NumberInput):
    """A slider with its number beside it."""

    input_type = "range"
    template_name = "territory/slider.html"


class ProposeForm(forms.Form):
    """Which area to divide, and the settings of the plan; what is left out is the profile's."""

    scope = forms.ModelChoiceField(label=gettext_lazy("Area to divide"), queryset=Area.objects.none())
    micro_target = forms.IntegerField(
        label=gettext_lazy("Doors of a micro-grid, wished for"),
        help_text=gettext_lazy("More doors mean fewer grids and fewer people, and longer rounds."),
        required=False,
    )
    general_target = forms.IntegerField(
        label=gettext_lazy("Households of a general grid, wished for"), required=False
    )
    moving_price = forms.FloatField(
        label=gettext_lazy("Price of moving a household"),
        help_text=gettext_lazy(
            "The higher, the fewer households change their grid; a broken bound costs 100."
        ),
        required=False,
    )
    aim = forms.ChoiceField(label=gettext_lazy("Aim of a round"), required=False)
    style = forms.ChoiceField(label=gettext_lazy("Style"), required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = profile().grids
        self.fields["scope"].queryset = scopes_for(viewer)  # type: ignore[attr-defined]
        self.slide("micro_target", rules.micro.low, rules.micro.high, 1)
        self.slide("general_target", rules.general.low, rules.general.high, 5)
        self.slide("moving_price", 0, max(MOST_PRICE, rules.moving_price), 0.01)
        told = {"hours": plain(rules.aim_hours)}
        self.fields["aim"].choices = [(name, word % told) for name, word in aims().items()]  # type: ignore[attr-defined]
        self.fields["style"].choices = list(styles().items())  # type: ignore[attr-defined]
        for name, value in asdict(usual_settings()).items():
            if name.startswith(WEIGHT):
                self.fields[name] = forms.FloatField(label=setting_word(name), required=False)
                self.slide(name, 0, max(MOST_WEIGHT, value), 0.1)
            self.fields[name].initial = value

    def slide(self, name: str, low: float, high: float, step: float) -> None:
        """Make a number field a slider between two numbers."""
        field = self.fields[name]
        field.widget = Slider(attrs={"min": low, "max": high, "step": step})
        field.validators += [MinValueValidator(low), MaxValueValidator(high)]

    def settings(self) -> PlanSettings:
        """Return the settings that were chosen."""
        chosen = {name: self.cleaned_data.get(name) for name in asdict(usual_settings())}
        return settings_of({name: value for name, value in chosen.items() if value not in {None, ""}})

    def computed(self) -> bool:
        """Say whether any area is divided by the engine; an exclusive grid is drawn by hand."""
        scopes = self.fields["scope"].queryset  # type: ignore[attr-defined]
        return bool(scopes.filter(kind=Area.Kind.DIVISION).exists())

    def sliders(self) -> list[forms.BoundField]:
        """Return the fields of the settings."""
        return [self[name] for name in asdict(usual_settings())]


class CompareForm(forms.Form):
    """Which plan of the same area to compare with."""

    other = forms.TypedChoiceField(label=gettext_lazy("Compare with"))

    def __init__(self, others: Iterable[Plan], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (veiled("key", str(plan.pk)), _("Plan %(number)s") % {"number": plan_number(plan.pk)})
            for plan in others
        ]
        self.fields["other"].choices = named  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """From which day on a plan holds."""

    effective_on = DayField(label=gettext_lazy("Effective date"), initial=today)


class CommentForm(forms.Form):
    """What somebody at work thinks of a plan."""

    words = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("No names or telephone numbers of residents here."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(forms.Form):
    """Why a plan is returned."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
