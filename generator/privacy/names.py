"""Names: which texts are whole personal names, and how they are masked (张三 → 张*)."""

from __future__ import annotations

import re

# What a cell that names a group, not a person, is made of: 3号楼部分居民, 康华园5、8号楼部分居民, 居民代表12人联名.
_GROUP = re.compile(
    r"居民|业主|住户|家长|商户|志愿者|网格员|网格|小组|支部|总支|党委|委员会|协商会|公司|部门|社区|学生|党员|匿名|家庭"
    r"|老人|租户|家属|互助"
)
_WORDS = re.compile(
    r"单元|号楼|代表|联名|来电|来访|来信|热线|走访|发现|反映|提出|提议|投信|部分|全体|多名|多位|几名|几位|几户|一名|一位"
    r"|一户|常住|周边|高层|高龄|康养|中心|服务|双职工|值班|女士|先生|师傅|大爷|大妈|阿姨|同志|物业|[东南西北]区|以及|等"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:小区|花园|家园|家属院|公寓|[园苑里院城府湾庄村巷街路])")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹柏章苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐"
    "费薛雷贺倪汤滕罗毕郝安常傅康余元顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江颜郭梅林徐邱骆高夏蔡田樊"
    "胡霍虞万柯管卢莫丁邓洪包石崔吉龚程邢裴陆翁段侯谷车宁武刘龙叶白蒲邸赖乔闻党翟谭申桑桂牛边燕尚温庄柴瞿阎充习艾向古易"
    "廖耿匡文聂勾敖冷辛简饶曾关查盖纳哈撒海岳买者锁拜妥虎丛佟肖闫单"
)
# Already masked: 张*, 张*三, 张某, 张某某. Not 张三*, which hides nothing.
_MASKED = re.compile(rf"(?<![{_SURNAMES}])[\u4e00-\u9fff](?:\*+[\u4e00-\u9fff]?|某+)")
_NAME = re.compile(
    rf"(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|夏侯|皇甫|慕容|令狐)[\u4e00-\u9fff]{{1,2}}",
)


def _mask_part(part: str) -> str:
    if len(part) < 2:
        return "*"
    if len(part) == 2:
        return part[0] + "*"
    return part[0] + "*" * (len(part) - 2) + part[-1]


def _mask_name(name: str) -> str:
    for dot in "·•・":
        if dot in name:
            return "·".join(_mask_part(p.strip()) for p in name.split(dot))
    return _mask_part(name)


def _names(value: str) -> list[str]:
    """The whole names in a name cell; the cell itself when nothing says that it is not one name."""
    rest = _MASKED.sub("|", value)
    if rest == value and not _GROUP.search(value):
        return [value] if value.strip("* ") else []
    for pattern in (_PLACE, _GROUP, _WORDS):
        rest = pattern.sub("|", rest)
    pieces = [p.strip("*") for p in re.split(r"[^\u4e00-\u9fff*]+", rest)]
    apart = [q for p in pieces for q in ([p] if _NAME.fullmatch(p) else re.split("[和与及]", p))]  # 王和平; 张三和李四
    return [p for p in apart if _NAME.fullmatch(p)]


def is_named(value: str) -> bool:
    """Whether a name cell shows a whole personal name.

    Not so: masked names (张*三, 王某), groups (3号楼部分居民). Still so: a name beside a group's word (居民张三).
    """
    return bool(_names(value))


def whole_names(value: str) -> tuple[str, ...]:
    """The whole personal names in a name cell: 居民张三 → 张三; none in a masked name or a group."""
    return tuple(_names(value))


def mask(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧**三, 居民张三 → 居民张*; names with · are masked part by part."""
    for whole in _names(name) or [name]:
        name = name.replace(whole, _mask_name(whole))
    return name
