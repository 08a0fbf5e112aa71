"""What each version of a form has said since it was first written: another set of keys is another version."""

from dataclasses import MISSING
from typing import Final

from shige.trust.journal_facts import KINDS

SAID: Final = {
    "AdoptionChanged 1": "organisation number",
    "AppointmentEnded 1": "post",
    "AppointmentMade 1": "post kind",
    "Bare 1": "",
    "BookingChanged 1": "offer people state by_office",
    "DeviceChanged 1": "uid rules",
    "DivisionListed 1": "code",
    "GridDecided 1": "plan households code",
    "GridRenamed 1": "code effective_on",
    "GroundImported 1": "buildings",
    "JointChanged 1": "matter state sealed posts?",
    "JointPartChanged 1": "kept? joint post attendance",
    "ListExported 1": "lines",
    "MatterChanged 1": (
        "category tier state rating sealed guarded owner reopened reported_at respond_by "
        "resolve_by responded_at solved_at closed_at stopped_at"
    ),
    "MatterFiled 1": (
        "category tier state rating sealed guarded owner reopened reported_at respond_by "
        "resolve_by responded_at solved_at closed_at stopped_at consent? staff_only? doubted?"
    ),
    "MatterRead 1": "kept? how why matters",
    "MatterRecused 1": (
        "category tier state rating sealed guarded owner reopened reported_at respond_by "
        "resolve_by responded_at solved_at closed_at stopped_at recused? readmitted? asked_by?"
    ),
    "MemberChanged 1": "organisation state",
    "MembersInvited 1": "organisation places links",
    "OfferBookable 1": "offer slot_minutes",
    "OpinionChanged 1": "theme state matter",
    "OrganisationChanged 1": "kind area parent overseer",
    "OrganisationChanged 2": "kind area parent overseer on? tied? other?",
    "PlanChanged 1": "wish? unit? part? from? to?",
    "PlanDecided 1": "effective_on",
    "NoteWritten 1": "organisation kind asked above",
    "PlanProposed 1": "grids violations",
    "PlanRequested 1": (
        "scope? micro_target? general_target? moving_price? aim? style? weight_size? "
        "weight_compact? weight_compounds? weight_roads? weight_workload? weight_growth?"
    ),
    "PostOpened 1": "role area",
    "ProposalChanged 1": "point state",
    "RecusalAsked 1": (
        "category tier state rating sealed guarded owner reopened reported_at respond_by "
        "resolve_by responded_at solved_at closed_at stopped_at person asked_by?"
    ),
    "ReportChanged 1": "organisation quarter above office",
    "RowsForgotten 1": "before",
    "RuleChanged 1": "order categories grids tiers hours post_id",
    "ServicePointChanged 1": "kind keeper ended_on",
    "TaskChanged 1": "kept? matter post state due_at sealed",
    "TelephoneLookedUp 1": "found",
    "TelephonesRead 1": "changed",
    "ThingChanged 1": "code kind keeper inspected_on due_on retired_on",
    "TilesMade 1": "kind tiles",
    "TokenIssued 1": "actions days",
    "UrgingChanged 1": "organisation asked above case state due",
    "VaultRead 1": "kept? reason_given",
    "VaultWrittenAnew 1": "count",
    "Vouching 1": "kept?",
    "WarningChanged 1": "key categories areas until",
    "WarningDismissed 1": "key",
    "WeatherChanged 1": "kind colour since until",
}
"""The keys of each form and version; one with a question mark is written where it differs from the usual."""


def test_a_version_says_what_it_has_always_said() -> None:
    """A changed form makes entries that older programs misread: give it another version and `renewed`."""
    now = {
        f"{form.fact.__name__} {form.fact.version}": " ".join(
            key if usual is MISSING else f"{key}?" for _name, key, usual in form.fields
        )
        for kind, form in KINDS.items()
        if not kind.startswith("made_up")
    }
    assert {name: now[name] for name in now if now[name] != SAID.get(name)} == {}
