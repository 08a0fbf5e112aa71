"""The page of the figures and its files: who opens them, what they say, and what is behind each number."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from shige.insight.closed_months import told_figures
from shige.insight.commands import advance
from shige.insight.periods import Closed, Period
from shige.territory.models import Area
from shige.trust.commands import sequence
from shige.trust.gate import SYSTEM

from .conftest import SOLVED, Ground, write, write_many


@pytest.fixture(autouse=True)
def without_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' words are tested here; the built scripts have their own test in a browser."""
    loader = "django_vite.core.asset_loader.DjangoViteAssetLoader.generate_vite_asset"
    monkeypatch.setattr(loader, lambda *args, **kwargs: "")


@pytest.fixture
def matters(ground: Ground) -> Ground:
    """Nine solved matters in the first community, eight open ones in the second, reported yesterday."""
    yesterday = timezone.now() - timedelta(days=1)
    moments = {
        "reported_at": yesterday,
        "responded_at": yesterday + timedelta(minutes=5),
        "solved_at": yesterday + timedelta(minutes=50),
        "closed_at": yesterday + timedelta(minutes=90),
    }
    write_many(9, ground["c1g1m1"], "a", **(SOLVED | moments))
    write_many(8, ground["c2g1m1"], "b", reported_at=yesterday, category="05.01")
    advance()
    return ground


