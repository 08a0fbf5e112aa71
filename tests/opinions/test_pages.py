"""The pages of opinion notes, each for those who may open it (R40)."""

import pytest

from shige.opinions.models import Hearing, Opinion
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town
from tests.opinions.test_opinions import WORDS, noted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LIST = "/office/opinions/"


def test_a_note_goes_from_the_worker_to_its_answer(town: Town) -> None:
    worker, chief = signed_in(town, "micro_worker"), signed_in(town, "community_chief")
    form = {"theme": "parking", "area": town.areas["micro"].pk, "band": "many", "on": "2026-09-09"}
    refused = worker.post(f"{LIST}new/", form | {"words": "李阿姨说停车难"})
    assert refused.status_code == 422 and "李阿姨" in refused.content.decode()
    made = worker.post(f"{LIST}new/", form | {"words": WORDS})
    page = made["Location"]
    assert made.status_code == 302 and WORDS in worker.get(page).content.decode()
    assert signed_in(town, "fulltime_worker").post(f"{page}hear/").status_code == 302
    assert Hearing.objects.count() == 2
    for action, note in (("follow", "找物业核对"), ("answer", "夜间开放学校停车场")):
        assert chief.post(f"{page}do/{action}/", {"note": note}).status_code == 302
    assert "夜间开放学校停车场" in worker.get(page).content.decode()
    assert Opinion.objects.get().state == "answered"


def test_what_the_office_says_is_refused_with_a_person_in_it(town: Town) -> None:
    page = f"{LIST}{veil(noted(town).pk)}/"
    chief = signed_in(town, "community_chief")
    answer = chief.post(f"{page}do/follow/", {"note": "问王师傅"})
    assert answer.status_code == 422 and "王师傅" in answer.content.decode()
    assert (
        chief.post(f"{page}do/answer/", {"note": "好"}).status_code == 302
    )  # not possible yet: said on the page
    assert Opinion.objects.get().state == "noted"


@pytest.mark.parametrize("who", ["department", "department2", "mediation_committee"])
def test_whoever_is_only_given_tasks_finds_no_notes(town: Town, who: str) -> None:
    other, page = signed_in(town, who), f"{LIST}{veil(noted(town).pk)}/"
    for address in (LIST, f"{LIST}new/", f"{LIST}export.csv", page):
        assert other.get(address).status_code == 403
    assert other.post(f"{page}hear/").status_code == 403
    assert other.post(f"{page}do/follow/", {"note": "好"}).status_code == 403


@pytest.mark.parametrize("who", ["micro_worker2", "exclusive_worker", "community_chief2"])
def test_a_note_of_another_area_is_not_found(town: Town, who: str) -> None:
    other, page = signed_in(town, who), f"{LIST}{veil(noted(town).pk)}/"
    assert WORDS not in other.get(LIST).content.decode()
    assert other.get(page).status_code == 404 and other.post(f"{page}hear/").status_code == 404


def test_residents_are_sent_to_sign_in(town: Town, client: object) -> None:
    assert "/accounts/login/" in client.get(LIST)["Location"]  # type: ignore[attr-defined]


def test_workers_see_no_counts_and_export_none(town: Town) -> None:
    noted(town)
    worker, chief = signed_in(town, "micro_worker"), signed_in(town, "community_chief")
    assert "themes-title" in chief.get(LIST).content.decode()
    assert "themes-title" not in worker.get(LIST).content.decode()
    assert worker.get(f"{LIST}export.csv").status_code == 403


def test_the_file_hides_small_counts(town: Town) -> None:
    noted(town)
    text = signed_in(town, "community_chief").get(f"{LIST}export.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == "2026-09,east · micro,停车,数量太少，不显示"


def test_filters_and_pages_are_links(town: Town) -> None:
    for _ in range(31):
        noted(town)
    chief = signed_in(town, "community_chief")
    first = chief.get(f"{LIST}?theme=parking&by=month").content.decode()
    assert "theme=parking" in first and "before=" in first
    assert WORDS not in chief.get(f"{LIST}?theme=lifts").content.decode()
    assert chief.get(f"{LIST}?before=x&area=999999999999999999999&state=none").status_code == 200


def test_the_list_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(10):
        noted(town)
    chief = signed_in(town, "community_chief")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        chief.get(LIST)
