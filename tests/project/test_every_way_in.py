"""What somebody writes, by whatever way in, stands in no log, no journal and before nobody else.

The ways are those that the program registers: each page that reads a form, each call of the API with a body.
A new one that is neither filled here nor said to take no words fails.
"""

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from types import FunctionType
from typing import Final
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.timezone import localdate

from shige.assets.devices.commands import DeviceIn, RuleIn, map_events, register_device
from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.models import Matter
from shige.members.commands import invite
from shige.members.forms import new_form
from shige.members.queries import RegisterFilter, register
from shige.members.rules import homes
from shige.oversight.reports.queries import quarters
from shige.project.api import api
from shige.redline.models import Organisation, Standing
from shige.service_points.models import Booking
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry, RecusalRequest
from shige.trust.templatetags.veils import veil
from tests.channels.devices.test_endpoint import send
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, build, report
from tests.members.made import organisation_for
from tests.oversight.line import overseer
from tests.project.doors import OURS
from tests.project.forms import Form, forms_of
from tests.service_points.bookings.made import at, room_in
from tests.service_points.points.test_points import opened

pytestmark = pytest.mark.django_db(transaction=True)

PHONE: Final = "19900314159"
DAY: Final = "2026-12-01"
MOST: Final = 240
"""Pages that one person opens."""

LINK: Final = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
LEFT_OUT: Final = ("/static/", "/accounts/", "/i18n/", "/healthz", "/readyz", "/office/team/accounts/")
WRITERS: Final = ("micro_worker", "exclusive_worker", "fulltime_worker", "community_chief", "department")
ABOVE: Final = ("street_officer", "service_centre", "district_centre")
"""Who writes what the other community may be told as well, such as a warning to the whole street."""

OTHERS: Final = ("micro_worker3", "fulltime_worker2", "community_chief2")
"""Who serves in the other community."""


def reads_form(function: object, depth: int = 2) -> bool:
    """Say whether a view, or what it calls of ours, looks at a form that was sent."""
    plain = inspect.unwrap(function)  # type: ignore[arg-type]
    if not isinstance(plain, FunctionType) or not plain.__module__.startswith("shige."):
        return False
    if "POST" in inspect.getsource(plain):
        return True
    called = (plain.__globals__.get(name) for name in plain.__code__.co_names)
    return depth > 0 and any(reads_form(one, depth - 1) for one in called if isinstance(one, FunctionType))


WAYS: Final = frozenset(name for name, page in OURS.items() if reads_form(page.callback)) | {
    f"{method} {path}"
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, said in methods.items()
    if "requestBody" in said
}

