"""What a report is, for every combination of what is heard, answered and chosen (P3, P4)."""

from itertools import product
from typing import get_args

import pytest

from shige.matters.danger import Alarm, Answers, Danger, Staff, Verdict, decide, seal_for

ORDINARY, HAZARD, PERSONS, DOUBT = Verdict

TABLE = {
    # heard, chosen, answer to the question of danger: without, and with "it is no emergency"
    ("", "", ""): (ORDINARY, ORDINARY),
    ("", "", "none"): (ORDINARY, ORDINARY),
    ("", "", "yes"): (PERSONS, PERSONS),
    ("", "", "cannot_talk"): (PERSONS, PERSONS),
    ("", "public", ""): (HAZARD, HAZARD),
    ("", "public", "none"): (HAZARD, HAZARD),
    ("", "public", "yes"): (HAZARD, HAZARD),
    ("", "public", "cannot_talk"): (PERSONS, PERSONS),
    ("", "persons", ""): (PERSONS, PERSONS),
    ("", "persons", "none"): (PERSONS, PERSONS),
    ("", "persons", "yes"): (PERSONS, PERSONS),
    ("", "persons", "cannot_talk"): (PERSONS, PERSONS),
    ("public", "", ""): (HAZARD, ORDINARY),
    ("public", "", "none"): (HAZARD, ORDINARY),
    ("public", "", "yes"): (HAZARD, PERSONS),
    ("public", "", "cannot_talk"): (PERSONS, PERSONS),
    ("public", "public", ""): (HAZARD, HAZARD),
    ("public", "public", "none"): (HAZARD, HAZARD),
    ("public", "public", "yes"): (HAZARD, HAZARD),
    ("public", "public", "cannot_talk"): (PERSONS, PERSONS),
    ("public", "persons", ""): (PERSONS, PERSONS),
    ("public", "persons", "none"): (PERSONS, PERSONS),
    ("public", "persons", "yes"): (PERSONS, PERSONS),
    ("public", "persons", "cannot_talk"): (PERSONS, PERSONS),
    ("persons", "", ""): (PERSONS, DOUBT),
    ("persons", "", "none"): (DOUBT, DOUBT),
    ("persons", "", "yes"): (PERSONS, DOUBT),
    ("persons", "", "cannot_talk"): (PERSONS, PERSONS),
    ("persons", "public", ""): (PERSONS, DOUBT),
    ("persons", "public", "none"): (DOUBT, DOUBT),
    ("persons", "public", "yes"): (PERSONS, DOUBT),
    ("persons", "public", "cannot_talk"): (PERSONS, PERSONS),
    ("persons", "persons", ""): (PERSONS, PERSONS),
    ("persons", "persons", "none"): (PERSONS, PERSONS),
    ("persons", "persons", "yes"): (PERSONS, PERSONS),
    ("persons", "persons", "cannot_talk"): (PERSONS, PERSONS),
}


def test_the_table_has_every_combination() -> None:
    alarms, answers = get_args(Alarm), get_args(Danger)
    assert set(TABLE) == set(product(alarms, alarms, answers))


@pytest.mark.parametrize("combination", TABLE, ids="-".join)
def test_it_is_decided_as_the_table_says(combination: tuple[Alarm, Alarm, Danger]) -> None:
    heard, chosen, danger = combination
    decided = [decide(heard, Answers(danger, waived), chosen) for waived in (False, True)]
    assert tuple(decided) == TABLE[combination]


@pytest.mark.parametrize("combination", TABLE, ids="-".join)
@pytest.mark.parametrize("waived", [False, True])
def test_whoever_is_hurt_or_afraid_is_in_danger(
    combination: tuple[Alarm, Alarm, Danger], waived: bool
) -> None:
    heard, chosen, danger = combination
    assert decide(heard, Answers(danger, waived, hurt=True), chosen) is PERSONS
    assert decide(heard, Answers(danger, waived, hurt=False), chosen) is TABLE[combination][waived]


def test_no_answer_makes_danger_to_persons_ordinary() -> None:
    for danger, waived, hurt, chosen in product(
        get_args(Danger), (False, True), (None, False, True), get_args(Alarm)
    ):
        assert decide("persons", Answers(danger, waived, hurt), chosen).guarded


SEALS = {
    "": {"": 0, "no": 0, "staff": 2, "worker": 1, "official": 2},
    "no": {"": 0, "no": 0, "staff": 2, "worker": 1, "official": 2},
    "staff": {"": 2, "no": 2, "staff": 2, "worker": 1, "official": 2},
    "worker": {"": 1, "no": 1, "staff": 1, "worker": 1, "official": 2},
    "official": {"": 2, "no": 2, "staff": 2, "worker": 2, "official": 2},
}


@pytest.mark.parametrize(("heard", "answered"), list(product(get_args(Staff), get_args(Staff))))
def test_what_is_about_staff_is_sealed_by_what_is_heard_and_answered(heard: Staff, answered: Staff) -> None:
    assert seal_for(heard, answered) == SEALS[heard][answered]
