"""Names: which texts are whole personal names, and how they are masked (张三 → 张*)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# What a cell that names a group, not a person, is made of: 3号楼部分居民, 康华园5、8号楼部分居民, 居民代表12人联名.
_GROUP = re.compile(
    r"居民|业主|住户|家长|商户|志愿者|网格[员长]?|小组|支部|总支|党委|委员会|协商会|公司|部门|社区|学生|党员|匿名|家庭"
    r"|老人|租户|家属|互助"
)
_WORDS = re.compile(
    r"单元|号楼|代表|联名|来电|来访|来信|热线|走访|发现|反映|提出|提议|投信|部分|全体|多名|多位|几名|几位|几户"
    r"|(?<![^\W\d_])一[名位户]|转办|转交|常住|周边|高层|高龄|康养|中心|服务|双职工|值班|女士|先生|师傅|大爷|大妈|阿姨|同志|物业|[东南西北]区|以及|等"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:小区|花园|家园|家属院|公寓|[园苑里院城府湾庄村巷街路])(?:小区)?")
# Beside a name, and never part of one: where somebody lives, how many they are, whose they are, how they are called.
_LETTER = r"[^\W\d_]"
_HAN_NUMBER = rf"(?:(?<!{_LETTER})|(?<=[园楼区里院苑街路元号]))[一二两三四五六七八九十百]+"  # not of 李一栋
_NUMBER = rf"(?:\d+|(?<![A-Za-z])[A-Za-z](?=座)|{_HAN_NUMBER})"
_KIN = (
    r"母亲|父亲|妈妈|爸爸|爱人|妻子|丈夫|老伴|儿子|女儿|孙子|孙女|外孙女|外孙|子女|儿媳妇|儿媳|女婿|姐姐|妹妹|哥哥|弟弟|奶奶|爷爷|姥姥"
    r"|姥爷|外婆|外公|家人|亲属|亲戚|邻居|夫妇|夫妻|夫人|太太|侄子|侄女|外甥女|外甥|保姆|监护人|全家|一家人|一家|两家|本人"
)
_CALLED = (
    r"老师|书记|主任|医生|大夫|护士|律师|警官|民警|老板|经理|大叔|大娘|大姐|大哥|大嫂|叔叔|伯伯|婶婶|女士|先生|小姐|师傅|大爷|大妈"
    r"|阿姨|同志|楼长|楼栋长|单元长|网格长|管家|组长|队长|店主|店长|户主|房东|委员|干部|代表|代办"
)
_TITLED = rf"的?(?:{_KIN})|之[子女妻夫母父]|{_CALLED}|等"
_BESIDE = re.compile(
    rf"{_NUMBER}(?:号楼|号院|单元|栋|幢|座|楼|层|门|室|号|期|组|区|#)|{_NUMBER}多?[人户位名]"
    rf"|等[\d一二两三四五六七八九十百]+多?[人户位名]|{_TITLED}"
)
_TITLES = (*_KIN.split("|"), *_CALLED.split("|"), "之子", "之女", "之妻", "之夫", "之母", "之父", "等", "等人")
_NUMBERED = re.compile(rf"{_HAN_NUMBER}(?:号|单元|栋|幢|座|楼|层|人|户)")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹柏章苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐"
    "费薛雷贺倪汤滕罗毕郝安常傅康余元顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江颜郭梅林徐邱骆高夏蔡田樊"
    "胡霍虞万柯管卢莫丁邓洪包石崔吉龚程邢裴陆翁段侯谷车宁武刘龙叶白蒲邸赖乔闻党翟谭申桑桂牛边燕尚温庄柴瞿阎充习艾向古易"
    "廖耿匡文聂勾敖冷辛简饶曾关查盖纳哈撒海岳买者锁拜妥虎丛佟肖闫单于路满"
)
_RARE = "缑郏窦邬娄童刁钟昝裘缪宗贲郁杭嵇翁荀甄曲芮储靳糜焦隗宓郗仇栾詹郜黎蓟卓蔺屠胥苍莘鄢逄亓禚晏冶冼邝佘仝尉鞠"
_DOUBLE = "欧阳|司马|上官|诸葛|夏侯|皇甫|慕容|令狐"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff〇]"
# Already masked: 张*, 张*三, **三, 张某, 张某某, 欧阳*三. Not 张三*, 张小* or *张三, which hide nothing.
_MASKED = re.compile(
    rf"(?<![^\W\d_和与及跟])(?<!\*)(?:(?:{_DOUBLE}|{_LETTER})?某+(?:{_HAN}(?!{_LETTER}))?"
    rf"|(?:{_DOUBLE}|{_LETTER})\*+(?:{_LETTER}(?!\*))?|\*+(?:{_LETTER}(?!\*))?(?!{_LETTER}))"
)
_NAME = re.compile(rf"(?:(?:{_DOUBLE})|[{_SURNAMES}{_RARE}]){_HAN}{{1,2}}")
_AT_THE_END = re.compile(  # 工作者张三; of surnames that begin few other words
    rf"(?:{_DOUBLE}|[王李张刘陈杨赵吴徐孙朱郭罗宋郑谢韩唐冯董萧曹袁邓傅沈彭吕卢蒋蔡贾丁魏薛阎潘戴钟汪姜哈]|马(?![路上])){_HAN}{{1,2}}$"
)
_DOTS = "·•・"
_FOREIGN_NAME = re.compile(r"[A-Z][a-z]+")  # among words; VIP and APP are none
_PIECE = re.compile(rf"(?:{_LETTER}|\*)(?:{_LETTER}|[*'’]| ?[{_DOTS}] ?(?=[^\W\d_]|\*))*")
_ONE_WORD = re.compile(rf"{_HAN}{{2,4}}")
# 张 三, as it is written to stand even with 张小三; and 张、三.
_SPACED = re.compile(
    rf"(?<!{_LETTER}){_HAN}(?P<gap>(?:(?![*{_DOTS}|\0])[\W\d_]){{1,3}}){_HAN}(?:(?P=gap){_HAN}){{0,2}}(?!{_LETTER}|\*)"
)


def _mask_part(part: str) -> str:
    if len(part) < 2:
        return "*"
    if len(part) == 2:
        return part[0] + "*"
    return part[0] + "*" * (len(part) - 2) + part[-1]


def _mask_name(name: str) -> str:
    if _SPACED.fullmatch(name):
        letters = iter(_mask_part(re.sub(r"[\W\d_]", "", name)))
        return re.sub(_LETTER, lambda _: next(letters), name)
    if any(dot in name for dot in _DOTS):
        return "·".join(_mask_part(p.strip()) for p in re.split(f"[{_DOTS}]", name))
    return _mask_part(name)


def _is_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None or _FOREIGN_NAME.fullmatch(word) is not None


def _among(piece: str) -> Iterator[str]:
    """The names in a run of letters that may be no name: 张三, 张三和李四, 王和平和李四, 张三李四, 张小三诉求, 买买提·阿不都."""
    if any(dot in piece for dot in _DOTS) or _is_name(piece):
        yield piece
        return
    bare = piece.strip("和与及跟")
    if _is_name(bare):
        yield bare
        return
    for join in re.finditer("[和与及跟]", piece):
        left, right = piece[: join.start()], piece[join.end() :]
        if _is_name(left) or _is_name(right):  # 王和平, 张三和李四
            yield from _among(left)
            yield from _among(right)
            return
    found = _NAME.match(piece) or _AT_THE_END.search(piece)
    if found:
        yield from _names_in_row(piece) or [found.group()]


def _names_in_row(piece: str) -> list[str]:
    """张三李四 → 张三, 李四; nothing if it is not made up of names."""
    for size in (2, 3, 4):
        head, tail = piece[:size], piece[size:]
        if _NAME.fullmatch(head) and (not tail or _names_in_row(tail)):
            return [head, *(_names_in_row(tail) if tail else [])]
    return []


def _pieces(text: str) -> Iterator[str]:
    for m in _PIECE.finditer(text):
        piece = m.group().strip("*'’")
        if piece.strip(f"*{_DOTS} "):
            yield piece


def _split(piece: str) -> list[str]:
    """张三和李四 → 张三, 李四; the whole piece if that leaves anything of it open."""
    if any(dot in piece for dot in _DOTS) or _SPACED.fullmatch(piece):
        return [piece]
    found = list(_among(piece))
    return found if "".join(found) in (piece, re.sub("[和与及跟]", "", piece)) else [piece]


def _alone(value: str) -> list[str]:
    """The names in a cell in which nothing speaks of a group: whatever is not beside a name in such cells."""
    bare = value.strip()
    if _ONE_WORD.fullmatch(bare) and not _titled(bare):
        return [bare]
    if len(bare) == 1:
        return [bare] if re.fullmatch(_LETTER, bare) else []
    rest = _BESIDE.sub("|", value)
    return [m.group() for m in _SPACED.finditer(rest)] + [
        name for p in _pieces(rest) if len(p) > 1 and not _said(p) for name in _split(p)
    ]


def _titled(word: str) -> bool:
    """Whether a short word is more than a name: 张阿姨, 三号楼."""
    return word.endswith(_TITLES) or _NUMBERED.match(word) is not None


def _said(piece: str) -> bool:
    """Whether a piece is rather how the matter came in (12345热线) than whose it is."""
    return _WORDS.fullmatch(piece) is not None and not _NAME.fullmatch(piece)


@lru_cache(maxsize=1 << 14)  # a cell is asked for more than once on its way
def _names(value: str) -> tuple[str, ...]:
    """The whole names in a name cell; the cell itself when nothing says that it is not one name."""
    return () if _MASKED.fullmatch(value) else tuple(_found(value))


def _found(value: str) -> list[str]:
    group = _GROUP.search(value) is not None
    if not group and _ONE_WORD.fullmatch(value) and not _titled(value) and "某" not in value:
        return [value]
    if not group and not _MASKED.search(_BESIDE.sub("|", value)):
        return _alone(value)
    rest = value
    for pattern in (_PLACE, _GROUP, _BESIDE, _WORDS, _MASKED):
        rest = pattern.sub("|" if pattern is not _MASKED else "\0", rest)
    found = [m.group() for m in _SPACED.finditer(rest) if _NAME.fullmatch(re.sub(r"[\W\d_]", "", m.group()))]
    for m in _PIECE.finditer(rest):
        piece = m.group().strip("*'’")
        if rest[m.end() : m.end() + 1] == "\0" and piece[-1:] in tuple("和与及跟") and _is_name(piece[:-1]):
            piece = piece[:-1]  # 王五和张*
        apart = not group and rest[m.start() - 1 : m.start()] != "\0"  # 张*、缑小三, but not 张*转交
        found += (_split(piece) if len(piece) > 1 else []) if apart else _among(piece)
    return found


# Beside a group's word, and plainly no name.
_PLAIN = re.compile(
    r"小区|花园|家园|家属院|公寓|大院|院里|院内|楼上|楼下|本楼|全楼|整栋|附近|门口|沿街|临街|广场|街道|商铺|门店|商家|店铺|摊主|租客|房客|车主|养犬|养狗"
    r"|意见|征求|卡片|信箱|未署名|署名|共同|联合|集体|各位|大家|群众|青年|妇女|儿童|孩子|少年|老年|年轻|残疾|退役|军人|职工|教师|医生|退休|在职|新婚|独居"
    r"|低保|困难|特困|舞队|舞蹈|棋友|牌友|队员|队长|爱好者|成员|会员|委托|转交|反馈|电话|微信|群里|群内|热线|转办|投诉|咨询|求助|建议|提议"
    r"|家长|学生|幼儿|小学|中学|学校|单位|机关|企业|银行|超市|食堂|餐馆|饭店|早餐|菜店|公众|市民|游客|访客|邻居|街坊|左邻右舍|上下|相邻|两侧|南侧|北侧|东侧|西侧"
    r"|第?[一二三四五六七八九十百]+(?:个|网格|小组|支部|栋|幢|单元|楼|户|人|位|名|次|张|封|条)|坐轮椅|腿脚不便|行动不便"
)


def doubtful(value: str, places: Iterable[str] = ()) -> list[str]:
    """In a name cell that shows no name for sure: what may be one all the same, of two to four Han characters that are
    neither a group's word nor a place. ``places``: what places here are called.

    居民代表刘小路 looks like a street, 居民迪丽热巴 like nothing we know: without consent neither may be shown.
    """
    rest = value
    for place in sorted({p for p in places if len(p) > 1}, key=len, reverse=True):
        rest = rest.replace(place, "|")
    for pattern in (_MASKED, _GROUP, _BESIDE, _WORDS, _PLAIN):
        rest = pattern.sub("|", rest)
    pieces = (m.group().strip("和与及跟的") for m in re.finditer(rf"{_HAN}+", rest))
    return [p for p in pieces if 3 <= len(p) <= 4 or (len(p) == 2 and p[0] in _SURNAMES + _RARE)]


def looks_named(word: str) -> bool:
    """Whether a word is a surname and one or two characters, as most names are."""
    return _is_name(word)


def is_named(value: str) -> bool:
    """Whether a name cell shows a whole personal name.

    Not so: masked names (张*三, 王某), groups (3号楼部分居民). Still so: a name beside a group's word (居民张三).
    """
    return bool(_names(value))


def whole_names(value: str) -> tuple[str, ...]:
    """The whole personal names in a name cell: 居民张三 → 张三; none in a masked name or a group."""
    return _names(value)


def mask(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧**三, 居民张三 → 居民张*, 3号楼张小三 → 3号楼张*三; names with · are masked
    part by part. What shows no whole name stays as it is, and nothing that comes out shows one.
    """
    while whole := _names(name):
        for one in sorted(whole, key=len, reverse=True):
            hidden = _mask_name(one)
            name = name.replace(one, hidden if hidden != one else "*" * len(one))
    return name
