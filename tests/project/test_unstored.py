"""No page that shows people's data is kept by a browser; one that shows nobody may be."""

import pytest
from django.test import Client

from shige.matters.filing.commands.filing import file_matter
from shige.trust.gate import PUBLIC
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

AT_WORK = (
    "/office/matters/",
    "/office/matters/export.csv",
    "/team/",
    "/messages/",
    "/api/v1/matters",
    "/office/",
)


@pytest.mark.parametrize("address", AT_WORK)
def test_pages_at_work_and_answers_of_the_api_are_not_stored(town: Town, address: str) -> None:
    file_matter(PUBLIC, report(place=town.place("micro")))
    answer = signed_in(town, "street_officer").get(address)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_a_matter_by_its_code_is_not_stored(town: Town) -> None:
    code = file_matter(PUBLIC, report(place=town.place("micro"))).tracking_code
    for address in (f"/m/{code}/", f"/api/v1/public/matters/{code}"):
        answer = Client().get(address)
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_what_shows_nobody_may_be_kept_but_not_where_somebody_is_signed_in(town: Town) -> None:
    assert "no-store" not in Client().get("/privacy/").headers.get("Cache-Control", "")
    assert "no-store" in signed_in(town, "street_officer").get("/privacy/")["Cache-Control"]
