"""What is wrong with an imported file, or is told of it: row, column, and words in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from shige.tables.problems import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault or remark. ``row`` is the row as the file's user counts it, 0 for the file as a whole."""

    row: int
    column: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        where = _("row %(row)d") % {"row": self.row} if self.row else _("whole file")
        return ", ".join(part for part in (self.file, where, self.column) if part) + f": {self.message}"


def fault_of(problem: Problem, file: str = "") -> Fault:
    """Say a problem in the reader's language."""
    return Fault(problem.row, problem.column, problem.said(_), file)
