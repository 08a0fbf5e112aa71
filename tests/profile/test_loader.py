"""A profile that cannot be used says everything that is to be mended, and where."""

from importlib import resources
from pathlib import Path

import pytest

from shige.profile import Text
from shige.profile.loader import ProfileError, load

GENERIC = resources.files("shige.profile").joinpath("shipped", "generic.toml").read_text("utf-8")


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the generic profile with some of its text replaced."""
    text = GENERIC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "own.toml"
    file.write_text(text, "utf-8")
    return file


def problems(folder: Path, *changes: tuple[str, str]) -> str:
    with pytest.raises(ProfileError) as caught:
        load(changed(folder, *changes))
    return "\n".join(caught.value.problems)


def test_a_file_is_read_like_a_shipped_profile(tmp_path: Path) -> None:
    assert load(changed(tmp_path)) == load("generic")


def test_a_new_limit_changes_the_fingerprint(tmp_path: Path) -> None:
    own = load(changed(tmp_path, ('resolve = "3wd"', 'resolve = "4wd"')))
    assert own.fingerprint() != load("generic").fingerprint()


def test_a_child_inherits_what_it_leaves_unsaid(tmp_path: Path) -> None:
    own = load(changed(tmp_path, ('respond = "6h"', 'respond = "5h"')))
    assert str(own.category("01.1").respond) == "5h"
    assert own.category("01.2").tier == "3"


def test_an_unknown_name_lists_the_shipped_ones() -> None:
    with pytest.raises(ProfileError, match="chengdu, generic"):
        load("atlantis")


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    assert "line 4" in problems(tmp_path, ("version = 1", "version = "))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes('name = "成都"'.encode("gb18030"))
    with pytest.raises(ProfileError, match="UTF-8"):
        load(file)


def test_a_wrong_limit_is_named_by_its_category(tmp_path: Path) -> None:
    said = problems(tmp_path, ('resolve = "15wd"', 'resolve = "15 days"'))
    assert said == (
        "categories[01].children[01.2].resolve: '15 days' is no limit: "
        "write 30min, 4h, 2wd (working days) or now"
    )


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        ('language = "en"\n', 'langage = "en"\n'),
        ("confirm_days = 14", "confirm_days = 0"),
        ("at_once_minutes = 15", "at_once_minutes = 600"),
        ("08:30-13:00", "13:00-08:30"),
    )
    assert "langage: is not known here" in said
    assert "language: is missing" in said
    assert "feedback.confirm_days: Input should be greater than or equal to 1" in said
    assert "feedback.at_once_minutes: Input should be less than or equal to 120" in said
    assert "hours.friday[1]: '13:00-08:30' ends before it starts" in said


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('above = "2"', 'above = "9"', "tiers[1].above: there is no tier '9'"),
        ('role = "community_chief"', 'role = "boss"', "tiers[2].role: there is no role 'boss'"),
        (
            'department = "works"',
            'department = "parks"',
            "categories[01.2].department: there is no",
        ),
        (
            'category = "02.3"',
            'category = "02.9"',
            "emergencies[violence].category: there is no",
        ),
        ('category = "02.3"', 'category = "02.1"', 'mediation = "never" is missing at 02.1 (P4)'),
        ('number = "722"\ncat', 'number = "110"\ncat', "emergencies[violence].number: there is no number"),
        ('code = "01.3"', 'code = "01.2"', "categories[01.2]: stands 2 times"),
        ('code = "01.3"', 'code = "02.9"', "categories[02.9]: under 01 it is 01.1"),
        ('code = "micro"\nname', 'code = "tiny"\nname', "levels: has no 'micro'"),
        ('oversees = "general"', 'oversees = "moon"', "redline[stewards].oversees: there is no level 'moon'"),
        ('calendar = "weekends"', 'calendar = "china"', "hours.make_up: is empty"),
        ('language = "en"\n', 'language = "fr"\n', "language: 'fr' is not among languages"),
        ('resolve = "24h"', 'resolve = "1wd"', "categories[02.3].resolve: tier E is by the clock"),
        ("Europe/Lisbon", "Europe/Atlantis", "timezone: 'Europe/Atlantis' is no time zone"),
        ('"08:30-12:30", "13:30-18:00"', '"08:30-14:00", "13:30-18:00"', "overlap or are out of order"),
        ('["01.1", "01.2"]', '["01.1", "09.2"]', "seasons[autumn].categories: there is no category '09.2'"),
        ('["01.1", "01.3"]', '["77"]', "weather[storm].categories: there is no category '77'"),
        ('since = "10-01"', 'since = "31-12"', "seasons[autumn]: '31-12' is no day of every year"),
        (
            'since = "10-01"\nuntil = "12-15"',
            "spring_festival = [1, 1]",
            "seasons[autumn].spring_festival: needs",
        ),
        ('id = "generic"', 'id = "own"', "advice[01].call: is missing"),
        ('id = "generic"', 'id = "chengdu"', "advice: there is no category '05'"),
        ('{ en = "Rivermark", zh = "河界(虚构)" }', "{}", "name: is empty: give `zh`, `en` or both"),
    ],
)
def test_parts_that_do_not_fit_are_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in problems(tmp_path, (old, new))


def test_a_copy_with_other_values_derives_them_anew() -> None:
    here = load("chengdu")
    assert here.table_of_categories() and here.category("01").name.zh
    top = here.categories[0]
    leaf = top.children[0].model_copy(update={"name": Text(zh="别的", en="Another")})
    first = top.model_copy(update={"children": (leaf, *top.children[1:])})
    other = here.model_copy(update={"categories": (first, *here.categories[1:])})
    assert other.category(leaf.code).name.zh == "别的" != here.category(leaf.code).name.zh
    assert other.table_of_categories() != here.table_of_categories()


@pytest.mark.parametrize(
    ("old", "missing"),
    [
        ('independent = "ombudsman" ', "guard.independent: is missing"),
        ('call = { en = "Please', "guard.call: is missing"),
        ("highest = [\n", "guard.highest: is missing"),
    ],
)
def test_a_profile_says_who_answers_for_whoever_stands_highest(
    tmp_path: Path, old: str, missing: str
) -> None:
    start = GENERIC.index(old)
    end = GENERIC.index("]\n" if old.startswith("highest") else "\n", start)
    end += 2 if old.startswith("highest") else 1
    assert problems(tmp_path, (GENERIC[start:end], "")).startswith(missing)


def test_an_independent_department_that_does_not_exist_is_named(tmp_path: Path) -> None:
    said = problems(tmp_path, ('independent = "ombudsman"', 'independent = "nobody"'))
    assert "guard.independent" in said and "nobody" in said
