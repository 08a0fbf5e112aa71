"""The page behind a tracking code: state for whoever has it, words only for the device that filed."""

import pytest
from django.test import Client

from shige.matters.commands import file_matter, solve, take
from shige.matters.models import Matter
from shige.trust.gate import PUBLIC, SYSTEM
from tests.matters.town import Town, report

from .test_report import finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client: Client, town: Town) -> str:
    """File a matter on the device of ``client`` and return its page."""
    return finished(client, town)


def solved(address: str) -> None:
    """Let the office report the matter as solved."""
    number = Matter.objects.get().number
    take(SYSTEM, number)
    solve(SYSTEM, number, "换了灯泡")


def test_the_words_stay_on_the_device_that_filed(client: Client, address: str) -> None:
    assert "路灯不亮了" in client.get(address).content.decode()
    elsewhere = Client().get(address)
    assert elsewhere.status_code == 200
    assert "路灯不亮了" not in elsewhere.content.decode()


def test_a_changed_cookie_opens_nothing(client: Client, address: str) -> None:
    client.cookies["mine"] = client.cookies["mine"].value.replace(":", "x:", 1)
    assert "路灯不亮了" not in client.get(address).content.decode()


def test_confidential_words_are_not_shown_to_anybody(client: Client, town: Town) -> None:
    filed = file_matter(PUBLIC, report("邻居漏水", category="05.4", place=town.place("micro")))
    assert "邻居漏水" not in client.get(f"/m/{filed.tracking_code}/").content.decode()


def test_the_reporter_confirms_and_rates(client: Client, address: str) -> None:
    solved(address)
    assert "换了灯泡" in client.get(address).content.decode()
    client.post(f"{address}answer/", {"answer": "solved", "rating": "5"})
    matter = Matter.objects.get()
    assert (matter.state, matter.rating) == ("closed", 5)


def test_without_stars_it_is_asked_again(client: Client, address: str) -> None:
    solved(address)
    assert client.post(f"{address}answer/", {"answer": "solved"}).status_code == 422
    assert Matter.objects.get().state == "to_confirm"


def test_not_solved_reopens_with_a_reason(client: Client, address: str) -> None:
    solved(address)
    assert client.post(f"{address}answer/", {"answer": "not_solved"}).status_code == 422
    client.post(f"{address}answer/", {"answer": "not_solved", "reason": "还是不亮"})
    assert Matter.objects.get().state == "in_hand"
    assert "还是不亮" in client.get(address).content.decode()


def test_a_closed_matter_can_be_taken_up_again(client: Client, address: str) -> None:
    solved(address)
    client.post(f"{address}answer/", {"answer": "solved", "rating": "2"})
    client.post(f"{address}answer/", {"answer": "reopen", "reason": "又坏了"})
    assert Matter.objects.get().state == "in_hand"


@pytest.mark.parametrize(("answered", "category"), [("called", "05.6"), ("none", "05.1")])
def test_danger_in_what_is_said_later_brings_the_number_first(
    client: Client, town: Town, answered: str, category: str
) -> None:
    """P4: nothing is taken in before the number was shown; the words are kept meanwhile."""
    filed = file_matter(PUBLIC, report("夫妻总吵架", category="05.1", place=town.place("micro")))
    address = f"/m/{filed.tracking_code}/answer/"
    given = {"answer": "add", "reason": "他打我"}
    page = client.post(address, given).content.decode()
    assert "tel:110" in page and 'name="reason" value="他打我"' in page
    assert filed.matter.steps.count() == 1
    client.post(address, given | {"emergency": answered})
    assert Matter.objects.get().category == category


def test_an_answer_out_of_turn_changes_nothing(client: Client, address: str) -> None:
    client.post(f"{address}answer/", {"answer": "solved", "rating": "5"})
    assert Matter.objects.get().state == "new"


def test_an_unknown_answer_is_not_found(client: Client, address: str) -> None:
    assert client.post(f"{address}answer/", {"answer": "x", "reason": "x"}).status_code == 404


def test_my_matters_lists_what_the_device_saved(client: Client, address: str) -> None:
    assert address in client.get("/my/").content.decode()
    assert address not in Client().get("/my/").content.decode()


def test_a_code_opens_its_page_however_it_is_typed(client: Client, address: str) -> None:
    typed = address.split("/")[2].lower().replace("-", " ")
    assert Client().post("/my/", {"code": typed})["Location"] == address


def test_a_wrong_code_is_named(client: Client, db: None) -> None:
    assert client.post("/my/", {"code": "0000"}).status_code == 422
    assert client.get("/m/0000/").status_code == 404


def test_a_device_can_forget(client: Client, address: str) -> None:
    client.post(f"{address}forget/")
    assert address not in client.get("/my/").content.decode()
    assert "路灯不亮了" not in client.get(address).content.decode()


def test_the_page_takes_few_statements(
    client: Client, address: str, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(address)
