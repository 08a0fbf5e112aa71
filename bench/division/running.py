"""Run one tool on one generated district, in a process of its own so that its peak memory is its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from multiprocessing import get_context

from .districts import district
from .graphs import graph_of
from .measures import measured
from .ours import BALANCED, STREETS, drawn
from .peers import TOOLS, labels

Row = tuple[float, float, tuple[float, ...]]
"""CPU seconds, megabytes at the peak, and the figures of `measures.Measured`."""


def alone(work: Callable[..., Row], *given: object) -> Row:
    """Run in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(style: str, seed: int, communities: int, shape: str, both: bool) -> Row:
    rules, place = {"balanced": BALANCED, "streets": STREETS}[style], district(seed, communities, shape)
    drawn(district(9, 3), rules)
    began = time.process_time()
    micro, general = drawn(place, rules, both=both)
    took, peak = time.process_time() - began, _peak()
    return took, peak, astuple(measured(place, graph_of(place), micro, general, rules.micro.target))


def peer(name: str, seed: int, communities: int, shape: str) -> Row:
    place = district(seed, communities, shape)
    graph = graph_of(place)
    began = time.process_time()
    micro = labels(place, graph, TOOLS[name][1])
    took, peak = time.process_time() - began, _peak()
    return took, peak, astuple(measured(place, graph, micro, None, 65))
