"""Warnings are proposed from data and sent, put aside and withdrawn by people of the own area (R25)."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime
from django.utils.translation import override

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.territory.lineage import lineage_of
from shige.trust.gate import PUBLIC
from shige.trust.jurisdiction import profile
from shige.trust.models import JournalEntry, OutboxMessage
from shige.warnings.commands.warning import WarningIn, dismiss_proposal, send_warning, withdraw_warning
from shige.warnings.commands.weather import SignalIn, enter_signal, lift_signal
from shige.warnings.forms import WarningForm
from shige.warnings.models import SentWarning
from shige.warnings.patterns import YEAR
from shige.warnings.queries.in_force import (
    dismissed_in,
    outcome_of,
    places_for,
    standing_at,
    standing_everywhere,
    warnings_seen,
)
from shige.warnings.queries.proposals import Proposal, counted_categories, proposals_for
from tests.matters.town import WEDNESDAY, Town, report
from tests.places import make_area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

DAY = timedelta(days=1)
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
GALE = SignalIn("gale", "yellow", WEDNESDAY, WEDNESDAY + DAY)


def proposals(town: Town, who: str = "community_chief", area: str = "east") -> dict[str, Proposal]:
    return {one.key: one for one in proposals_for(town.viewer(who), town.areas[area])}


def patterns(town: Town, who: str = "community_chief", area: str = "east") -> dict[str, Proposal]:
    return {key: one for key, one in proposals(town, who, area).items() if key.startswith("pattern:")}


def came(town: Town, number: int, category: str = "01.1", grid: str = "micro", days: float = 350) -> None:
    """File so many matters so many days ago."""
    with clock.at(WEDNESDAY - days * DAY):
        for _ in range(number):
            file_matter(PUBLIC, report(category=category, place=town.place(grid)))


def sent(town: Town, who: str = "community_chief", area: str = "east", **given: Any) -> SentWarning:
    wanted = WarningIn("汛期", "请清理排水口。", WEDNESDAY + 7 * DAY, (town.areas[area].pk,))
    return send_warning(town.viewer(who), town.areas[area], replace(wanted, **given))


def fields(caught: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(caught.value.message_dict)


def sent_as_proposed(town: Town, one: Proposal) -> SentWarning:
    """Send what the form holds before anybody changes it."""
    form = WarningForm(town.areas["east"], one).initial
    kept = {name: form[name] for name in ("title", "text", "title_other", "text_other")}
    return sent(town, key=one.key, **kept)


@pytest.mark.parametrize("office", ["zh-hans", "en"])
@pytest.mark.parametrize("cause", ["season:", "weather:", "pattern:"])
def test_what_is_proposed_is_read_in_both_languages_whoever_sends_it(
    town: Town, office: str, cause: str
) -> None:
    came(town, 6)
    enter_signal(town.viewer("street_officer"), town.areas["street"], GALE)
    with override(office):
        warning = sent_as_proposed(
            town, next(one for key, one in proposals(town).items() if key.startswith(cause))
        )
    with override("en"):
        (told,) = standing_everywhere()
        assert not HAN.search(told.title) and not HAN.search(told.text)
    with override("zh-hans"):
        (told,) = standing_everywhere()
        assert HAN.search(told.title) and HAN.search(told.text)
        assert not LATIN.search((told.title + told.text).replace("east", ""))
    assert (warning.said_title, warning.said_text) == (warning.title_other, warning.text_other)


def test_what_is_proposed_is_shown_to_the_office_in_its_own_language(town: Town) -> None:
    one = proposals(town)["season:flood"]
    with override("zh-hans"):
        assert (one.said_title, one.said_text) == (one.title, one.text) and HAN.search(one.said_text)
    with override("en"):
        assert one.said_title == "Flood season" and not HAN.search(one.said_text)


@pytest.mark.parametrize("cause", ["season:", "weather:", "pattern:"])
def test_what_was_put_aside_is_named_in_the_reader_s_language(town: Town, cause: str) -> None:
    came(town, 6)
    enter_signal(town.viewer("street_officer"), town.areas["street"], GALE)
    key = next(key for key in proposals(town) if key.startswith(cause))
    dismiss_proposal(town.viewer("community_chief"), town.areas["east"], key, "已宣传")
    with override("en"):
        ((english, _kept),) = dismissed_in(town.areas["east"])
    with override("zh-hans"):
        ((chinese, _kept),) = dismissed_in(town.areas["east"])
    assert not HAN.search(english) and HAN.search(chinese)


def test_the_title_of_a_pattern_is_never_cut_within_a_word(town: Town) -> None:
    names = {leaf.code: leaf.name.en for leaf in profile().leaf_categories}
    long = max(counted_categories(), key=lambda code: len(names[code]))
    came(town, 6, long)
    (one,) = patterns(town).values()
    assert one.title_other == names[long] != ""


def test_own_words_are_read_in_the_second_language_where_they_are_written_in_it(town: Town) -> None:
    sent(town, title="停水通知", title_other="Water off", text_other="No water from 8 to 12 tomorrow.")
    with override("zh-hans"):
        (told,) = standing_everywhere()
    assert (told.title, told.text) == ("停水通知", "请清理排水口。")
    with override("en"):
        (told,) = standing_everywhere()
    assert (told.title, told.text) == ("Water off", "No water from 8 to 12 tomorrow.")
    with pytest.raises(ValidationError) as caught:
        sent(town, title_other="Water off")
    assert fields(caught) == {"text_other"}
    with pytest.raises(ValidationError) as caught:
        sent(town, title_other="Call 13812345678", text_other="now")
    assert fields(caught) == {"title_other"}


def test_of_own_words_the_office_chooses_where_and_they_stand_for_two_days(town: Town) -> None:
    form = WarningForm(town.areas["street"], None)
    assert form.initial["areas"] == []
    assert form.initial["until"] == localtime(clock.now() + 2 * DAY).replace(second=0, microsecond=0)


@pytest.mark.parametrize("field", ["title", "text", "title_other", "text_other"])
def test_a_warning_points_to_nobody(town: Town, field: str) -> None:
    other = {"title_other": "Flood season", "text_other": "Please clear the drains."}
    with pytest.raises(ValidationError) as caught:
        sent(town, **other | {field: "三单元401室张建国家漏电"})
    assert fields(caught) == {field}


def test_a_season_is_proposed_with_its_words(town: Town) -> None:
    flood = proposals(town)["season:flood"]
    assert "排水口" in flood.text or "drains" in flood.text
    assert (flood.place, flood.ends.date().isoformat()) == (town.areas["east"], "2026-10-01")
    assert "season:winter" not in proposals(town)


def test_last_years_weeks_are_proposed_where_they_stood_out(town: Town) -> None:
    came(town, 6)
    came(town, 2, days=200)
    found = patterns(town)
    place = town.areas["east"].pk
    assert list(found) == [f"pattern:01.1:{place}"]
    assert "6" in found[f"pattern:01.1:{place}"].evidence and "0.2" in found[f"pattern:01.1:{place}"].evidence
    assert "6" not in found[f"pattern:01.1:{place}"].text
    assert patterns(town, "community_chief2", "west") == {}
    assert list(patterns(town, "street_officer", "street")) == [f"pattern:01.1:{place}"]


@pytest.mark.parametrize(
    ("number", "since", "days"), [(4, 0, 350), (6, 40, 350), (6, 0, 330), (6, 0, 370), (6, 0, 10)]
)
def test_too_few_or_as_many_all_year_or_other_weeks_propose_nothing(
    town: Town, number: int, since: int, days: float
) -> None:
    came(town, number, days=days)
    came(town, since, days=150)
    assert patterns(town) == {}


def test_a_grid_is_named_where_its_whole_community_does_not_stand_out(town: Town) -> None:
    came(town, 5)
    came(town, 31, grid="tower", days=150)
    assert list(patterns(town)) == [f"pattern:01.1:{town.areas['general'].pk}"]


def test_nothing_confidential_is_counted_p3(town: Town) -> None:
    came(town, 6, "04.2")
    came(town, 6, "05.4")
    came(town, 6, "11.3")
    assert patterns(town) == {}
    came(town, 6)
    Matter.objects.filter(category="01.1").update(sealed=1, confidential=True, words="")
    assert patterns(town) == {}


def test_proposals_take_few_statements_however_much_came_in(town: Town) -> None:
    came(town, 7)
    came(town, 7, "02.1")
    viewer, area = town.viewer("street_officer"), town.areas["street"]
    with CaptureQueriesContext(
        connection,
    ) as taken:
        assert len(proposals_for(viewer, area)) > 2
    assert len(taken) <= 4


def test_a_signal_is_proposed_below_and_above_until_it_is_lifted(town: Town) -> None:
    signal = enter_signal(town.viewer("street_officer"), town.areas["street"], GALE)
    own = enter_signal(town.viewer("community_chief2"), town.areas["west"], replace(GALE, kind="fog"))
    assert proposals(town)[f"weather:{signal.pk}"].place == town.areas["east"]
    above = proposals(town, "district_centre", "district")
    assert above[f"weather:{own.pk}"].place == town.areas["west"]
    assert f"weather:{own.pk}" not in proposals(town)
    lift_signal(town.viewer("street_officer"), signal.pk)
    assert f"weather:{signal.pk}" not in proposals(town)
    with clock.at(WEDNESDAY + 2 * DAY):
        assert f"weather:{own.pk}" not in proposals(town, "community_chief2", "west")


def test_the_offices_are_told_of_a_signal_and_nobody_else(town: Town) -> None:
    enter_signal(town.viewer("street_officer"), town.areas["street"], GALE)
    told = set(OutboxMessage.objects.values_list("receiver__username", flat=True))
    assert {"community_chief", "community_chief2"} <= told
    assert not told & {"street_officer", "micro_worker", "district_centre", "department"}
    assert SentWarning.objects.count() == 0


def test_one_reference_is_one_signal(town: Town) -> None:
    given = replace(GALE, reference="CD-2026-77")
    first = enter_signal(town.viewer("street_officer"), town.areas["street"], given)
    again = enter_signal(town.viewer("street_officer"), town.areas["street"], given)
    assert first.pk == again.pk and OutboxMessage.objects.filter(kind="weather.entered").count() == 4


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "meteor"}, "kind"),
        ({"kind": "heat", "colour": "blue"}, "colour"),
        ({"until": WEDNESDAY - DAY}, "until"),
        ({"since": WEDNESDAY + 2 * DAY}, "until"),
    ],
)
def test_a_signal_that_cannot_be_is_refused(town: Town, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        enter_signal(town.viewer("street_officer"), town.areas["street"], replace(GALE, **given))
    assert fields(caught) == {field}


def test_a_warning_reaches_the_field_workers_of_its_grids(town: Town) -> None:
    warning = sent(town, areas=(town.areas["general"].pk, town.areas["tower"].pk))
    told = set(OutboxMessage.objects.values_list("receiver__username", flat=True))
    assert told == {"micro_worker", "micro_worker2", "fulltime_worker", "exclusive_worker"}
    assert (warning.grids, warning.posts) == (3, 4)
    entry = JournalEntry.objects.get(verb="warning.sent")
    assert "排水口" not in str(entry.facts) and entry.community == town.areas["east"].pk


def test_residents_see_it_in_its_place_while_it_stands(town: Town) -> None:
    sent(town, areas=(town.areas["general"].pk,))
    here, beside = lineage_of(town.areas["micro"]), lineage_of(town.areas["tower"])
    assert [one.title for one in standing_at(here)] == ["汛期"]
    assert standing_at(beside) == [] and len(standing_everywhere()) == 1
    with clock.at(WEDNESDAY + 8 * DAY):
        assert standing_at(here) == standing_everywhere() == []


def test_a_streets_warning_stands_in_all_its_grids(town: Town) -> None:
    sent(town, "street_officer", "street")
    for grid in ("micro", "tower", "micro3"):
        assert len(standing_at(lineage_of(town.areas[grid]))) == 1


def test_withdrawn_it_is_gone_and_the_same_people_are_told(town: Town) -> None:
    warning = sent(town, areas=(town.areas["general"].pk,))
    withdraw_warning(town.viewer("street_officer"), warning.pk)
    assert standing_everywhere() == []
    told = OutboxMessage.objects.filter(kind="warning.withdrawn").values_list("receiver__username", flat=True)
    assert set(told) == {"micro_worker", "micro_worker2", "fulltime_worker"}
    with pytest.raises(ValidationError):
        withdraw_warning(town.viewer("community_chief"), warning.pk)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 41}, "title"),
        ({"text": "请找王大爷 13900001234"}, "text"),
        ({"text": " "}, "text"),
        ({"until": WEDNESDAY}, "until"),
        ({"until": WEDNESDAY + 200 * DAY}, "until"),
        ({"areas": ()}, "areas"),
    ],
)
def test_what_cannot_be_sent_is_named_and_nothing_is_kept(
    town: Town, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        sent(town, **given)
    assert fields(caught) == {field}
    assert SentWarning.objects.count() == OutboxMessage.objects.count() == 0


def test_it_goes_to_nobody_outside_the_own_area(town: Town) -> None:
    for areas in ("west", "street", "general2", "micro"):
        with pytest.raises(ValidationError) as caught:
            sent(town, areas=(town.areas["east"].pk, town.areas[areas].pk))
        assert fields(caught) == {"areas"}


@pytest.mark.parametrize("who", ["community_chief2", "micro_worker", "fulltime_worker", "department"])
def test_only_an_office_of_the_area_sends_dismisses_withdraws_or_enters(town: Town, who: str) -> None:
    viewer, east = town.viewer(who), town.areas["east"]
    warning, signal = sent(town), enter_signal(town.viewer("street_officer"), east, GALE)
    for act in (
        lambda: sent(town, who),
        lambda: proposals_for(viewer, east),
        lambda: dismiss_proposal(viewer, east, "season:flood", "不需要"),
        lambda: withdraw_warning(viewer, warning.pk),
        lambda: enter_signal(viewer, east, GALE),
        lambda: lift_signal(viewer, signal.pk),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_was_sent_is_not_proposed_again_while_it_stands(town: Town) -> None:
    warning = sent(town, key="season:flood")
    assert warning.categories and "season:flood" not in proposals(town)
    with pytest.raises(ValidationError):
        sent(town, key="season:flood")
    withdraw_warning(town.viewer("community_chief"), warning.pk)
    assert "season:flood" in proposals(town)


def test_what_was_put_aside_stays_so_for_the_season_with_who_and_why(town: Town) -> None:
    made = dismiss_proposal(town.viewer("community_chief"), town.areas["east"], "season:flood", "已入户宣传")
    assert (made.person, made.reason) == (town.persons["community_chief"], "已入户宣传")
    assert "season:flood" not in proposals(town) and "season:flood" in proposals(
        town, "street_officer", "street"
    )
    with clock.at(WEDNESDAY + 250 * DAY):
        assert "season:flood" in proposals(town)
    with pytest.raises(ValidationError) as caught:
        dismiss_proposal(town.viewer("community_chief"), town.areas["east"], "season:mosquitoes", "")
    assert fields(caught) == {"reason"}


def test_once_over_it_tells_what_came_in_beside_last_year(town: Town) -> None:
    came(town, 2, "02.4", days=YEAR.days - 1)
    came(town, 1, "02.4", days=YEAR.days + 1)
    warning = sent(town, key="season:flood")
    came(town, 3, "02.4", days=-2)
    came(town, 1, "04.2", days=-2)
    came(town, 1, "02.4", grid="micro3", days=-2)
    chief = town.viewer("community_chief")
    assert outcome_of(chief, warning) is None
    with clock.at(WEDNESDAY + 8 * DAY):
        found = outcome_of(chief, warning)
        assert found and (found.came, found.last_year) == (3, 2)
        assert outcome_of(town.viewer("micro_worker"), warning) is None
        assert outcome_of(chief, sent(town, until=WEDNESDAY + 9 * DAY)) is None


@pytest.mark.parametrize(
    ("who", "sees"),
    [("micro_worker", True), ("fulltime_worker", True), ("community_chief", True), ("street_officer", True),
     ("micro_worker3", False), ("exclusive_worker", False), ("community_chief2", False),
     ("department", False)],
)  # fmt: skip
def test_it_is_seen_where_it_holds_and_by_its_office(town: Town, who: str, sees: bool) -> None:
    sent(town, areas=(town.areas["general"].pk,))
    assert warnings_seen(town.viewer(who)).exists() is sees


def test_an_office_chooses_among_its_parts(town: Town) -> None:
    """The community grid is no part of its own: it is its community."""
    whole = town.areas["general"].versions.get()
    whole.area = make_area("510104001001000001", "community", "总网格", town.areas["east"])
    whole.pk, whole.level = None, "community"
    whole.save()
    names = {pk: name for name, area in town.areas.items() for pk in [area.pk]}

    def offered(area: str) -> list[str]:
        return [names[place.pk] for place in places_for(town.areas[area])]

    assert offered("east") == ["east", "general", "tower"]
    assert offered("street")[0] == "street" and set(offered("street")) == {
        "street", "east", "west", "general", "general2", "tower"
    }  # fmt: skip
    assert offered("district") == ["district", "street"]
