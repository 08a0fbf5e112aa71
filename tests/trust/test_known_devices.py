"""A browser in which somebody signed in fully is known: others' failures do not hold it; it opens nothing."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from shige.trust.known_devices import PREFIX, any_device, device_for, leave_mark
from shige.trust.models import Person, SignInFailure
from tests.browser.signing_in import one_time_password

from .account import PASSWORD, entered

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"
OFFICE = "192.0.2.1"


@pytest.fixture
def person() -> Person:
    """Somebody who has set both factors up."""
    held = entered()
    TOTP.activate(held, SECRET)
    return held


def typed(browser: Client, password: str, username: str = "new") -> HttpResponse:
    return browser.post(reverse("account_login"), {"login": username, "password": password})


def known(person: Person) -> Client:
    """Return a browser at the office in which somebody has signed in fully, and is signed out again."""
    browser = Client(REMOTE_ADDR=OFFICE)
    typed(browser, PASSWORD)
    assert not marks(browser)  # the password alone leaves none
    browser.post(reverse("mfa_authenticate"), {"code": one_time_password(SECRET)})
    browser.post(reverse("account_logout"))
    assert len(marks(browser)) == 1
    return browser


def marks(browser: Client) -> list[str]:
    return [name for name in browser.cookies if name.startswith(PREFIX)]


def passes(browser: Client) -> bool:
    """Say whether the right password leads to the step after it."""
    return typed(browser, PASSWORD).headers.get("Location") == reverse("mfa_authenticate")


def let_wait() -> None:
    """Let every wait last longer than this test, however slow the machine."""
    SignInFailure.objects.update(waits_until=timezone.now() + timedelta(minutes=5))


def fail(browser: Client, times: int = 6) -> None:
    for _ in range(times):
        assert typed(browser, "wrong").status_code == 200
    let_wait()


def held_up(browser: Client) -> bool:
    """Say whether even the right password has to wait."""
    return not passes(browser)


def test_failures_of_others_at_the_same_address_hold_a_known_device_not(person: Person) -> None:
    browser, stranger = known(person), Client(REMOTE_ADDR=OFFICE)
    fail(stranger)
    assert held_up(stranger) and held_up(Client(REMOTE_ADDR=OFFICE))
    assert passes(browser)


def test_nor_do_many_accounts_tried_from_there(person: Person) -> None:
    browser, stranger = known(person), Client(REMOTE_ADDR=OFFICE)
    for number in range(25):
        typed(stranger, "wrong", f"somebody{number}")
    assert held_up(stranger) and passes(browser)


def test_nor_requests_without_end(person: Person, settings: object) -> None:
    browser, stranger = known(person), Client(REMOTE_ADDR=OFFICE)
    settings.SHIGE_PUBLIC_RATE = 1
    answers = [typed(stranger, "wrong", f"somebody{number}").status_code for number in range(8)]
    assert answers[-1] == 429 and passes(browser)


def test_nor_wrong_codes_of_whoever_has_the_password(person: Person) -> None:
    browser, thief = known(person), Client(REMOTE_ADDR="198.51.100.9")
    typed(thief, PASSWORD)
    for _ in range(6):
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    let_wait()
    assert passes(browser)
    SignInFailure.objects.filter(count__lt=3).delete()
    cache.clear()  # the code that signed in first may be used once more
    code = {"code": one_time_password(SECRET)}
    assert thief.post(reverse("mfa_authenticate"), code).status_code == 200
    assert browser.post(reverse("mfa_authenticate"), code).status_code == 302


def test_a_known_device_has_a_count_of_its_own(person: Person) -> None:
    browser = known(person)
    fail(browser)
    assert held_up(browser)
    assert passes(Client(REMOTE_ADDR=OFFICE))  # and holds up nobody else


def test_a_stolen_mark_opens_nothing_and_waits_by_itself(person: Person) -> None:
    browser, thief = known(person), Client(REMOTE_ADDR="198.51.100.9")
    name = marks(browser)[0]
    thief.cookies[name] = browser.cookies[name].value
    assert thief.get(reverse("trust:messages"))["Location"].startswith(reverse("account_login"))
    fail(thief)
    assert held_up(thief) and passes(Client(REMOTE_ADDR=OFFICE))


def test_the_mark_of_one_account_makes_no_other_known(person: Person) -> None:
    browser = known(person)
    entered("second", "第二人")
    value = browser.cookies[marks(browser)[0]].value
    request, answer = RequestFactory().get("/"), HttpResponse()
    leave_mark(request, answer, Person.objects.get(username="second"))
    (other,) = answer.cookies
    request.COOKIES = {other: value}
    assert device_for(request, "second") is None
    request.COOKIES = {other: value[:-2] + "AA"}
    assert device_for(request, "second") is None and any_device(request) is None


def test_a_new_password_ends_the_marks_before(person: Person) -> None:
    browser = known(person)
    request = RequestFactory().get("/")
    request.COOKIES = {name: browser.cookies[name].value for name in marks(browser)}
    assert device_for(request, "NEW")
    person.set_password("another-long-password")
    person.save()
    assert device_for(request, "new") is None and any_device(request)


def test_a_mark_is_for_the_server_only_and_ends_after_a_year(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = known(person)
    mark = browser.cookies[marks(browser)[0]]
    assert mark["httponly"] and mark["samesite"] == "Lax" and int(mark["max-age"]) == 365 * 86_400
    request = RequestFactory().get("/")
    request.COOKIES = {mark.key: mark.value}
    assert device_for(request, "new")
    later = timezone.now().timestamp() + 366 * 86_400
    monkeypatch.setattr("shige.trust.known_devices.time.time", lambda: later)
    assert device_for(request, "new") is None


def test_the_same_browser_stays_the_same_device(person: Person) -> None:
    request = RequestFactory().get("/")
    devices = set()
    for _ in range(2):
        answer = HttpResponse()
        leave_mark(request, answer, person)
        request.COOKIES = {name: cookie.value for name, cookie in answer.cookies.items()}
        devices.add(device_for(request, "new"))
    assert len(devices) == 1
