"""The notice sign of a grid: place, people, number to call, and a code that opens the report page there."""

from typing import Any

import pytest
from django.test import Client
from shapely import Point, box

from shige.territory.grids.picture import picture
from shige.territory.grids.queries.signs import signs_of
from shige.territory.models import GridVersion, Placement, Plan
from shige.territory.shapes import from_wkb

from ..conftest import SignIn, first_of, person_with
from ..ground import ONE


def test_a_picture_keeps_what_lies_in_the_box_of_the_grid() -> None:
    drawn = picture(
        box(104, 30, 104.001, 30.001),
        [box(104.0002, 30.0002, 104.0004, 30.0004)],
        [box(105, 30, 105.1, 30.1)],
        [],
    )
    assert drawn.own.count("M") == 1 and drawn.others == ""
    assert 0 < drawn.width <= 900 and 0 < drawn.height <= 700


def test_a_sign_names_the_place_the_people_and_the_number(divided: Plan, sign_in: SignIn) -> None:
    grid = first_of("micro")
    worker = person_with("micro_worker", grid)
    (sign,) = signs_of(grid.code)
    assert sign.name == grid.name and sign.telephone == "028-00000000"
    assert [holder.name for team in sign.teams for holder in team.holders] == [worker.service_name]
    held = Placement.objects.filter(leaf=grid).values("building").distinct().count()
    assert len(sign.addresses) + sign.more == held
    page = sign_in("street_officer", divided.scope).get(f"/signs/{grid.code}/").content.decode()
    assert worker.service_name in page and f"/signs/{grid.code}/qr.svg" in page


def test_a_general_grid_holds_the_buildings_of_its_micro_grids(divided: Plan) -> None:
    general = first_of("general")
    (sign,) = signs_of(general.code)
    held = Placement.objects.filter(leaf__parent=general).values("building").distinct().count()
    assert len(sign.addresses) + sign.more == held > 0


def test_all_signs_of_a_community_fill_a_sheet_each(
    divided: Plan, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        assert len(signs_of(ONE)) == GridVersion.objects.filter(community__code=ONE).count()
    page = sign_in("street_officer", divided.scope).get(f"/signs/{ONE}/?paper=a3").content.decode()
    assert page.count("sign-a3") == GridVersion.objects.filter(community__code=ONE).count()


def test_there_is_no_sign_of_what_is_not_there(divided: Plan, sign_in: SignIn) -> None:
    client = sign_in("street_officer", divided.scope)
    assert client.get("/signs/990101001001299999/").status_code == 404
    assert client.get("/signs/nothing/").status_code == 404


def test_the_code_of_a_sign_opens_the_report_page_at_the_grid(divided: Plan, client: Client) -> None:
    grid = first_of("micro")
    drawn = client.get(f"/signs/{grid.code}/qr.svg")
    assert f"/report/?g={grid.code}".encode() in drawn.content
    draft = client.get(f"/report/?g={grid.code}").context["draft"]
    shape = from_wkb(GridVersion.objects.get(area=grid).shape)
    assert shape.covers(Point(draft.lon, draft.lat))


@pytest.mark.parametrize("code", ["", "nothing"])
def test_an_unknown_grid_sets_no_place(divided: Plan, client: Client, code: str) -> None:
    answer = client.get(f"/report/?g={code}")
    assert answer.status_code == 200 and answer.context["draft"].lon is None
