"""Every page on the sample town, as people see it: no serious fault for a screen reader, nothing cut off."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SIZES, Person, drawn, person
from tests.program import Running

pytestmark = pytest.mark.browser

OFFICER, CHIEF, WORKER, DEPARTMENT = "镇(街道)工作人员", "总网格长", "微网格员", "职能部门"
BODY, COMPANY = "管理主体", "物业公司"
OVERSEER = "监督责任人"
CENTRE = "综治中心(网格化服务管理中心)"
PAGES = {
    "home": ("", "/"),
    "report": ("", "/report/"),
    "my-matters": ("", "/my/"),
    "wishes": ("", "/wishes/"),
    "my-worker": ("", "/my/worker/"),
    "advice": ("", "/advice/"),
    "warnings-standing": ("", "/warnings/"),
    "things-near": ("", "/things/"),
    "services": ("", "/services/"),
    "services-near": ("", "/services/near/"),
    "service": ("", "/services/ > /services/"),
    "propose": ("", "/services/?kind=idle > /services/ > /propose/"),
    "book": ("", "/services/ > /services/ > /offers/"),
    "open": ("", "/open/"),
    "privacy": ("", "/privacy/"),
    "codes": ("", "/my/codes/"),
    "sign-in": ("", "/accounts/login/"),
    "today-worker": (WORKER, "/office/"),
    "today-department": (DEPARTMENT, "/office/"),
    "today": (CHIEF, "/office/"),
    "matters": (OFFICER, "/office/matters/"),
    "matters-map": (OFFICER, "/office/matters/map/"),
    "unassigned": (OFFICER, "/office/unassigned/"),
    "tasks": (DEPARTMENT, "/office/tasks/"),
    "tasks-done": (COMPANY, "/office/tasks/?show=done"),
    "part": (DEPARTMENT, "/office/tasks/ > /parts/"),
    "map": (OFFICER, "/map/"),
    "plans": (OFFICER, "/plans/"),
    "plan": (OFFICER, "/plans/ > /plans/"),
    "plan-notice": (OFFICER, "/plans/ > /plans/ > /notice/"),
    "map-of-a-day": (OFFICER, f"/map/?on={(datetime.now(UTC) - timedelta(days=300)).date()}"),
    "health": (OFFICER, "/health/"),
    "signs": (OFFICER, "/signs/990103001001/"),
    "board": (OFFICER, "/office/board/"),
    "morning": ("镇(街道)负责人", "/office/morning/"),
    "desk": (CENTRE, "/office/desk/"),
    "opinions": (OFFICER, "/office/opinions/"),
    "opinion": (OFFICER, "/office/opinions/ > /opinions/"),
    "opinion-new": (WORKER, "/office/opinions/new/"),
    "service-points": (OFFICER, "/office/service-points/"),
    "service-point": (OFFICER, "/office/service-points/ > /office/service-points/"),
    "service-point-photo": (OFFICER, "/office/service-points/ > /office/service-points/ > /photo/"),
    "proposals": (OFFICER, "/office/service-points/proposals/"),
    "service-point-rules": (OFFICER, "/office/service-points/ > /office/service-points/ > /rules/"),
    "service-point-book": (
        OFFICER,
        "/office/service-points/ > /office/service-points/ > /bookings/ > /book/",
    ),
    "bookings": (OFFICER, "/office/service-points/ > /office/service-points/ > /bookings/"),
    "service-point-new": (OFFICER, "/office/service-points/new/"),
    "counter": (CENTRE, "/office/matters/new/"),
    "import-matters": (OFFICER, "/office/import/"),
    "rules": (OFFICER, "/office/rules/"),
    "rule": (OFFICER, "/office/rules/990103001000/new/"),
    "warnings": (OFFICER, "/office/warnings/"),
    "warnings-worker": (WORKER, "/office/warnings/"),
    "warning-of-ones-own": (OFFICER, "/office/warnings/send/"),
    "weather-signal": (CHIEF, "/office/warnings/weather/"),
    "disputes": (OFFICER, "/office/disputes/"),
    "disputes-month": (CHIEF, "/office/disputes/month/"),
    "visits": ("专职网格员", "/office/visits/"),
    "hazards": (OFFICER, "/office/hazards/"),
    "found": (WORKER, "/office/matters/found/"),
    "compounds": (OFFICER, "/office/compounds/"),
    "things": (OFFICER, "/office/things/"),
    "thing": (OFFICER, "/office/things/990103001001-00001/"),
    "thing-form": (CHIEF, "/office/things/new/"),
    "things-import": (CHIEF, "/office/things/import/"),
    "devices": (OFFICER, "/office/devices/"),
    "device-form": (OFFICER, "/office/devices/new/"),
    "plans-exclusive": (BODY, "/plans/"),
    "import": (OFFICER, "/import/"),
    "redline": (OFFICER, "/redline/"),
    "redline-unfolded": (OFFICER, "/redline/?open=all"),
    "redline-table": (OFFICER, "/redline/grids/"),
    "redline-map": (OFFICER, "/redline/map/"),
    "redline-adjustment": (OFFICER, "/redline/adjustment/"),
    "redline-coverage": (OFFICER, "/redline/coverage/"),
    "redline-months": (OFFICER, "/redline/coverage/months/"),
    "organisations-import": (OFFICER, "/redline/import/"),
    "oversight": (OVERSEER, "/oversight/"),
    "oversight-grid": (OVERSEER, "/oversight/ > /oversight/grids/"),
    "urge": (OVERSEER, "/oversight/ > /oversight/grids/ > /urge/"),
    "write-note": (OVERSEER, "/oversight/ > /oversight/grids/ > /notes/visit/"),
    "notes": (OVERSEER, "/oversight/notes/"),
    "note": (OVERSEER, "/oversight/notes/ > /oversight/notes/"),
    "oversight-reports": (OVERSEER, "/oversight/reports/"),
    "oversight-report": (OVERSEER, "/oversight/reports/ > /oversight/reports/"),
    "urgings": (OVERSEER, "/oversight/urgings/"),
    "urging": (OVERSEER, "/oversight/urgings/ > /oversight/urgings/"),
    "members": (OFFICER, "/office/members/"),
    "members-reserve": (OFFICER, "/office/members/reserve/"),
    "members-invite": (OFFICER, "/office/members/invite/"),
    "members-waiting": (OFFICER, "/office/members/waiting/"),
    "adoptions": (OFFICER, "/office/adoptions/"),
    "adoption-form": (OFFICER, "/office/adoptions/ > /adoptions/wishes/"),
    "adoptions-made": (OFFICER, "/office/adoptions/made/"),
    "adoptions-year": (OFFICER, "/office/adoptions/figures/"),
    "figures": (OFFICER, "/figures/"),
    "team": (OFFICER, "/team/"),
    "settings": (OFFICER, "/settings/"),
    "messages": (CHIEF, "/messages/"),
    "post": (OFFICER, "/team/ > /team/posts/"),
    "add-person": (OFFICER, "/team/people/add/"),
    "organisation": (OFFICER, "/redline/grids/ > /redline/organisations/"),
    "own-account": (OFFICER, "/accounts/2fa/"),
    "own-password": (OFFICER, "/accounts/password/change/"),
}
SIGHTS = [("desktop", "zh-hans"), ("phone", "zh-hans"), ("phone", "en")]
"""In English each page is looked at on the phone, and then as wide as on the desktop."""

OWN_ENGLISH = re.compile(r"\b(?:the|and|your|with|not|from|this|matter|grid|save|search)\b", re.IGNORECASE)


def led_to(page: Page, path: str) -> str:
    """Return the address of a page; of ``list > part`` the first on a list whose address has that part.

    What makes a new one, looks for one, or leads to the list itself stands above it and is none of it.
    """
    address, *parts = path.split(" > ")
    for part in parts:
        page.goto(address)
        address = (
            page.locator(
                f"main a[href*='{part}']:not([href$='/new/'], [href$='/near/'], [href*='/export'])"
                f":not([href='{address}'], [href$='/proposals/'])"
            ).first.get_attribute("href")
            or ""
        )
    return address


@pytest.fixture(scope="module")
def seen_as(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> Iterator[Callable[[str, str, str], Person]]:
    """Return a function that gives whoever looks, in a role, size and language: each has one browser."""
    people: dict[tuple[str, str, str], Person] = {}

    def seen(role: str, size: str, language: str) -> Person:
        sight = (role, size, language)
        if sight not in people:
            people[sight] = person(chromium, sample.address, size, language, sessions[role] if role else "")
        people[sight].faults.clear()
        return people[sight]

    yield seen
    for who in people.values():
        who.context.close()


def look_at(found: Person, name: str) -> None:
    """Look at a page: nothing is at fault, and nothing scrolls sideways."""
    found.picture(f"page-{name}")
    assert found.faults == []
    width = found.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[found.size]["width"]


@pytest.mark.parametrize(("size", "language"), SIGHTS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody(
    seen_as: Callable[[str, str, str], Person], name: str, size: str, language: str
) -> None:
    role, path = PAGES[name]
    found = seen_as(role, size, language)
    answer = found.page.goto(led_to(found.page, path))
    assert answer and answer.status == 200, path
    drawn(found.page)
    look_at(found, name)
    if language == "en":  # the page that is there shows the desktop as well; it is not asked for once more
        found.page.set_viewport_size(SIZES["desktop"])
        try:
            look_at(replace(found, size="desktop"), name)
        finally:
            found.page.set_viewport_size(SIZES[size])
    if language == "zh-hans":
        assert OWN_ENGLISH.findall(found.page.locator("main").inner_text()) == []
