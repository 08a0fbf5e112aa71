"""P3 over the whole office: with a complaint or without, every page that its chain can reach is the same."""

import io
import re
from datetime import timedelta
from typing import Any, Final

import pytest
from django.test import Client
from openpyxl import load_workbook

from shige.insight.commands import advance
from shige.matters import clock
from shige.matters.confirmation.commands.answers import add_words
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import add_note, hear, solve, take
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.models import Matter
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import OutboxMessage
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import WEDNESDAY, Town, build, report

pytestmark = [pytest.mark.django_db, pytest.mark.long]

CHAIN: Final = ("micro_worker", "fulltime_worker", "community_chief")
STREET: Final = ("street_officer", "service_centre", "street_leader")
HIDDEN: Final = [
    *((who, "11.3", "service_centre") for who in CHAIN),
    *((who, "11.4", "district_centre") for who in ("community_chief", *STREET)),
]
"""Who must not know of a complaint, of which category, and who answers for it."""
SEALED: Final = [
    *((who, "微网格员收了钱不办事，态度恶劣", "01.1", "service_centre") for who in CHAIN),
    *((who, "他又动手打我了", "05.4", "service_centre") for who in CHAIN),
    *((who, "他又动手打我了", "05.4", "service_centre") for who in ("street_officer", "street_leader")),
    *((who, "街道办的干部收红包", "03.1", "district_centre") for who in ("community_chief", *STREET)),
]
"""Who must not know of what is filed under a category that does not tell, and who looks at it."""
MOST: Final = 400
"""Pages that one walk opens; the town's office has fewer."""

LINK: Final = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
CHANGING: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|"csrfmiddlewaretoken": "[^"]*"|X-CSRFToken[^}]*|nonce="[^"]*"'
    r'|name="(?:key|d|form)" value="[^"]*"|\?d=[\w-]+|数据截至[^。]*。| · 当天 \d+ 次'
)
READ: Final = re.compile(r"/messages/[\w-]{12,}/")
"""One message: whoever opens it has read it, so that the bell of the next walk would tell of this one."""

LINE: Final = "/redline/"
"""Pages of organisations and grids, which hold no matter: a walk opens each once, without its filters."""

LEFT_OUT: Final = ("/static/", "/accounts/logout", "/accounts/", "/i18n/", "/healthz")


@pytest.fixture
def town() -> Town:
    """Build the town with a few matters in every grid, so that there is something to count."""
    town = build()
    with clock.at(WEDNESDAY):
        for grid in ("micro", "micro2", "micro3"):
            for category in ("01.1", "03.1", "05.4", "10.1"):
                file_matter(PUBLIC, report("楼道里有情况", category=category, place=town.place(grid)))
    return town


def read_messages(town: Town, who: str) -> None:
    """Let somebody have read what they were sent: a page that is opened reads its own, and the bell tells."""
    OutboxMessage.objects.filter(receiver=town.persons[who]).update(seen_at=clock.now())


def walk(client: Client) -> dict[str, str]:
    """Open every page that can be reached by links and return what each said, without what always changes."""
    ahead, said = ["/office/", "/"], dict[str, str]()
    while ahead and len(said) < MOST:
        path = ahead.pop().replace("&amp;", "&")
        if path.startswith(LINE):
            path = path.partition("?")[0]
        if path in said or path.startswith(LEFT_OUT) or READ.fullmatch(path):
            continue
        answer = client.get(path)
        text = text_of(answer)
        said[path] = f"{answer.status_code} {CHANGING.sub('', text)}"
        ahead += LINK.findall(text)
    assert len(said) < MOST, "the walk was cut short"
    return said


