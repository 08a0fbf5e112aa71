"""What a hand changes in a plan."""

from django import forms
from django.utils.translation import gettext_lazy
from shapely import LineString

from .borders import read_line
from .change import Wanted


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