UNREACHED: Final = frozenset(
    {
        "channels:about_staff",
        "channels:at_pin",
        "channels:claimed",
        "channels:contact",
        "channels:emergency",
        "channels:forget",
        "channels:heard",
        "channels:home",
        "channels:hurt",
        "channels:known",
        "channels:leave",
        "channels:no_emergency",
        "channels:own_data",
        "channels:photo",
        "channels:place",
        "channels:places",
        "channels:progress",
        "channels:progress_answer",
        "channels:progress_data",
        "channels:queued",
        "channels:recover",
        "channels:solved",
        "channels:sort",
        "channels:text_me",
        "channels:things",
        "channels:told",
        "channels:upload",
        "channels:uploads",
        "files:uploads",
        "matters:add_photos",
        "disputes:agreement",
        "matters:assign",
        "matters:attendance",
        "disputes:committee_file",
        "assets:device_new",
        "assets:device_revoke",
        "assets:device_unmap",
        "disputes:month",
        "matters:drop_filter",
        "matters:end_joint",
        "matters:import",
        "matters:import_save",
        "matters:move_part",
        "opinions:hear",
        "disputes:plan_act",
        "disputes:plan_change",
        "matters:result_for",
        "matters:rule_act",
        "matters:rule_change",
        "matters:rule_new",
        "assets:thing_change",
        "assets:thing_inspect",
        "assets:thing_new",
        "assets:thing_retire",
        "assets:things_import",
        "matters:unlink",
        "adoptions:adopt",
        "adoptions:withdraw",
        "members:confirm",
        "members:confirm_chosen",
        "members:end_invitations",
        "members:export",
        "members:hours",
        "members:invite",
        "members:open",
        "members:renew",
        "members:take_on",
        "members:undo_hours",
        "members:open_waiting",
        "members:withdraw",
        "matters:uploads",
        "warnings:withdraw",
        "warnings:weather",
        "warnings:weather_lift",
        "post /api/v1/devices",
        "post /api/v1/devices/{uid}/rules",
        "post /api/v1/joint/{number}/actions/{action}",
        "post /api/v1/joint/{number}/parts/{part}/attendance",
        "post /api/v1/joint/{number}/parts/{part}/result",
        "post /api/v1/disputes/areas/{code}/{month}",
        "post /api/v1/matters/{number}/joint",
        "post /api/v1/matters/{number}/mediation/open",
        "post /api/v1/matters/{number}/plan/groups",
        "post /api/v1/matters/{number}/plan/groups/{pk}/change",
        "post /api/v1/matters/{number}/plan/groups/{pk}/remove",
        "post /api/v1/matters/{number}/plan/measures",
        "post /api/v1/matters/{number}/plan/measures/{pk}/change",
        "post /api/v1/matters/{number}/plan/measures/{pk}/progress",
        "post /api/v1/matters/{number}/plan/measures/{pk}/remove",
        "post /api/v1/matters/{number}/photos",
        "post /api/v1/matters/{number}/reveal",
        "post /api/v1/matters/{number}/tasks",
        "post /api/v1/adoptions/wishes/{number}",
        "post /api/v1/members/invitations",
        "post /api/v1/members/invitations/end",
        "post /api/v1/parts/{part}/actions/{action}",
        "post /api/v1/plans",
        "post /api/v1/plans/{pk}/comments",
        "post /api/v1/plans/{pk}/decide",
        "post /api/v1/plans/{pk}/forget",
        "post /api/v1/plans/{pk}/line",
        "post /api/v1/plans/{pk}/lock",
        "post /api/v1/plans/{pk}/move",
        "post /api/v1/plans/{pk}/name",
        "post /api/v1/plans/{pk}/pair",
        "post /api/v1/plans/{pk}/refuse",
        "post /api/v1/redline/grids/{code}/organisations",
        "post /api/v1/redline/organisations/import",
        "post /api/v1/redline/organisations/import/marked",
        "post /api/v1/redline/organisations/{pk}/acts/{act}",
        "post /api/v1/service-points",
        "post /api/v1/service-points/{pk}/change",
        "post /api/v1/service-points/{pk}/closures",
        "post /api/v1/service-points/{pk}/hours",
        "post /api/v1/service-points/{pk}/offers",
        "post /api/v1/tasks/{number}/actions/{action}",
        "oversight:draft_report",
        "post /api/v1/oversight/grids/{code}/reports",
        "post /api/v1/things",
        "post /api/v1/things/import",
        "post /api/v1/things/{code}/change",
        "post /api/v1/things/{code}/inspections",
        "post /api/v1/uploads",
        "post /api/v1/warnings/offices/{code}",
        "post /api/v1/warnings/offices/{code}/dismissed",
        "post /api/v1/weather/signals",
        "redline:act",
        "redline:add",
        "redline:import",
        "redline:import_save",
        "channels:service_points_near",
        "channels:booked",
        "channels:booked_calendar",
        "service_points:booking_came",
        "service_points:booking_missed",
        "service_points:booking_phone",
        "service_points:photo",
        "service_points:photo_remove",
        "service_points:proposal_answer",
        "service_points:proposal_phone",
        "post /api/v1/service-points/{pk}/proposals/{proposal}/answer",
        "service_points:rules",
        "post /api/v1/service-points/{pk}/photo",
        "service_points:unbook",
        "post /api/v1/service-points/{pk}/end",
        "post /api/v1/service-points/{pk}/offers/{offer}/end",
        "post /api/v1/service-points/{pk}/offers/{offer}/rules",
        "post /api/v1/service-points/{pk}/offers/{offer}/rules/end",
        "service_points:change",
        "service_points:close",
        "service_points:end",
        "service_points:hours",
        "service_points:new",
        "service_points:offer",
        "service_points:reopen",
        "service_points:withdraw",
        "territory:decide",
        "territory:import",
        "territory:import_save",
        "territory:plan_again",
        "territory:plan_comment",
        "territory:plan_forget",
        "territory:plan_line",
        "territory:plan_lock",
        "territory:plan_move",
        "territory:plan_name",
        "territory:plan_pair",
        "territory:plan_submit",
        "territory:propose",
        "territory:refuse",
        "trust:end",
        "trust:own_password",
        "trust:post",
        "trust:read_all",
        "trust:revoke",
    }
)
"""Ways that the walk does not fill: they take no words (choices, files, days, codes), everybody is to read
them (service points), or they stand behind a script, a second step or a thing that this town has not. Whoever
adds a way fills it, or names it here."""


