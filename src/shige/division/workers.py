"""Where communities are divided: in processes of this machine, or on the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """Run as many processes as asked for; where the run is broken off, none of them is waited for."""
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Use the workers of a Dask scheduler; what a lost worker had is done again by another.

    Raises
    ------
    OSError
        Where nothing answers at the address.
    ValueError
        Where the address is no address, or the extra `cluster` is not installed here.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ValueError("a scheduler needs the extra: pip install 'shige[cluster]'") from error
    with Client(address, timeout=10, set_as_default=False) as client:
        executor: Executor = client.get_executor(pure=False)
        yield executor


def spread_out(
    do: Callable[[_Given], _Made],
    over: Sequence[_Given],
    executor: Executor | None,
    progress: Callable[[int, int], Any] | None,
) -> list[_Made]:
    """Do something for each item, in the order of the items, and tell how many of how many are done."""
    made: list[_Made] = []
    for result in map(do, over) if executor is None else executor.map(do, over):
        made.append(result)
        if progress is not None:
            progress(len(made), len(over))
    return made