def text_of(answer: Any) -> str:
    """Return what an answer says; of a workbook its rows, but for the line that tells the moment."""
    content = b"".join(answer) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    sheets = load_workbook(io.BytesIO(content)).worksheets
    rows = [f"{sheet.title} {row}" for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    return "\n".join(row for row in rows if "数据截至" not in row)


@pytest.mark.parametrize("who", dict.fromkeys(who for who, *_ in (*HIDDEN, *SEALED)))
def test_nothing_that_is_kept_from_somebody_changes_a_page_that_they_can_reach(town: Town, who: str) -> None:
    """Not a list, a count, a figure, a map, an export, a message or a journal of theirs tells of it (P3, P4).

    All that they must not know of is filed at once: what one alone would change, it changes among others.
    """
    with clock.at(WEDNESDAY + timedelta(days=2)):
        settle()
        read_messages(town, who)
        before = walk(signed_in(town, who))
    with clock.at(WEDNESDAY):
        for kept_from, category, answers in HIDDEN:
            if kept_from == who:
                complain(town, category, answers)
        for kept_from, words, category, looks in SEALED:
            if kept_from == who:
                file_under_a_wrong_category(town, words, category, looks)
    with clock.at(WEDNESDAY + timedelta(days=2)):
        settle()
        after = walk(signed_in(town, who))
    assert len(before) > 15
    assert set(before) == set(after)
    assert [path for path in before if before[path] != after[path]] == []


def complain(town: Town, category: str, answers: str) -> None:
    """Complain of somebody twice; the first time it is heard and upheld by whoever answers for it."""
    given = report("他态度恶劣", category=category, phone="13812345678", place=town.place("micro"))
    filed = file_matter(PUBLIC, given)
    assert town.owner(filed.matter) == answers
    centre = town.viewer(answers)
    take(centre, filed.matter.number)
    hear(centre, filed.matter.number, "已说明")
    solve(centre, filed.matter.number, "已处理", action="uphold")
    file_matter(PUBLIC, given)


def file_under_a_wrong_category(town: Town, words: str, category: str, looks: str) -> None:
    """File words that decide whatever category was chosen, and let whoever looks at them begin."""
    filed = file_matter(PUBLIC, report(words, category=category, place=town.place("micro")))
    assert (town.owner(filed.matter), filed.matter.category) == (looks, category)
    take(town.viewer(looks), filed.matter.number)
    add_note(town.viewer(looks), filed.matter.number, "正在了解")


LATER: Final = [
    *((who, "微网格员收了钱不办事，态度恶劣") for who in CHAIN),
    *((who, "他又动手打我了") for who in CHAIN),
    ("department", "街道办的干部收红包"),
]
"""Who handles or oversees a lamp, and what its reporter writes behind the code when they have it in hand."""


@pytest.mark.parametrize("who", dict.fromkeys(who for who, _ in LATER))
def test_what_is_said_later_changes_no_page_of_whoever_has_the_matter(town: Town, who: str) -> None:
    """A matter that vanished would tell its handler that something was said; here not a byte differs."""
    with clock.at(WEDNESDAY):
        lamps = [lamp(town, words) for has_it, words in LATER if has_it == who]
    with clock.at(WEDNESDAY + timedelta(days=1)):
        settle()
        read_messages(town, who)
        before = walk(signed_in(town, who))
        sealed = Matter.objects.filter(sealed__gt=0).count()
        for code, words in lamps:
            add_words(PUBLIC, code, words)
        settle()
        after = walk(signed_in(town, who))
    assert Matter.objects.filter(sealed__gt=0).count() == sealed + len(lamps)
    assert set(before) == set(after)
    assert [path for path in before if before[path] != after[path]] == []


def lamp(town: Town, words: str) -> tuple[str, str]:
    """Report a lamp and let it be taken; return its code with what is to be said behind it."""
    filed = file_matter(PUBLIC, report("路灯不亮", category="02.1", place=town.place("micro")))
    take(SYSTEM, filed.matter.number)
    return filed.tracking_code, words


def test_the_same_walk_of_the_street_does_change(town: Town) -> None:
    """The walk is no proof unless it notices what somebody may see."""
    with clock.at(WEDNESDAY):
        before = walk(signed_in(town, "street_officer"))
        file_matter(PUBLIC, report("网格员态度恶劣", category="11.3", place=town.place("micro")))
        after = walk(signed_in(town, "street_officer"))
    assert [path for path in before if before[path] != after.get(path)]


def settle() -> None:
    """Let the jobs run that lists and figures lean on."""
    remind_due(SYSTEM)
    while sequence():
        pass
    while advance():
        pass
