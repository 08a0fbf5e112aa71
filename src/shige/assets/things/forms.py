"""Forms of the register of things and of devices (R41)."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shige.files.attachments import Attachment
from shige.matters import clock
from shige.matters.lists.queries.choices import choices_for
from shige.matters.report import Place
from shige.territory.intake.forms import BYTES_AT_MOST, DATUM_CHOICES
from shige.territory.models import Thing
from shige.territory.places.forms import PlaceFields
from shige.territory.things.commands import NAME_LIMIT, PLACE_LIMIT, ThingIn
from shige.territory.things.queries import ThingFilter, kind_choices
from shige.trust.date_inputs import DayField
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post
from shige.trust.queries import in_reach

from ..devices.commands import SILENT_MOST, TYPE, DeviceIn, RuleIn, categories_of_devices
from ..inspections.commands import WORDS_LIMIT, InspectionIn
from ..models.device import Severity

NONE = ("", "—")

DUE = [("", _("All")), ("overdue", _("Overdue")), ("soon", _("Due within 30 days"))]

SEVERITY_WORDS = {
    Severity.NOTICE: pgettext_lazy("severity", "notice"),
    Severity.WARNING: pgettext_lazy("severity", "warning"),
    Severity.ALARM: pgettext_lazy("severity", "alarm"),
}


class ThingFilterForm(forms.Form):
    """What the register is narrowed to; what does not fit counts as not chosen."""

    text = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("name, place, code")}),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("of thing", "Kind"), required=False)
    grid = forms.TypedChoiceField(label=_("Grid"), coerce=int, empty_value=None, required=False)
    due = forms.ChoiceField(label=_("Inspection"), choices=DUE, required=False)
    retired = forms.BooleanField(label=_("Retired ones"), required=False)

    def __init__(self, viewer: Viewer, data: Any = None) -> None:
        super().__init__(data)
        grids: dict[str, list[tuple[int, str]]] = {}
        for pk, level, name in choices_for(viewer).grids:
            grids.setdefault(profile().level(level).name.in_language(language()), []).append((pk, name))
        self.fields["grid"].choices = [NONE, *grids.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [NONE, *kind_choices()]  # type: ignore[attr-defined]

    def wanted(self) -> ThingFilter:
        """Return what is chosen."""
        self.is_valid()
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        return ThingFilter(**given)


class ThingForm(PlaceFields):
    """What the register says of a thing."""

    kind = forms.ChoiceField(label=pgettext_lazy("of thing", "Kind"))
    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    keeper = forms.TypedChoiceField(label=_("Kept by"), coerce=int, empty_value=None, required=False)
    inspected_on = DayField(label=_("Last inspection"), required=False)
    place = forms.CharField(
        label=_("What people call the place"),
        help_text=_("Empty for the address that is found there."),
        max_length=PLACE_LIMIT,
        required=False,
    )

    def __init__(self, viewer: Viewer, data: Any = None, thing: Thing | None = None) -> None:
        columns = ("kind", "name", "inspected_on", "place", "lon", "lat")
        before = (
            {name: getattr(thing, name) for name in columns} | {"keeper": thing.keeper_id} if thing else {}
        )
        super().__init__(data, initial=before)
        posts = Post.objects.filter(in_reach(viewer, "thing.edit"), closed_at=None).select_related("area")
        kept = {post.pk: f"{post.name} · {post.area.name}" for post in posts.order_by("area__code", "pk")}
        if thing and thing.keeper:
            kept.setdefault(thing.keeper.pk, thing.keeper.name)
        self.fields["keeper"].choices = [NONE, *kept.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    def given(self) -> ThingIn:
        """Return what was written, once it is valid."""
        return ThingIn(**self.cleaned_data)


class InspectionForm(forms.Form):
    """When somebody looked, and what is wrong if anything is."""

    on = DayField(label=_("Day of the inspection"))
    words = forms.CharField(
        label=_("What was found wrong"),
        help_text=_("Leave it empty where everything is in order. A defect becomes a matter at once."),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": localdate(clock.now())})

    def given(self, photos: tuple[Attachment, ...]) -> InspectionIn:
        """Return what was written with the photos that came with it, once it is valid."""
        return InspectionIn(**self.cleaned_data, photos=photos)


class ThingsImportForm(forms.Form):
    """A table of things."""

    table = forms.FileField(
        label=_("Table"),
        help_text=_(
            "CSV or Excel with the columns 名称, 种类, 经度, 纬度; where they are known also 地址, 检查日期."
        ),
    )
    datum = forms.ChoiceField(label=_("Datum of all coordinates"), choices=DATUM_CHOICES)

    def clean_table(self) -> Any:
        """Refuse a file that is too large to be read."""
        file = self.cleaned_data["table"]
        if file.size > BYTES_AT_MOST:
            raise forms.ValidationError(_("The files are larger than 60 MB together."))
        return file


class DeviceForm(PlaceFields):
    """A new device."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    thing = forms.CharField(
        label=_("Code of the thing at which it is"),
        help_text=_("From the register. Empty where it stands by itself: then set its place below."),
        required=False,
        max_length=20,
    )
    silent_hours = forms.IntegerField(
        label=_("After how many hours of silence you want to look"),
        min_value=1,
        max_value=SILENT_MOST,
        initial=24,
    )

    def given(self) -> DeviceIn:
        """Return what was written, once it is valid."""
        said = self.cleaned_data
        place = Place(said["lon"], said["lat"], building=said["building"])
        return DeviceIn(said["name"], said["thing"], place, said["silent_hours"])


class EventRuleForm(forms.Form):
    """What events of a type become."""

    type = forms.RegexField(TYPE, label=_("Type of event"), help_text=_("As the device sends it: water.high"))
    name = forms.CharField(label=_("What people read"), max_length=60)
    category = forms.ChoiceField(label=_("Category"))
    least = forms.TypedChoiceField(
        label=_("From which severity on"),
        coerce=int,
        choices=list(SEVERITY_WORDS.items()),
        initial=Severity.WARNING,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        said = language()
        listed = [(c.code, f"{c.code} {c.name.in_language(said)}") for c in categories_of_devices()]
        self.fields["category"].choices = listed  # type: ignore[attr-defined]

    def given(self) -> RuleIn:
        """Return what was written, once it is valid."""
        return RuleIn(**self.cleaned_data)
