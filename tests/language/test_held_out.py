"""Danger and complaints are found in texts that nobody tuned to: the figures do not fall below what they are.

The aims: 95% of plain danger, 85% of everyday speech (violence and children as well), at most 10% alarms on
harmless neighbours and 2% on ordinary petitions; of complaints 90%, at most 10% false. Each set was measured
once before anybody looked at it (docs/danger.md); since then all of them only guard what was reached.
"""

from functools import cache
from pathlib import Path

import pytest

from shige.language.complaints import about_staff
from shige.language.danger import find_danger
from shige.language.examples import read_examples
from shige.profile.loader import load

pytestmark = pytest.mark.long

CHENGDU = load("chengdu")
HERE = Path(__file__).with_name("held_out")


def share(name: str, kind: str = "") -> float:
    """Return the share of the texts of a file, or of a kind in it, that alarm."""
    alarms = [alarm for one, alarm in judged(name) if kind in ("", one)]
    return sum(alarms) / len(alarms)


@cache
def judged(name: str) -> list[tuple[str, bool]]:
    """Return the kind of each text of a file, and whether it alarms."""
    texts = read_examples(HERE / f"{name}.tsv")
    return [(one.kind, find_danger(CHENGDU, one.text) is not None) for one in texts]


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("danger_plain", 0.99),
        ("danger_everyday", 0.98),
        ("second/danger_plain", 0.98),
        ("third/danger_plain", 0.99),
        ("third/danger_everyday", 0.99),
        ("fourth/danger_plain", 0.98),
        ("fourth/danger_everyday", 0.95),
    ],
)
def test_danger_is_found(name: str, floor: float) -> None:
    assert share(name) >= floor


@pytest.mark.parametrize("name", ["danger_everyday", "third/danger_everyday", "fourth/danger_everyday"])
@pytest.mark.parametrize("kind", ["violence", "child"])
def test_violence_and_harm_to_children_are_found(kind: str, name: str) -> None:
    assert share(name, kind) >= 0.95


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("harmless_near", 0.04),
        ("ordinary", 0.02),
        ("second/harmless_near", 0.07),
        ("third/harmless_near", 0.05),
        ("third/ordinary", 0.02),
        ("fourth/harmless_near", 0.03),
        ("fourth/ordinary", 0.01),
        ("petitions", 0.06),
        ("fifth/harmless_near", 0.28),
    ],
)
def test_what_is_harmless_seldom_alarms(name: str, most: float) -> None:
    assert share(name) <= most


@pytest.mark.parametrize(
    ("name", "kind", "least", "most"),
    [
        ("complaints", "complaint", 0.95, 1.0),
        ("complaints", "none", 0.0, 0.09),
        ("second/complaints", "complaint", 0.93, 1.0),
        ("second/complaints", "none", 0.0, 0.09),
        ("third/complaints", "complaint", 0.96, 1.0),
        ("third/complaints", "none", 0.0, 0.10),
        ("fourth/complaints", "staff", 0.93, 1.0),
        ("fourth/complaints", "none", 0.0, 0.07),
    ],
)
def test_complaints_about_staff_are_found(name: str, kind: str, least: float, most: float) -> None:
    texts = [one.text for one in read_examples(HERE / f"{name}.tsv") if one.kind == kind]
    found = sum(about_staff(CHENGDU, text) is not None for text in texts) / len(texts)
    assert least <= found <= most
