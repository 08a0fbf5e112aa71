"""Who says who they are is hidden; whom they speak of, and what only sounds like a name, stays."""

import pytest

from shige.language.masking import withheld


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("我叫王小明", "我叫***"),
        ("本人李四，住在玉兰苑", "本人**，住在玉兰苑"),
        ("我姓赵，有事联系", "我姓*，有事联系"),
        ("我姓王，叫 秀英", "我姓*，叫 **"),
        ("我是 王 秀 英", "我是 * * *"),
        ("孩子叫王子涵，在读三年级", "孩子叫***，在读三年级"),
        ("免贵姓欧阳", "免贵姓**"),
        ("我是张伟，电话13812345678", "我是**，电话***********"),
        ("联系人：刘芳", "联系人：**"),
        ("王小明13812345678", "**************"),
        ("业主陈建国 13912345678", "业主*** ***********"),
        ("户主是周大福", "户主是***"),
        ("我是赵女士", "我是***"),
        ("找李姐，13812345678", "找**，***********"),
        ("电话13812345678，王先生", "电话***********，***"),
        ("叫我小王就行", "叫我**就行"),
        ("我叫小芳，住这里", "我叫**，住这里"),
        ("姓名:何静", "姓名:**"),
        ("My name is Zhang Wei", "My name is ***** ***"),
        ("I am Li Na, living here", "I am ** **, living here"),
        ("I'm Mrs Zhao", "I'm *** ****"),
        ("wo xing zhao", "wo xing ****"),
        ("我的名字叫孙悦", "我的名字叫**"),
        ("本人姓名：许多多", "本人姓名：***"),
        ("反映人：谢军", "反映人：**"),
        ("我叫欧阳娜娜", "我叫****"),
        ("电话13812345678（王女士）", "电话***********（***）"),
        ("李师傅13912345678", "**************"),
        ("署名：吴勇", "署名：**"),
        ("wo jiao wang xiaoming", "wo jiao **** ********"),
        ("业主：钱多多，电话13812345678", "业主：***，电话***********"),
        ("我是老周", "我是**"),
        ("本人姓陈", "本人姓*"),
    ],
)
def test_an_own_name_is_hidden(written: str, hidden: str) -> None:
    assert withheld(written) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "王师傅来修过两次", "那个姓陈的物管态度好", "楼下王婆婆一个人住", "我是高三学生的家长",
        "我是江苏人", "我叫他别吵了", "请写姓名和日期", "百家姓公园", "联系人不接电话", "I am from Chengdu",
        "I am very angry", "本人于上周报修", "业主方便的时候",
        "孩子叫老师批评了", "女儿叫张嘴喝水就哭",
    ],
)  # fmt: skip
def test_whom_they_speak_of_stays(text: str) -> None:
    assert withheld(text) == text
