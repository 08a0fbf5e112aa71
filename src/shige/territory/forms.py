"""Forms of the ground plan: filters, imports, decisions."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely import LineString

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.queries import today
from shige.trust.veiling import veiled

from .models import Area, Plan
from .planning.byhand import Wanted
from .planning.lines import read_line
from .planning.reasons import plain
from .planning.settings import WEIGHT, PlanSettings, settings_of, usual_settings
from .queries.faults import FAULTS
from .queries.grids import LEVELS, MANY, GridFilter
from .queries.plans import scopes_for
from .words_shown import aims, level_word, plan_number, setting_word, styles

BYTES_AT_MOST: Final = 60 * 1024 * 1024
MOST_WEIGHT: Final = 3.0
MOST_PRICE: Final = 0.5
"""End of the slider for the price of a move: ten times what the shipped profiles ask."""

DATUM_CHOICES: Final = [
    ("wgs84", gettext_lazy("WGS-84 or CGCS2000 (surveys, GPS)")),
    ("gcj02", gettext_lazy("GCJ-02 (Chinese map services)")),
    ("bd09", gettext_lazy("BD-09 (Baidu)")),
]


class GridFilterForm(forms.Form):
    """The filter bar above the list of grids."""

    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    broken = forms.BooleanField(label=gettext_lazy("Breaks a rule"), required=False)
    vacant = forms.BooleanField(label=gettext_lazy("Vacancy"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Name or code"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    on = forms.DateField(required=False, widget=forms.HiddenInput)
    community = forms.CharField(required=False, widget=forms.HiddenInput)
    fault = forms.ChoiceField(
        required=False, choices=[(name, name) for name in FAULTS], widget=forms.HiddenInput
    )

    workers = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("0", "1", MANY)], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All levels")), *((level.value, level_word(level)) for level in LEVELS)]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> GridFilter:
        """Return the filter; what does not fit filters nothing."""
        return GridFilter(**self.cleaned_data) if self.is_valid() else GridFilter()


class ImportForm(forms.Form):
    """The files of one import: the tree of divisions, or buildings with what lies between them."""

    units = forms.FileField(
        label=gettext_lazy("Buildings"),
        required=False,
        help_text=gettext_lazy("GeoJSON, Excel or CSV (UTF-8 or GB18030), one row for each building."),
    )
    barriers = forms.FileField(label=gettext_lazy("Roads, railways and rivers"), required=False)
    areas = forms.FileField(label=gettext_lazy("Outlines of the communities"), required=False)
    base = forms.FileField(label=gettext_lazy("Water, parks and green"), required=False)
    datum = forms.ChoiceField(
        label=gettext_lazy("Datum of all coordinates"),
        choices=DATUM_CHOICES,
        help_text=gettext_lazy(
            "One import has one datum. A wrong one moves everything by some hundred metres."
        ),
    )
    divisions = forms.FileField(
        label=gettext_lazy("Tree of divisions"),
        required=False,
        help_text=gettext_lazy("Instead of buildings: CSV or Excel with official codes and names."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one kind of import, of a size that can be read."""
        cleaned: dict[str, Any] = super().clean() or {}
        files = self.uploaded()
        if bool(files.get("units")) == bool(files.get("divisions")):
            self.add_error("units", _("Choose either a file of buildings or a tree of divisions."))
        if sum(file.size or 0 for file in files.values()) > BYTES_AT_MOST:
            self.add_error(None, _("The files are larger than 60 MB together."))
        return cleaned

    def uploaded(self) -> "dict[str, UploadedFile[Any]]":
        """Return the files that were chosen."""
        chosen = {part: self.files.get(part) for part in self.fields}
        return {part: file for part, file in chosen.items() if isinstance(file, UploadedFile)}


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


class MoveForm(forms.Form):
    """Which building, or part of one, goes into which grid; ``version`` is that of the plan that was seen."""

    unit = forms.CharField(max_length=60)
    part = forms.CharField(max_length=20, required=False)
    target = forms.RegexField(r"^[0-9]{18}$")
    version = forms.IntegerField()

    def wanted(self) -> Wanted:
        """Return the move."""
        return Wanted(**{name: self.cleaned_data[name] for name in ("unit", "part", "target")})


class PairForm(forms.Form):
    """Two buildings that lie together or apart."""

    wish = forms.ChoiceField(choices=[("together", ""), ("apart", "")])
    unit = forms.CharField(max_length=60)
    other = forms.CharField(max_length=60)


class LineForm(forms.Form):
    """A border drawn on the map, or typed point by point."""

    points = forms.CharField(
        label=gettext_lazy("Points of the border"),
        help_text=gettext_lazy(
            "One point in each row, longitude and latitude in degrees (WGS-84), such as 104.0612, 30.6423."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_points(self) -> LineString:
        """Read the line."""
        return read_line(self.cleaned_data["points"])


class DecideForm(forms.Form):
    """From which day on a plan holds."""

    effective_on = forms.DateField(
        label=gettext_lazy("Effective date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=today,
    )


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
