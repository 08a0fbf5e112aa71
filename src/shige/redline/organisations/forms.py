"""Forms of an organisation's life: each change has its day and its reason."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.date_inputs import DayField
from shige.trust.gate import Viewer, may
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post
from shige.trust.queries import today
from shige.trust.veil import unveiled, veiled

from ..models import Standing
from ..rules import level_name
from .checks import REASON_LIMIT
from .queries import (
    children,
    holders_of,
    parent_of,
    parents_beyond,
    possible_grids,
    possible_overseers,
    possible_parents,
    possible_targets,
)
from .writing import Decision


def unveil(written: str) -> int:
    """Return the running key that stands veiled in a form."""
    return int(unveiled("key", written))


def named(rows: Iterable[Standing]) -> list[tuple[str, str]]:
    """Return organisations as choices: the key veiled, and name with area."""
    return [(veiled("key", str(row.organisation_id)), f"{row.name} · {row.area.name}") for row in rows]


class DecisionForm(forms.Form):
    """From which day on a change holds, and why it was decided."""

    on = DayField(label=gettext_lazy("From this day on"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LIMIT)
    field_order = ("name", "kind", "grid", "above", "into", "below", "overseer", "on", "reason")

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"on": today()} | (initial or {}), auto_id=f"id_{self.code}_%s")

    code = "decision"

    def decision(self) -> Decision:
        """Return what a valid form decides."""
        return Decision(self.cleaned_data["on"], self.cleaned_data["reason"])

    def fill_in(self, asked: Mapping[str, str]) -> None:
        """Write what an address proposes into the fields; whoever decides still sends the form."""
        self.initial.update({name: asked[name] for name in self.fields if name in asked})

    def offer(self, field: str, choices: Iterable[tuple[object, str]]) -> None:
        """Say what may be chosen in a field."""
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]


class NameForm(DecisionForm):
    """Another name."""

    code = "rename"
    name = forms.CharField(label=gettext_lazy("New name"), max_length=80)


class AboveForm(DecisionForm):
    """The organisation above, or none."""

    above = forms.TypedChoiceField(
        label=gettext_lazy("Organisation above"), required=False, coerce=unveil, empty_value=None
    )

    def offer_above(self, parents: Iterable[Standing]) -> None:
        """Say which organisations may stand above."""
        self.offer("above", [("", pgettext("organisation above", "None")), *named(parents)])


class OverseerForm(DecisionForm):
    """The post that answers for oversight (监督责任人), or none yet."""

    code = "oversee"
    overseer = forms.TypedChoiceField(
        label=gettext_lazy("Overseer"), required=False, coerce=int, empty_value=None
    )

    def offer_overseers(self, posts: Iterable[Post]) -> None:
        """Say which posts may oversee."""
        posts = list(posts)
        held = holders_of(posts)
        named = [(post.pk, " · ".join(filter(None, (post.name, held.get(post.pk))))) for post in posts]
        self.offer("overseer", [("", _("None yet")), *named])


class FoundingForm(AboveForm, OverseerForm):
    """A new organisation in one area: name and kind, what it stands below, and its overseer."""

    code = "found"
    kind = forms.ChoiceField(label=pgettext_lazy("organisation", "Kind"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


class RetieForm(AboveForm):
    """Another grid, or none; and the organisation above there."""

    code = "retie"
    grid = forms.ChoiceField(label=gettext_lazy("Grid"), required=False)


class MergeForm(DecisionForm):
    """The organisation into which another one merges."""

    code = "merge"
    into = forms.TypedChoiceField(label=gettext_lazy("Merge into"), coerce=unveil)


class SplitForm(DecisionForm):
    """The organisation that is split off: its name and grid, and which of those below come under it."""

    code = "split"
    name = forms.CharField(label=gettext_lazy("Name of the new organisation"), max_length=80)
    grid = forms.ChoiceField(label=gettext_lazy("Its grid"))
    below = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Comes under it"),
        required=False,
        coerce=unveil,
        widget=forms.CheckboxSelectMultiple,
    )


class ClosingForm(DecisionForm):
    """Nothing but day and reason."""

    code = "close"


class WithdrawalForm(DecisionForm):
    """Nothing but the reason: the day is that of the change which is taken back."""

    code = "withdraw"
    on = None  # type: ignore[assignment]

    def decision(self) -> Decision:
        """Return what a valid form decides."""
        return Decision(today(), self.cleaned_data["reason"])


def founding_form(viewer: Viewer, area: Area, data: Any = None) -> FoundingForm:
    """Return the form of a new organisation for an area, with what may be chosen there."""
    parents = possible_parents(viewer, area)
    above = named(parents)[0][0] if parents else None
    pairs = [
        pair for pair in profile().redline if pair.oversees == area.level or area.kind == Area.Kind.DIVISION
    ]
    kind = pairs[0].code if pairs else None
    form = FoundingForm(data, initial={"name": suggested_name(area), "kind": kind, "above": above})
    form.offer("kind", [(pair.code, pair.name.in_language(language())) for pair in pairs])
    form.offer_above(parents)
    if may(viewer, "redline.oversee", lineage_of(area)):
        form.offer_overseers(possible_overseers(viewer, area))
    else:
        del form.fields["overseer"]
    return form


def name_form(_viewer: Viewer, standing: Standing, data: Any = None) -> NameForm:
    """Return the form of another name."""
    return NameForm(data, initial={"name": standing.name})


def retie_form(viewer: Viewer, standing: Standing, data: Any = None) -> RetieForm:
    """Return the form of another grid, with the free grids of its level in the street."""
    present = parent_of(standing)
    grids = possible_grids(viewer, standing)
    if standing.tied and standing.area not in grids:
        grids = [standing.area, *grids]
    form = RetieForm(
        data,
        initial={
            "grid": standing.area.code if standing.tied else "",
            "above": present and named([present])[0][0],
        },
    )
    form.offer("grid", [("", pgettext("grid", "None")), *grid_choices(grids)])
    form.offer_above(parents_beyond(viewer, standing, present))
    return form


def overseer_form(viewer: Viewer, standing: Standing, data: Any = None) -> OverseerForm:
    """Return the form of the overseer, with the posts that serve the area."""
    form = OverseerForm(data, initial={"overseer": standing.overseer_id})
    form.offer_overseers(possible_overseers(viewer, standing.area))
    return form


def merge_form(viewer: Viewer, standing: Standing, data: Any = None) -> MergeForm:
    """Return the form of a merger, with the organisations of its kind and those above it."""
    form = MergeForm(data)
    form.offer("into", [("", _("Please choose")), *named(possible_targets(viewer, standing))])
    return form


def split_form(viewer: Viewer, standing: Standing, data: Any = None) -> SplitForm:
    """Return the form of what is split off, with the free grids and the organisations below."""
    form = SplitForm(data)
    form.offer("grid", [("", _("Please choose")), *grid_choices(possible_grids(viewer, standing))])
    form.offer("below", named(children(standing.organisation_id)))
    return form


def closing_form(_viewer: Viewer, _standing: Standing, data: Any = None) -> ClosingForm:
    """Return the form of an end."""
    return ClosingForm(data)


def withdrawal_form(_viewer: Viewer, _standing: Standing, data: Any = None) -> WithdrawalForm:
    """Return the form that takes a planned change back."""
    return WithdrawalForm(data)


def grid_choices(grids: Iterable[Area]) -> list[tuple[str, str]]:
    """Return grids as choices: the code, and the name with its level."""
    return [(grid.code, f"{grid.name} · {level_name(grid.level)} · {grid.code}") for grid in grids]


def suggested_name(area: Area) -> str:
    """Propose a name: a group for a micro-grid, a branch for the others."""
    pattern = _("%(grid)s Party group") if area.level == Area.Level.MICRO else _("%(grid)s Party branch")
    return pattern % {"grid": area.name}
