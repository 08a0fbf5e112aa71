"""Two people who press the same button at once: one is first, the other is told (real transactions)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.models import Matter, Step
from shige.trust.gate import PUBLIC

from ..town import build, report

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], object]) -> list[object]:
    """Do the same in two threads at the same moment; an exception counts as its answer."""
    start = Barrier(2)

    def run() -> object:
        try:
            start.wait(5)
            return act()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(run), pool.submit(run)]]


def test_of_two_takes_one_is_refused() -> None:
    town = build()
    number = file_matter(PUBLIC, report(category="01.1", place=town.place("micro"))).matter.number
    viewer = town.viewer("fulltime_worker")
    answers = at_once(lambda: take(viewer, number))
    assert sorted(type(answer).__name__ for answer in answers) == ["Matter", "ValidationError"]
    assert Step.objects.filter(action="take").count() == 1


def test_of_two_equal_forms_one_becomes_a_matter() -> None:
    town = build()
    form = report(category="01.1", place=town.place("micro"), key="k" * 20)
    answers = at_once(lambda: file_matter(PUBLIC, form).tracking_code)
    assert answers[0] == answers[1]
    assert Matter.objects.count() == 1
