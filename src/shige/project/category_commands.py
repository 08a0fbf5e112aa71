"""The command `shige category`: learn how people here say things, and tell how good the suggestion is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shige.project.office_commands import data_option
from shige.project.program import running

if TYPE_CHECKING:
    from shige.language.learned import Quality, Scores


@click.group()
def category() -> None:
    """The suggestion of categories from residents' own words."""


@category.command("train")
@data_option
def train_category(data: Path) -> None:
    """Learn from matters that were sorted and closed, measure it, and put it in use at once."""
    with running(data):
        from django.conf import settings

        from shige.language.learned import write_learned
        from shige.language.lessons import first_lessons, of_matters
        from shige.language.training import train
        from shige.matters.queries.sorted_out import sorted_matters
        from shige.trust.gate import SYSTEM
        from shige.trust.jurisdiction import profile

        rules = profile()
        matters = of_matters(sorted_matters(SYSTEM), rules)
        lessons = [*first_lessons(rules), *matters]
        click.echo(f"{len(matters)} matters and {len(lessons) - len(matters)} words of the table and labels.")
        if len({lesson.code for lesson in lessons}) < 2:
            raise click.ClickException(
                "There is nothing to learn: the profile has fewer than two categories."
            )
        learned = train(rules, lessons, datetime.now(UTC).isoformat(timespec="seconds"))
        write_learned(learned, Path(settings.SHIGE_CATEGORY_MODEL))
        names = {top.code: top.name.zh or top.name.en for top in rules.categories}
    for line in report(learned.quality, names):
        click.echo(line)
    click.echo(f"In use from now on; what was learned counts {learned.share:.0%} beside the keywords.")


def report(quality: "Quality", names: dict[str, str]) -> list[str]:
    """Return the table of a measured quality: right at first, right among three, before and after."""
    if not quality.lexicon.count:
        return ["Nothing could be held out, so the quality is not measured yet."]
    basis = {"matters": "matters that it had not seen", "labels": "labels that it had not seen"}
    said = f"Measured on {quality.learned.count} {basis.get(quality.basis, quality.basis)}, in five parts:"
    head = f"{'':<24}{'texts':>6}  {'keywords alone':>16}  {'with what was learned':>22}"
    rows = [_row("all", quality.lexicon, quality.learned)]
    rows += [_row(f"{top.top} {names.get(top.top, '')}", top.lexicon, top.learned) for top in quality.tops]
    return [said, head, *rows]


def _row(name: str, lexicon: "Scores", learned: "Scores") -> str:
    return f"{name:<24}{learned.count:>6}  {_shares(lexicon):>16}  {_shares(learned):>22}"


def _shares(scores: "Scores") -> str:
    return f"{scores.first / scores.count:.0%} / {scores.three / scores.count:.0%}"
