"""The command `shige danger`: how well danger and complaints about staff are found in a file of texts."""

import json
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--complaints", is_flag=True, help="Measure complaints about staff instead of danger.")
@click.option("--kind", default="", help="The kind of lines that hold a text alone, such as none.")
@click.option("--profile", "source", default="chengdu", help="The profile: a shipped name or a TOML file.")
def danger(file: Path, complaints: bool, kind: str, source: str) -> None:
    """Measure FILE: lines of a kind, a tab and a text; the kind `none` is harmless. Prints JSON.

    With `--kind none` a line may be a text alone.

    `texts`, `alarms`, `harmless` and `false_alarms` are counts; `recall` and `false_alarm_rate` are shares
    with their 95% intervals (Wilson), `by_kind` the recall of each kind; `misses` and `alarmed` list what
    went wrong.
    """
    from shige.language.complaints import about_staff
    from shige.language.danger import find_danger
    from shige.language.examples import ExampleError, read_examples
    from shige.language.measure import measured
    from shige.language.resemblance import NONE
    from shige.profile.loader import ProfileError, load

    try:
        profile, examples = load(source), read_examples(file, kind)
    except (ProfileError, ExampleError) as error:
        raise click.ClickException(str(error)) from None
    known = {NONE, *profile.danger_signs.signs}
    unknown = sorted({example.kind for example in examples} - known)
    if unknown and not complaints:
        told = ", ".join(sorted(known))
        raise click.ClickException(f"{file}: there is no kind {', '.join(unknown)}; known are {told}")

    def taken_for(text: str) -> str | None:
        if complaints:
            return "complaint" if about_staff(profile, text) else None
        found = find_danger(profile, text)
        return found.kind if found else None

    click.echo(json.dumps(measured(examples, taken_for), ensure_ascii=False, indent=2))
