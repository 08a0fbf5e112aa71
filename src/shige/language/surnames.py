"""Surnames, and the ordinary words that begin like one."""

from typing import Final

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康牛庞殷詹文易樊蓝颜倪柯柳欧甘"
    "施洪季童喻翁章鲁葛翟关焦柴聂辛骆祝岳常齐伍申左管鲍华梅盛霍卓裴解尚游岑冉仇瞿阮舒简敬蒲鄢税青幸蹇晏谯"
)
COMPOUND: Final = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|端木"
SURNAME: Final = rf"(?:{COMPOUND}|[{SURNAMES}])"
_ORDINARY: Final = (
    "高度高空高层高温高压高峰安装安全方便方面方案方式方向任何任务时候周围周边周末白天白色金额金属万一"
    "马上马路石头石板江边雷雨温度史上文明文化易燃单元于是余额严重严格夏天黄色黄线林业水管常年常常经常"
    "关于关系关门解决解释左右左边管理管道管子华丽盛夏尚未游客简单青年施工洪水季节章程向来康复牛奶段时"
    "田里石材陆续夏季江水金融许多程度程序严禁何时何必高兴谢谢舒服童车梅雨辛苦祝福申请申报焦味左转齐全"
    "甘蔗莫名莫要文件武器向上方法白灰石灰温馨毛病贺卡顾客史料龙头雷电侯车段路高新"
)
WORDS: Final = frozenset(_ORDINARY[at : at + 2] for at in range(0, len(_ORDINARY), 2))
"""Words of two characters that begin with a surname."""
