"""Lets the sample's offices warn ahead: last year's reports, a weather signal, what was made of it (R25)."""

from datetime import datetime, timedelta

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.report import Place, Report
from shige.sample.warnings import SampleWarnings, warnings
from shige.territory.models import Area, Building
from shige.trust.gate import PUBLIC, SYSTEM, Viewer
from shige.trust.queries import held_today, viewer_of
from shige.warnings.commands.warning import WarningIn, dismiss_proposal, send_warning
from shige.warnings.commands.weather import SignalIn, enter_signal
from shige.warnings.queries.proposals import Proposal, proposals_for

DAY = timedelta(days=1)


def warn_ahead(until: datetime) -> None:
    """Play what the sample tells up to ``until``, for the first community that has a chief."""
    chiefs = held_today().filter(post__role="community_chief").select_related("person", "post__area")
    chief = chiefs.order_by("post__area__code").first()
    if chief is None:
        return
    told, area, viewer = warnings(), chief.post.area, viewer_of(chief.person)
    _report_last_year(told, area, until)
    _send(viewer, area, until, *told.past)
    _send(viewer, area, until, *told.standing)
    ago, reason = told.dismissed
    with clock.at(until - ago * DAY):
        for proposal in _of_season(viewer, area)[:1]:
            dismiss_proposal(viewer, area, proposal.key, reason)
    kind, colour, hours = told.signal
    signal = SignalIn(kind, colour, until - timedelta(hours=2), until + timedelta(hours=hours))
    with clock.at(until - timedelta(hours=2)):
        enter_signal(SYSTEM, area.street or area, signal)


def _report_last_year(told: SampleWarnings, area: Area, until: datetime) -> None:
    homes = Building.objects.filter(community=area, households__gt=0).order_by("pk")
    places = list(homes.values_list("pk", flat=True)[: len(told.reported)])
    for number, (ago, words) in enumerate(told.reported if places else ()):
        at = until - ago * DAY
        with clock.at(at):
            place = Place(building=places[number % len(places)])
            key = f"sample-last-year-{number}"
            report = Report(words=words, place=place, category=told.category, source="sample", key=key)
            filed = file_matter(PUBLIC, report)
        with clock.at(at + DAY):
            take(SYSTEM, filed.matter.number)
            solve(SYSTEM, filed.matter.number, told.done)
        with clock.at(at + 2 * DAY):
            confirm(PUBLIC, filed.tracking_code, 5)


def _send(viewer: Viewer, area: Area, until: datetime, ago: int, days: int) -> None:
    """Send the season's first proposal of a day as it is."""
    with clock.at(until - ago * DAY):
        for one in _of_season(viewer, area)[:1]:
            ends, other = clock.now() + days * DAY, (one.title_other, one.text_other)
            send_warning(viewer, area, WarningIn(one.title, one.text, ends, (area.pk,), one.key, *other))


def _of_season(viewer: Viewer, area: Area) -> list[Proposal]:
    return [one for one in proposals_for(viewer, area) if one.key.startswith("season:")]
