"""An address is taken apart as people write it; nothing that they write ends the program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.language.address import Written, beside, read_address, without_door
from shige.language.counts import in_han, number_of
from shige.language.likeness import LEAST, likeness
from shige.language.spelling import keys_of, latin_keys

COMPOUNDS = st.sampled_from(["海棠苑", "五一小区", "学府壹号", "工人新村", "东风厂宿舍", "玉兰华庭"])
STREETS = st.sampled_from(["玉林东路", "桂香街", "人民南路四段", "滨河北路", "玉兰大道", "渡口巷"])
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
SMALL = st.integers(1, 99)


@st.composite
def written_counts(draw: st.DrawFn, most: int = 99) -> tuple[int, str]:
    """Return a number, and one of the ways in which people write it."""
    count = draw(st.integers(1, most))
    way = draw(st.sampled_from([str, in_han, lambda number: str(number).translate(FULL)]))
    return count, way(count)


@given(COMPOUNDS, written_counts(), st.sampled_from(["栋", "幢", "号楼", "栋楼", " 栋"]), written_counts(9))
def test_a_building_in_a_compound_comes_back(
    compound: str, building: tuple[int, str], unit: str, entrance: tuple[int, str]
) -> None:
    read = read_address(f"{compound}{building[1]}{unit}{entrance[1]}单元")
    assert (read.building, read.entrance) == (str(building[0]), entrance[0])
    assert read.place == compound.casefold()


@given(COMPOUNDS, SMALL, st.integers(1, 9), st.integers(1, 33), st.integers(1, 9), st.sampled_from("-－—_/~"))
def test_dashes_part_building_entrance_and_room(
    compound: str, building: int, entrance: int, floor: int, door: int, dash: str
) -> None:
    room = f"{floor}{door:02d}"
    read = read_address(f"{compound} {building}{dash}{entrance}{dash}{room}")
    assert read == Written((compound.casefold(),), "", str(building), entrance, floor, room)


@given(STREETS, written_counts(999), st.sampled_from(["", "附3号", "对面", "门口", "旁边", "院"]))
def test_a_number_on_a_street_comes_back(street: str, number: tuple[int, str], behind: str) -> None:
    read = read_address(f"{street}{number[1]}号{behind}")
    assert read.street == street
    assert read.number == str(number[0]) + ("附3" if behind.startswith("附") else "")


@given(st.text(max_size=200))
def test_anything_may_be_written(text: str) -> None:
    read = read_address(text)
    assert read.entrance is None or 0 <= read.entrance <= 999
    assert read.floor is None or -999 <= read.floor <= 999
    assert isinstance(without_door(text), str)


@given(st.integers(0, 999))
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert number_of(in_han(number)) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海棠苑3栋2单元501", Written(("海棠苑",), "", "3", 2, 5, "501")),
        ("银杏街33号玉兰苑3栋2单元702", Written(("银杏街", "玉兰苑"), "33", "3", 2, 7, "702")),
        ("银杏街33号3栋2单元7楼702", Written(("银杏街",), "33", "3", 2, 7, "702")),
        ("玉兰路251号3栋1单元402", Written(("玉兰路",), "251", "3", 1, 4, "402")),
        ("海棠苑3栋2单元5号", Written(("海棠苑",), "", "3", 2, None, "5")),
        ("海棠苑3栋2单元702的隔壁", Written(("海棠苑",), "", "3", 2, 7)),
        ("海棠苑3栋2单元702楼上", Written(("海棠苑",), "", "3", 2)),
        ("1号楼", Written(building="1")),
        ("一栋", Written(building="1")),
        ("3-2-501", Written(building="3", entrance=2, floor=5, room="501")),
        ("hty3d2dy501", Written(("hty",), "", "3", 2, 5, "501")),
        ("haitangyuan 3 dong", Written(("haitangyuan",), "", "3")),
        ("Building 3, Haitang Garden, room 501", Written(("haitang garden",), "", "3", None, 5, "501")),
        ("我在海棠苑三栋楼下", Written(("海棠苑",), "", "3")),
        ("海棠苑旁边的菜市场门口", Written(("海棠苑", "菜市场"))),
        ("桂香街20號海棠苑3棟", Written(("桂香街", "海棠苑"), "20", "3")),
        ("学府街75-79号", Written(("学府街",), "75-79")),
        ("柳溪村6组37号", Written(("柳溪村6组",), "37")),
        ("海棠苑3栋负一楼", Written(("海棠苑",), "", "3", None, -1)),
        ("海棠苑3栋2单元5号", Written(("海棠苑",), "", "3", 2, None, "5")),
        ("海棠苑A座1203", Written(("海棠苑",), "", "a", None, 12, "1203")),
        ("锦城市示例区玉兰街道玉兰社区桂香街20号", Written(("桂香街",), "20")),
        ("玉兰路508号门口", Written(("玉兰路",), "508")),
        ("红旗超市", Written(("红旗超市",))),
        ("海棠苑3幢二门7零2", Written(("海棠苑",), "", "3", 2, 7, "702")),
        ("海棠苑 3 幢 二 门 7 零 2", Written(("海棠苑",), "", "3", 2, 7, "702")),
        ("海棠苑三栋二单元三0一", Written(("海棠苑",), "", "3", 2, 3, "301")),
        ("海棠苑3栋2单元7○2", Written(("海棠苑",), "", "3", 2, 7, "702")),
        ("海棠苑3栋2单元7O2", Written(("海棠苑",), "", "3", 2, 7, "702")),
        ("海棠苑3栋二单元幺零二", Written(("海棠苑",), "", "3", 2, 1, "102")),
        ("海棠苑叁栋贰单元伍零壹室", Written(("海棠苑",), "", "3", 2, 5, "501")),
        ("海棠苑2十3栋", Written(("海棠苑",), "", "23")),
        ("海棠苑1〇号楼", Written(("海棠苑",), "", "10")),
        ("学府壹号3栋", Written(("学府壹号",), "", "3")),
        ("八一10号", Written(("八一",), "10")),
        ("五一20栋", Written(("五一",), "", "20")),
        ("五十中2号", Written(("五十中",), "2")),
        ("海棠苑3栋2门501", Written(("海棠苑",), "", "3", 2, 5, "501")),
        ("海棠苑3栋2楼门501", Written(("海棠苑",), "", "3", 2, 5, "501")),
        ("海棠苑第三栋第二单元第五层", Written(("海棠苑",), "", "3", 2, 5)),
        ("海棠苑3栋东单元501", Written(("海棠苑",), "", "3", None, 5, "东单元501")),
        ("海棠苑3#2#501", Written(("海棠苑",), "", "3", 2, 5, "501")),
        ("海棠苑3栋2单元5-1", Written(("海棠苑",), "", "3", 2, None, "5-1")),
        ("海棠苑3栋2单元三楼左手边", Written(("海棠苑",), "", "3", 2, 3, "左手边")),
        ("海棠苑3栋大门", Written(("海棠苑",), "", "3")),
        ("海棠苑3栋顶楼", Written(("海棠苑",), "", "3", top=True)),
        ("海棠苑3栋2单元顶层", Written(("海棠苑",), "", "3", 2, top=True)),
        ("3栋顶楼", Written(building="3", top=True)),
        ("3栋楼顶", Written(building="3")),
        ("海棠苑3栋底楼", Written(("海棠苑",), "", "3", None, 1)),
        ("海棠苑3栋一楼", Written(("海棠苑",), "", "3", None, 1)),
        ("Building 3 top floor, Haitang Garden", Written(("haitang garden",), "", "3", top=True)),
    ],
)
def test_what_people_write_is_understood(text: str, expected: Written) -> None:
    assert read_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海棠苑3栋2单元501", "海棠苑3栋"),
        ("桂香街20号5楼", "桂香街20号"),
        ("玉兰路和锦华路交叉口", "玉兰路和锦华路交叉口"),
        ("3-2-501", "3栋"),
        ("海棠苑3栋顶楼", "海棠苑3栋"),
        ("玉兰路7号2单元501", "玉兰路7号"),
        ("玉兰路7号6层左边那家", "玉兰路7号"),
        ("桂香街13号附1号2楼", "桂香街13号附1号"),
        ("桂香街75-79号3楼", "桂香街75-79号"),
    ],
)
def test_what_neighbours_read_tells_no_door(text: str, expected: str) -> None:
    assert without_door(text) == expected


@pytest.mark.parametrize(
    "typed", ["海棠苑", "海棠", "海堂苑", "海裳苑", "海棠小区", "haitangyuan", "hty", "ht"]
)
def test_a_name_is_known_by_its_spellings(typed: str) -> None:
    assert likeness(typed, "海棠苑") >= LEAST


@pytest.mark.parametrize("typed", ["玉兰苑", "海", "苑", "梅花苑", "hlj", "yuan"])
def test_another_name_is_not_taken_for_it(typed: str) -> None:
    assert likeness(typed, "海棠苑") < likeness("海堂苑", "海棠苑")


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("桂香街19号院3栋旁边车棚", "旁边车棚"),
        ("3栋旁边的车棚", "旁边的车棚"),
        ("玉兰路7号对面", "对面"),
        ("5号楼门口花台", "门口花台"),
        ("桂香街19号院3栋", ""),
        ("3栋702隔壁", ""),
        ("3栋702号隔壁", ""),
        ("3栋隔壁702", ""),
        ("3栋2单元301", ""),
        ("旁边车棚", ""),
    ],
)
def test_what_lies_beside_a_house_stays_with_it_and_no_dwelling(text: str, aside: str) -> None:
    assert beside(text) == aside


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ht", ["海棠小区", "海棠溪", "海棠苑"]),
        ("htx", ["海棠小区", "海棠溪", "海棠苑"]),
        ("htxq", ["海棠小区", "海棠苑"]),
        ("haitx", ["海棠小区", "海棠溪"]),
        ("htxiaoqu", ["海棠小区"]),
        ("htyuan", ["海棠苑"]),
        ("haityuan", ["海棠苑"]),
    ],
)
def test_first_letters_with_pinyin_between_them_name_a_compound(typed: str, meant: list[str]) -> None:
    found = [
        name
        for name in ("海棠小区", "海棠溪", "海棠苑", "和平小区")
        if likeness(typed, name) >= LEAST and set(latin_keys(typed)) & set(keys_of(name))
    ]
    assert found == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("幼儿园正对面", "幼儿园"),
        ("医院斜对面", "医院"),
        ("公园西南角", "公园"),
        ("菜市场口子上", "菜市场"),
        ("学校转角", "学校"),
        ("超市出门左拐", "超市"),
        ("菜市场往东50米", "菜市场"),
        ("玉兰小学北门口", "玉兰小学"),
        ("东门街", "东门街"),
        ("海棠苑东区", "海棠苑东区"),
        ("左边那栋", "左边那栋"),
    ],
)
def test_where_something_is_beside_a_place_is_no_part_of_its_name(text: str, name: str) -> None:
    assert read_address(text).names == (name,)
