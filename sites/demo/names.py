"""Invented place names in Chinese and pinyin; none is taken from a list of real places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

_FIRST = (
    "青qing 石shi 龙long 凤feng 白bai 黄huang 金jin 银yin 双shuang 大da 小xiao 上shang 下xia "
    "东dong 西xi 南nan 北bei 新xin 高gao 长chang 清qing 桃tao 杏xing 梅mei 竹zhu 松song 枫feng "
    "柳liu 杨yang 槐huai 樟zhang 栗li 茶cha 莲lian 荷he 云yun 月yue 泉quan 仙xian 古gu 官guan "
    "马ma 鹿lu 羊yang 鹤he 燕yan 兰lan 桐tong 梓zi 漆qi 丰feng 永yong 安an 太tai 平ping 和he "
    "兴xing 宝bao 玉yu 紫zi 碧bi 沙sha 芦lu 菱ling 榆yu 桂gui 檀tan 葛ge 蒲pu 鲍bao 关guan 汤tang "
    "洪hong 枣zao 七qi 三san 九jiu 五wu 八ba"
)
_LAST = (
    "溪xi 桥qiao 塘tang 冲chong 湾wan 山shan 河he 岭ling 坡po 坝ba 店dian 铺pu 集ji 岗gang 庙miao "
    "埠bu 圩wei 畈fan 垄long 坳ao 洼wa 坪ping 庄zhuang 墩dun 渡du 港gang 湖hu 井jing 坎kan "
    "林lin 峰feng 源yuan 泉quan 坊fang 桠ya 涧jian 潭tan 沟gou 口kou 寨zhai"
)
_TOWN_LAST = (
    "溪xi 桥qiao 塘tang 湾wan 河he 岭ling 坝ba 店dian 铺pu 集ji 岗gang 埠bu 畈fan 渡du 港gang "
    "湖hu 源yuan 泉quan 涧jian 庙miao 冲chong 峰feng"
)
_SURNAMES = (
    "张zhang 王wang 李li 赵zhao 陈chen 刘liu 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he "
    "郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 程cheng 曹cao "
    "袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lü 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei "
    "薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang "
    "石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 崔cui 康kang 毛mao 邱qiu 秦qin "
    "江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 雷lei 钱qian 汤tang 尹yin 黎li "
    "易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen 陶tao 查zha 储chu 章zhang 倪ni 柯ke 项xiang"
)
_HAMLET_LAST = (
    "家湾 jiawan|家冲 jiachong|家畈 jiafan|家老屋 jialaowu|大屋 dawu|家岗 jiagang|家庄 jiazhuang|"
    "小庄 xiaozhuang|家桥 jiaqiao|家圩 jiawei|家墩 jiadun|家洼 jiawa|家坳 jia'ao|家店 jiadian|"
    "新屋 xinwu|家山 jiashan|家坪 jiaping|家塘 jiatang|郢 ying|小湾 xiaowan|家楼 jialou|家坡 jiapo"
)
_SIDES = "上shang 下xia 前qian 后hou 东dong 西xi 大da 小xiao 里li 外wai 老lao 新xin"
_VOWELS = "aeo"


class Name(NamedTuple):
    """A name in Chinese and in pinyin, without the word for what it is."""

    zh: str
    en: str


def _pairs(table: str) -> list[Name]:
    return [Name(item[0], item[1:]) for item in table.split()]


FIRST, LAST, TOWN_LAST = _pairs(_FIRST), _pairs(_LAST), _pairs(_TOWN_LAST)
SURNAMES, SIDES = _pairs(_SURNAMES), _pairs(_SIDES)
HAMLET_LAST = [Name(*item.split(" ")) for item in _HAMLET_LAST.split("|")]


def joined(*parts: Name) -> Name:
    """Write syllables together as pinyin rules ask: Ping'an, not Pingan."""
    en = parts[0].en
    for part in parts[1:]:
        en += f"'{part.en}" if part.en[0] in _VOWELS else part.en
    return Name("".join(part.zh for part in parts), en.capitalize())


@dataclass
class NameGiver:
    """Draws names that have not been given yet within the same scope."""

    rng: np.random.Generator
    given: dict[str, set[str]] = field(default_factory=dict)

    def _of(self, table: list[Name]) -> Name:
        return table[int(self.rng.integers(len(table)))]

    def _fresh(self, scope: str, draw: str) -> Name:
        taken = self.given.setdefault(scope, set())
        for _ in range(2_000):
            name = getattr(self, draw)()
            if name.en not in taken and name.zh[0] != name.zh[-1]:
                taken.add(name.en)
                return Name(*name)
        raise RuntimeError(f"no {draw} left in {scope}")

    def _town(self) -> Name:
        return joined(self._of(FIRST), self._of(TOWN_LAST))

    def _village(self) -> Name:
        if self.rng.random() < 0.22:
            return joined(self._of(SURNAMES), self._of(HAMLET_LAST[:8]))
        return joined(self._of(FIRST), self._of(LAST))

    def _hamlet(self) -> Name:
        draw = self.rng.random()
        if draw < 0.62:
            return joined(self._of(SURNAMES), self._of(HAMLET_LAST))
        if draw < 0.85:
            return joined(self._of(FIRST), self._of(LAST))
        return joined(self._of(SIDES), self._of(SURNAMES), self._of(LAST))

    def town(self) -> Name:
        """A town's name, new in the whole run."""
        return self._fresh("places", "_town")

    def village(self) -> Name:
        """A village's name, new in the district."""
        return self._fresh("places", "_village")

    def hamlet(self, township: str) -> Name:
        """A natural village's name, new in its township."""
        return self._fresh(township, "_hamlet")


HOME = Name("岚川", "Lanchuan")
_SYLLABLES = (
    "岚lan 澜lan 庐lu 芷zhi 泾jing 汐xi 峦luan 岫xiu 溧li 淳chun 澄cheng 翠cui 霁ji 麓lu 泓hong "
    "沅yuan 桢zhen 琅lang 皓hao 璟jing"
)
_ENDINGS = "川chuan 陵ling 原yuan 宁ning 阳yang 州zhou 江jiang 城cheng 浦pu 台tai"


def district_name(index: int) -> Name:
    """The name of the district (or city) with this index; index 0 is the home district."""
    if index == 0:
        return HOME
    first, last = _pairs(_SYLLABLES), _pairs(_ENDINGS)
    step = index * 37 % (len(first) * len(last))
    return joined(first[step % len(first)], last[(step // len(first) + step) % len(last)])