def marks() -> Iterator[str]:
    """Yield words that stand nowhere else and that speak of nothing but a lamp."""
    for pair in product("甲乙丙丁戊己庚辛壬癸", repeat=2):
        yield f"路灯椭圆{''.join(pair)}月亮"


def named(path: str) -> str:
    """Return the name of the page at an address."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


@dataclass
class Filler:
    """Somebody who writes into every form they meet; ``written`` tells by which way which word went."""

    client: Client
    written: dict[str, str]
    ready: Iterator[str] = field(default_factory=marks)
    pages: dict[str, str] = field(default_factory=dict)
    sent: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    ahead: list[str] = field(default_factory=lambda: ["/", "/report/", "/office/"])

    def walk(self) -> dict[str, str]:
        """Open what can be reached, fill what can be filled, and return what each page said."""
        while self.ahead and len(self.pages) < MOST:
            path = self.ahead.pop().replace("&amp;", "&")
            if path not in self.pages and not path.startswith(LEFT_OUT):
                self.read(path, self.client.get(path))
        return self.pages

    def read(self, path: str, answer: HttpResponse) -> None:
        """Keep what a page says, go on by its links, and fill its forms."""
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode(errors="replace")
        self.pages[path] = text
        self.ahead += LINK.findall(text)
        for form in forms_of(text):
            self.fill(urljoin(path, form.action.replace("&amp;", "&")), form)

    def fill(self, to: str, form: Form) -> None:
        """Send a form with a word of its way, once for each set of its fields."""
        way = named(to)
        one = (way, tuple(sorted({field.name for field in form.fields})))
        if way not in WAYS or one in self.sent or not form.takes_words:
            return
        self.sent.add(one)
        mark = self.written.setdefault(way, "") or next(self.ready)
        self.written[way] = mark
        answer = self.client.post(to, form.filled(mark, PHONE, DAY), follow=True)
        if answer.status_code == 200:
            last = answer.redirect_chain[-1][0] if answer.redirect_chain else to
            self.read(f"{last} after {way}", answer)


class Reader(Filler):
    """Somebody who reads only."""

    def fill(self, to: str, form: Form) -> None:
        """Leave it."""


def seeded() -> Town:
    """Build the town with matters of many kinds, some of them taken."""
    town = build()
    for category in ("01.1", "03.1", "05.4", "10.1", "14.1"):
        filed = file_matter(PUBLIC, report("楼道里有情况", category=category, place=town.place("micro")))
        if category in ("05.4", "01.1"):
            take(town.viewer(town.owner(filed.matter)), filed.matter.number)
    return town


def called(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Write by the calls of the API that take words."""
    spot, client = town.place("micro"), Client()
    body = {"text": next(ready), "location": {"lon": spot.lon, "lat": spot.lat}}
    sent = client.post("/api/v1/public/matters", json.dumps(body), content_type="application/json")
    assert sent.status_code == 201
    written["post /api/v1/public/matters"] = body["text"]
    officer = town.viewer("street_officer")
    device, secret = register_device(officer, DeviceIn("烟感", place=spot))
    map_events(officer, device.uid, RuleIn("smoke", "烟雾", "03.4"))
    mark = next(ready)
    assert send(client, (device.uid, secret), text=mark).status_code == 200
    written["post /api/v1/devices/events"] = mark


