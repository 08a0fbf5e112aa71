"""What is wrong with a file, or was read otherwise than it stands there: where, and in whose words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Union

from .words import LIST, MESSAGES, ROW, WHOLE

_WHOLE_ROW = frozenset({"beyond_header", "wider", "not_a_feature"})

Detail = Union[str, int, float, tuple[str, ...], "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault or remark; `code` and `details` let a page say `message` in another language.

    Attributes
    ----------
    row
        As the reader of the file counts them, 0 for the file as a whole.
    column
        The header of the file, or ours where the file has none.
    """

    row: int
    column: str
    code: str
    details: Mapping[str, Detail] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str]) -> str:
        """What is wrong and what to do, in the language into which `translate` puts English sentences."""

        def put(value: Detail) -> str | int | float:
            if isinstance(value, tuple):
                return translate(LIST).join(value)
            return value.said(translate) if isinstance(value, Problem) else value

        return translate(MESSAGES[self.code]) % {name: put(value) for name, value in self.details.items()}

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.said(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """Where something is wrong, what, and what to do."""
        where = translate(ROW) % {"row": self.row} if self.row else translate(WHOLE)
        return ", ".join(part for part in (where, self.column) if part) + f": {self.said(translate)}"

    def __str__(self) -> str:
        return self.told(str)


class UnreadableTable(Exception):  # noqa: N818 - it says what the table is
    """A file that cannot be read as a whole; `problem` says why."""

    def __init__(self, code: str, row: int = 0, column: str = "", **details: Detail) -> None:
        self.problem = Problem(row, column, code, details)
        super().__init__(str(self.problem))


class WrongCell(ValueError):  # noqa: N818 - it says what the cell is
    """A value that does not mean what its column asks for."""

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by row, of each cell only the first: what follows from it says nothing more.

    Of a row whose cells stand under the wrong headers, only that is said.
    """
    kept: dict[tuple[int, str], Problem] = {}
    listed = list(problems)
    whole = {problem.row: problem for problem in listed if problem.code in _WHOLE_ROW}
    for problem in listed:
        kept.setdefault((problem.row, problem.column), whole.get(problem.row, problem))
    kept = {(problem.row, problem.column): problem for problem in kept.values()}
    return sorted(kept.values(), key=lambda problem: problem.row)