@pytest.fixture
def closed_month(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the month of the matters be over, and return its key."""
    day = timezone.localdate(timezone.now() - timedelta(days=1))
    first, last = (
        day.replace(day=1),
        (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1),
    )
    one = Closed(f"{first:%Y-%m}", Period(first, last))
    monkeypatch.setattr("shige.insight.pages.told_periods", lambda: [one])
    monkeypatch.setattr("shige.insight.closed_months.complete_until", lambda: one.period.until)
    return one.key


def data_of(page: str, chart: str) -> dict[str, object]:
    found = re.search(f'<script id="{chart}" type="application/json">(.*?)</script>', page)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


@pytest.mark.parametrize("role", ["department", "property_company", "partner"])
@pytest.mark.parametrize("address", ["/figures/", "/figures/export.csv", "/figures/export.xlsx"])
def test_figures_are_not_for_every_role(ground: Ground, sign_in, role: str, address: str) -> None:
    assert sign_in(role, ground["street"]).get(address).status_code == 403


@pytest.mark.parametrize("address", ["/figures/", "/figures/export.csv", "/figures/export.xlsx"])
def test_the_public_is_asked_to_sign_in(ground: Ground, client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("street_officer", "street"),
        ("community_chief", "c1"),
        ("micro_worker", "c1g1m1"),
        ("party_overseer", "c1"),
    ],
)
def test_figures_open_on_the_own_area_with_the_next_level(
    matters: Ground, sign_in, role: str, area: str
) -> None:
    answer = sign_in(role, matters[area]).get("/figures/")
    assert answer.status_code == 200
    assert answer.context["area"] == matters[area]
    level = {"street": "community", "c1": "general", "c1g1m1": "category"}[area]
    assert answer.context["asked"].by == level


def test_numbers_lead_to_the_matters_behind_them(matters: Ground, sign_in) -> None:
    page = sign_in("street_officer", matters["street"]).get("/figures/").content.decode()
    links = re.findall(r'href="(/office/matters/\?[^"]*)"', page)
    assert any(f"grid={matters['c1'].code}" in link for link in links)
    late = [link for link in links if "circumstance=figure_late_part" in link]
    assert any(f"grid={matters['c2'].code}" in link for link in late)
    assert all("since=" in link and "until=" in link and "state=" in link for link in links)


@pytest.mark.parametrize(("role", "area"), [("micro_worker", "c1g1m1"), ("fulltime_worker", "c1g1")])
def test_a_worker_reads_no_stars_of_days_of_their_own_choice(
    matters: Ground, sign_in, role: str, area: str
) -> None:
    day = timezone.localdate(timezone.now() - timedelta(days=1))
    one_day = f"/figures/?period=custom&since={day}&until={day}"
    worker = sign_in(role, matters[area])
    for address in ("/figures/", one_day, f"{one_day}&category=01"):
        page = worker.get(address)
        told = page.context["figures"]
        assert told.total.open.of == 9 and told.total.satisfaction.hidden
        assert all(row.measures.satisfaction.hidden for row in told.rows)
        words = page.content.decode()
        assert "trend-satisfaction" not in words and "chart-satisfaction" not in words
        assert "仅在已结束的月、季、年显示" in words
    assert "单件评价仅派单岗位可见" in page.content.decode()


def test_whoever_dispatches_reads_them(matters: Ground, sign_in) -> None:
    told = sign_in("community_chief", matters["c1"]).get("/figures/").context["figures"]
    assert told.total.satisfaction.of == 9


def test_a_worker_reads_stars_of_a_closed_month_once_enough_rated(
    matters: Ground, sign_in, closed_month: str
) -> None:
    page = sign_in("micro_worker", matters["c1g1m1"]).get(f"/figures/?period={closed_month}")
    share = page.context["figures"].total.satisfaction
    assert share.hidden or share.of >= 5
    told = told_figures(SYSTEM, page.context["asked"].closed, "category", matters["c1g1m1"])
    assert share == told.total.satisfaction


def test_an_overseer_sees_numbers_and_no_way_to_the_matters(
    matters: Ground, sign_in, closed_month: str
) -> None:
    page = sign_in("party_overseer", matters["street"]).get("/figures/").content.decode()
    assert "/office/matters/" not in page
    assert data_of(page, "chart-response")["rows"]


@pytest.mark.parametrize("by", ["community", "general", "leaf", "category", "month"])
def test_every_comparison_draws_three_charts_and_three_trends(matters: Ground, sign_in, by: str) -> None:
    page = sign_in("street_officer", matters["street"]).get(f"/figures/?by={by}").content.decode()
    expected = "trend" if by == "month" else "bars"
    for rate in ("response", "resolution", "satisfaction"):
        assert data_of(page, f"chart-{rate}")["type"] == expected
        assert data_of(page, f"trend-{rate}")["type"] == "trend"
    assert page.count("data-chart-table") == 6


def test_bars_hold_counts_and_words_where_there_are_too_few(matters: Ground, sign_in) -> None:
    page = sign_in("street_officer", matters["street"]).get("/figures/").content.decode()
    bars = data_of(page, "chart-response")["rows"]
    assert isinstance(bars, list)
    assert {bar["name"]: bar.get("of") for bar in bars}["c1"] == [9, 9]
    satisfaction = data_of(page, "chart-satisfaction")["rows"]
    assert isinstance(satisfaction, list)
    assert all(bar["value"] is not None or bar["few"] for bar in satisfaction)


def test_nothing_reported_is_said(ground: Ground, sign_in) -> None:
    page = sign_in("street_officer", ground["street"]).get("/figures/").content.decode()
    assert 'class="empty"' in page


@pytest.mark.parametrize(
    "asked",
    ["period=custom&since=2026-02-02&until=2026-01-01", "period=custom&since=nonsense", "period=never"],
)
def test_a_wrong_time_is_named_and_gives_no_file(matters: Ground, sign_in, asked: str) -> None:
    client = sign_in("street_officer", matters["street"])
    assert 'role="alert"' in client.get(f"/figures/?{asked}").content.decode()
    assert client.get(f"/figures/export.csv?{asked}").status_code == 404


def test_an_unknown_area_is_not_found_and_another_one_refused(matters: Ground, sign_in) -> None:
    client = sign_in("community_chief", matters["c1"])
    assert client.get("/figures/?area=1").status_code == 404
    assert client.get(f"/figures/?area={matters['c2'].code}").status_code == 403
    assert client.get(f"/figures/export.csv?area={matters['c2'].code}").status_code == 403
    assert client.get(f"/figures/?area={matters['c1g1'].code}").status_code == 200


def test_the_csv_opens_in_a_spreadsheet_and_holds_the_figures(
    matters: Ground, sign_in, closed_month: str
) -> None:
    answer = sign_in("street_officer", matters["street"]).get("/figures/export.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = {
        row[1]: row for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) if len(row) > 5
    }
    assert rows["c1"][2] == "9"
    assert rows["c2"][2:4] == ["8", "8"]


def test_the_workbook_holds_numbers_and_no_formula(matters: Ground, sign_in, closed_month: str) -> None:
    Area.objects.filter(pk=matters["c1"].pk).update(name='=HYPERLINK("x")')
    client = sign_in("street_officer", matters["street"])
    sheet = load_workbook(io.BytesIO(client.get("/figures/export.xlsx").content)).active
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=6)}
    assert rows['=HYPERLINK("x")'][1].data_type == "s"
    assert rows['=HYPERLINK("x")'][2].value == 9
    assert "'=HYPERLINK" in client.get("/figures/export.csv").content.decode()


def test_small_counts_stay_hidden_in_the_files(matters: Ground, sign_in, closed_month: str) -> None:
    write_many(2, matters["c3"], "few", reported_at=timezone.now() - timedelta(days=1))
    advance()
    answer = sign_in("street_officer", matters["street"]).get("/figures/export.csv")
    rows = {
        row[1]: row for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) if len(row) > 5
    }
    assert "c3" not in rows and "c2" not in rows
    assert not rows["其他，数量太少，不显示"][2].isdigit()
    assert rows["c1"][2] == "9"


def test_the_page_takes_no_more_statements_for_more_matters(ground: Ground, sign_in) -> None:
    client = sign_in("street_officer", ground["street"])
    counts = []
    for many in (1, 30):
        for number in range(many):
            write(f"{many}-{number}", ground[f"c{1 + number % 3}g1m1"], reported_at=timezone.now())
        sequence()
        advance()
        with CaptureQueriesContext(connection) as captured:
            client.get("/figures/?by=leaf")
        counts.append(len(captured))
    assert counts[0] == counts[1] < 16