def named_and_refused(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Ask by the page that somebody be kept from a complaint, and refuse it above, each with words."""
    given = report("微网格员态度恶劣", category="11.3", place=town.place("micro"))
    page = f"/office/matters/{file_matter(PUBLIC, given).matter.number}/recusal/"
    whom = veil(town.persons["street_officer"].pk)
    written["matters:recusal"] = next(ready)
    asked = {"person": whom, "reason": f"近亲属{written['matters:recusal']}"}
    assert signed_in(town, "service_centre").post(page, asked).status_code == 302
    written["matters:recusal_answer"] = next(ready)
    door = reverse("matters:recusal_answer", args=[RecusalRequest.objects.get().pk])
    refused = {"answer": f"没有依据{written['matters:recusal_answer']}"}
    assert signed_in(town, "district_centre").post(door, refused).status_code == 302
    assert RecusalRequest.objects.get().granted is False


def answered(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let a reporter add words by the code, and its owner act, relate and open by the API."""
    filed = file_matter(PUBLIC, report("楼道里有情况", category="02.1", place=town.place("micro")))
    other = file_matter(PUBLIC, report("楼道里有别的情况", category="02.1", place=town.place("micro")))
    page = f"/m/{filed.tracking_code}/"
    client = Client()
    key = re.search(r'name="form" value="([^"]+)"', client.get(page).content.decode())
    written["channels:answer"] = next(ready)
    added = {"answer": "add", "reason": written["channels:answer"], "form": key[1] if key else ""}
    assert client.post(f"{page}answer/", added).status_code == 302
    number, keeper = filed.matter.number, town.owner(filed.matter)
    take(town.viewer(keeper), number)
    note, related = next(ready), next(ready)
    for way, body in (
        ("actions/note", {"fields": {"note": note}}),
        ("related", {"other": other.matter.number, "reason": related}),
    ):
        to = f"/api/v1/matters/{number}/{way}"
        sent = signed_in(town, keeper).post(to, json.dumps(body), content_type="application/json")
        assert sent.status_code in (200, 204), sent.content
    written["post /api/v1/matters/{number}/actions/{action}"] = note
    written["post /api/v1/matters/{number}/related"] = related


def mediated(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let whoever has a dispute in hand add to its running note by the API."""
    filed = file_matter(PUBLIC, report("楼上漏水", category="05.4", place=town.place("micro")))
    keeper, number = town.owner(filed.matter), filed.matter.number
    take(town.viewer(keeper), number)
    to, given = f"/api/v1/matters/{number}/mediation/note", {"text": next(ready)}
    sent = signed_in(town, keeper).post(to, json.dumps(given), content_type="application/json")
    assert sent.status_code == 201, sent.content
    written["post /api/v1/matters/{number}/mediation/{entry}"] = given["text"]


def heard(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let a worker write an opinion note and its office follow it up, both by the API."""
    note = {"theme": "parking", "area": veil(town.areas["micro"].pk), "band": "few", "words": next(ready)}
    way, note["on"] = "/api/v1/opinions", f"{localdate(clock.now())}"
    made = signed_in(town, "micro_worker").post(way, json.dumps(note), content_type="application/json")
    assert made.status_code == 201, made.content
    written[f"post {way}"] = note["words"]
    to, said = f"{way}/{made.json()['id']}/actions/follow", {"note": next(ready)}
    sent = signed_in(town, "community_chief").post(to, json.dumps(said), content_type="application/json")
    assert sent.status_code == 200, sent.content
    written[f"post {way}/{{pk}}/actions/{{action}}"] = said["note"]


def pressed(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let an overseer urge about two grids and the posts in charge answer, by page and by the API."""
    overseer(town, "overseer", "general")
    due, over = f"{localdate(clock.now()) + timedelta(days=7)}", signed_in(town, "overseer")
    page, way = (f"{begin}/oversight/grids/{{}}" for begin in ("", "/api/v1"))
    written["oversight:urge"], written["oversight:act"] = next(ready), next(ready)
    asked = {"reason": written["oversight:urge"], "due": due}
    made = over.post(f"{page.format(town.areas['general'].code)}/urge/", asked)
    answer = {"words": written["oversight:act"], "on": due}
    assert signed_in(town, "fulltime_worker").post(f"{made['Location']}answer/", answer).status_code == 302
    asked["reason"] = written["post /api/v1/oversight/grids/{code}/urgings"] = next(ready)
    to, kind = f"{way.format(town.areas['micro'].code)}/urgings", "application/json"
    sent = over.post(to, json.dumps(asked), content_type=kind)
    assert sent.status_code == 201, sent.content
    answer["words"] = written["post /api/v1/oversight/urgings/{pk}/acts/{action}"] = next(ready)
    to = f"/api/v1/oversight/urgings/{sent.json()['id']}/acts/answer"
    sent = signed_in(town, "micro_worker").post(to, json.dumps(answer), content_type=kind)
    assert sent.status_code == 200, sent.content
    noted(town, written, ready)


def noted(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let the overseer pass findings to one above who answers them, by page and by the API."""
    above = Organisation.objects.get(standings__overseer=town.posts["overseer"])
    below = overseer(town, "closer", "micro")
    Standing.objects.filter(organisation=below).update(parent=above)
    code, kind = town.areas["micro"].code, "application/json"
    over, upper = signed_in(town, "closer"), signed_in(town, "overseer")
    words = written["oversight:write_note"] = next(ready)
    made = over.post(f"/oversight/grids/{code}/notes/finding/", {"words": words})
    assert made.status_code == 302, made.content
    words = written["oversight:answer"] = next(ready)
    assert upper.post(f"{made['Location']}answer/", {"words": words}).status_code == 302
    words = written["post /api/v1/oversight/grids/{code}/notes"] = next(ready)
    way, said = f"/api/v1/oversight/grids/{code}/notes", {"kind": "finding", "words": words}
    sent = over.post(way, json.dumps(said), content_type=kind)
    assert sent.status_code == 201, sent.content
    words = written["post /api/v1/oversight/notes/{pk}/answer"] = next(ready)
    to = f"/api/v1/oversight/notes/{sent.json()['id']}/answer"
    sent = upper.post(to, json.dumps({"words": words}), content_type=kind)
    assert sent.status_code == 200, sent.content
    quarter = quarters()[0].key
    made = over.post(f"/oversight/grids/{code}/reports/{quarter}/")
    words = written["oversight:change_report"] = next(ready)
    assert over.post(f"{made['Location']}change/", {"outlook": words}).status_code == 302
    words = written["post /api/v1/oversight/reports/{pk}/change"] = next(ready)
    way = f"/api/v1/oversight/grids/{code}/reports"
    made = over.post(way, json.dumps({"quarter": quarter}), content_type=kind)
    to = f"/api/v1/oversight/reports/{made.json()['id']}/change"
    assert over.post(to, json.dumps({"outlook": words}), content_type=kind).status_code == 200


def served(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let two declare to serve, one change it, and a secretary decline both, by page and by the API."""
    number, grid = organisation_for(town.areas["east"]), town.areas["micro"].code
    town.appoint("secretary", "community_secretary", "east")
    office, sent = (
        signed_in(town, "secretary"),
        {"name": "例月", "phone": PHONE, "party": "yes", "grid": grid},
    )
    own = []
    for way in ("members:join", "members:change"):
        words = written[way] = next(ready)
        (code,) = invite(SYSTEM, number, 1, new_form())
        declared = sent | {"monthly": 1, "words": words, "own_will": "on", "form": new_form()}
        own.append(Client().post(f"/members/join/{code}/", declared)["Location"])
    words, home = next(ready), homes()
    written["members:report_home"] = words
    declared = sent | {"monthly": 1, "words": words, "own_will": "on", "form": new_form()}
    assert Client().post(f"/members/report/?community={next(iter(home))}", declared).status_code == 302
    words = written["members:change"] = next(ready)
    assert Client().post(f"{own[0]}change/", sent | {"monthly": 2, "words": words}).status_code == 302
    first, second, _home = (row.key for row in register(SYSTEM, RegisterFilter(waiting=True)).rows)
    reason = written["members:decline"] = next(ready)
    declined = office.post(f"/office/members/{first}/decline/", {"reason": reason})
    assert declined.status_code == 302
    reason = written["post /api/v1/members/{key}/decline"] = next(ready)
    to, kind = f"/api/v1/members/{second}/decline", "application/json"
    assert office.post(to, json.dumps({"reason": reason}), content_type=kind).status_code == 204


def booked(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let a resident and an office book a room, and the office cancel it, by page and by the API."""
    point, offer = room_in(town)
    pk, key = veil(point.pk), veil(offer.pk)
    page, office, kind = (
        f"/office/service-points/{pk}/",
        signed_in(town, "community_chief"),
        "application/json",
    )
    api_page = f"/api/v1/service-points/{pk}/"
    public = {
        "channels:book": f"/services/{pk}/offers/{key}/",
        "post /api/v1/public/service-points/{point}/offers/{offer}/bookings": (
            f"/api/v1/public/service-points/{pk}/offers/{key}/bookings"
        ),
    }
    for hour, (way, to) in enumerate(public.items(), 9):
        written[way] = next(ready)
        given = {"begin": at(hour).isoformat(), "purpose": written[way], "people": 1, "phone": PHONE}
        body = (json.dumps(given), kind) if way.startswith("post") else (given,)
        assert Client().post(to, *body).status_code in (201, 302)
    ours = {
        "service_points:book": f"{page}offers/{key}/book/",
        "post /api/v1/service-points/{pk}/offers/{offer}/bookings": f"{api_page}offers/{key}/bookings",
    }
    for hour, (way, to) in enumerate(ours.items(), 14):
        written[way] = next(ready)
        given = {"begin": at(hour).isoformat(), "purpose": "排练", "people": 1, "group_name": written[way]}
        body = (json.dumps(given), kind) if way.startswith("post") else (given,)
        assert office.post(to, *body).status_code in (201, 302)
    for row, (way, to) in zip(
        Booking.objects.order_by("during"),
        {
            "service_points:booking_cancel": page,
            "post /api/v1/service-points/{pk}/bookings/{booking}/cancel": api_page,
        }.items(),
        strict=False,
    ):
        written[way] = next(ready)
        given = {"why": written[way]}
        body = (json.dumps(given), kind) if way.startswith("post") else (given,)
        to = f"{to}bookings/{veil(row.pk)}/cancel{'' if way.startswith('post') else '/'}"
        assert office.post(to, *body).status_code in (204, 302)


def proposed(town: Town, written: dict[str, str], ready: Iterator[str]) -> None:
    """Let somebody propose a use for idle space, by page and by the API.

    The answer is for everybody; the words that wait are the office's alone.
    """
    point = opened(town, kind="idle")
    pk, kind = veil(point.pk), "application/json"
    for way, to in (
        ("channels:propose", f"/services/{pk}/propose/"),
        (
            "post /api/v1/public/service-points/{point}/proposals",
            f"/api/v1/public/service-points/{pk}/proposals",
        ),
    ):
        written[way] = next(ready)
        given = {"words": written[way], "phone": PHONE}
        body = (json.dumps(given), kind) if way.startswith("post") else (given,)
        assert Client().post(to, *body).status_code in (204, 302)


@dataclass
class Told:
    """The town after everybody has written, and by which way which words went."""

    town: Town
    near: dict[str, str]
    above: dict[str, str]


def fill_all() -> Told:
    """Let everybody write by every way they have."""
    told, ready = Told(seeded(), {}, {}), marks()
    called(told.town, told.near, ready)
    named_and_refused(told.town, told.near, ready)
    for written, people in ((told.near, ("", *WRITERS)), (told.above, ABOVE)):
        for who in people:
            client = signed_in(told.town, who) if who else Client()
            Filler(client, written, ready).walk()
    heard(told.town, told.near, ready)
    mediated(told.town, told.near, ready)
    pressed(told.town, told.near, ready)
    served(told.town, told.near, ready)
    booked(told.town, told.near, ready)
    proposed(told.town, told.near, ready)
    answered(told.town, told.near, ready)  # last, for the walk opens only so many pages
    return told


def found_in(text: str, written: dict[str, str]) -> set[str]:
    """Return the ways whose words stand in a text."""
    return {way for way, mark in written.items() if mark in text}


def test_words_are_in_no_log_and_no_journal_and_with_nobody_else(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level("INFO"):
        told = fill_all()
    everything = told.near | told.above
    assert found_in(caplog.text, everything) == set() and PHONE not in caplog.text
    journal = "\n".join(map(str, JournalEntry.objects.values_list("facts", "object_id", "verb")))
    assert found_in(journal, everything) == set() and PHONE not in journal
    leaks = {}
    for who in OTHERS:
        handed = set(Matter.objects.filter(owner=told.town.posts[who]).values_list("number", flat=True))
        for path, text in Reader(signed_in(told.town, who), {}).walk().items():
            if (ways := found_in(text, told.near)) and not any(number in path for number in handed):
                leaks[f"{who} {path}"] = ways
    for path, text in Reader(Client(), {}).walk().items():
        if ways := found_in(text, everything):
            leaks[f"stranger {path}"] = ways
    assert leaks == {}
    assert WAYS - everything.keys() - UNREACHED == set()
    assert UNREACHED <= WAYS, "what is gone is to be taken out of the list"
