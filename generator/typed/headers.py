"""What stands over a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..columns import clean
from .figures import SCALES
from .names import HAN
from .said import Said, fold, whole, words


@dataclass(frozen=True, slots=True)
class Header:
    """A column's title. ``unit``: the bare unit in it (元, 人, 平方米, %), ``scale``: by what its numbers must be
    multiplied to be in that unit (10000 for 万元). ``starred``: marked as required. ``notes``: other words in brackets
    that say how to fill it in."""

    title: str
    unit: str = ""
    scale: int = 1
    starred: bool = False
    notes: tuple[str, ...] = ()


_UNITS = words(
    "元 圆 人民币 人 名 位 户 家 个 件 份 次 人次 户次 天 日 月 个月 年 岁 周岁 小时 分钟 台 盏 套 间 处 栋 幢 座 层 辆 张 场 期 票 "
    "项 条 只 棵 本 米 m 平方米 平米 ㎡ m² m2 亩 公里 千米 公斤 千克 吨 度 % ‰"
)
_SAME = {"圆": "元", "人民币": "元", "平米": "平方米", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "m": "米"}
_BRACKETS = re.compile(r"\s*[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]\s*")
_STARS = re.compile(r"[*✱✲※★☆﹡⁎∗]+")
_REQUIRED = re.compile(r"必填项?|必须填写?|必选")
_NOTE = re.compile(
    r"选填|可不填|可空|可选|单选|多选|下拉.*|填.*|请.*|如.*|例.*|格式.*|年.?月.?日|[Yy]{4}.*|是[/或、]否|写.*|精确.*|保留.*|不公开|公开|保密|自动.*|勿.*|不要.*|.*填写.*"
)
_NOT = r"不[宜可能许准得]?|勿|别|未|非|无需|禁止?|严禁"
_OUT = r"(?:要|得|能|可|便|对|向|往|在|外|居民|群众|网|上|给|再|随意|擅自|进行|予以?|做|作)*"
_SHUT = re.compile(
    rf"(?<!是否)(?<!如)(?<!如果)(?<!若)(?<![或/、要能可])(?:{_NOT}){_OUT}(?:公开|公布|公示|发布|发表|展示|外传|外泄|泄露|传播|对外|上网|上墙)"
    r"(?!的?请?(?:选|填|写|打|原因|理由|依据))|保密|私密|机密|秘密|涉密|隐私|内部(?!位置|结构|设施|道路|编号)|自[用留]"
    r"|(?:仅|只)(?:限|供|给|由|在|对)?.*(?:使用|掌握|可见|可看|查看|看|知道|知悉|参考)",
)
_PREFIX = re.compile(r"(?:单位|计量单位)[:：]? ?")
_TAIL = re.compile(r"(.+?) ?[/:|] ?(?:单位:? ?)?([^/:|]+)")
_SIGN = re.compile(r"(.+?)(㎡|m²|%|‰)")
_HAN_SPACE = re.compile(
    rf"(?<=[{HAN}(（)）]) +(?=[{HAN}(（)）])|(?<=[{HAN}]) +(?=[A-Za-z\d])|(?<=[A-Za-z\d]) +(?=[{HAN}])"
)


def unit(text: str) -> tuple[str, int] | None:
    """万元 → (元, 10000); None for what is no unit."""
    if text in ("千", "万", "亿"):
        return "", SCALES[text]
    text = _PREFIX.sub("", text.strip(), count=1).strip()
    for scale in sorted(SCALES, key=len, reverse=True):
        bare = text.removeprefix(scale)
        if text.startswith(scale) and bare in _UNITS:
            return _SAME.get(bare, bare), SCALES[scale]
    return None


def shuts(note: str) -> bool:
    """Whether a note at a title says that the column is not for the public: 不公开, 请勿公开, 保密, 仅内部使用.

    是否公开, 不公开的请填“否” and the like say how to fill it in.
    """
    return _SHUT.search(re.sub(r"\s", "", fold(note))) is not None


@lru_cache(maxsize=4096)
def header(text: str) -> Said[Header]:
    """A header as typed → title, unit and scale: ``金额（元）*`` → 金额, 元; ``花费(万元)`` → 花费, 元, 10000.

    Spaces and line ends inside Chinese, stars and a colon at the end do not belong to the title. Brackets that are
    neither unit nor advice stay in it: 姓名(代表). An empty cell gives an empty title. Raises ``Bad('text-garbled')``.
    """
    whole(text)
    plain = re.sub(" +", " ", fold(clean(text))).strip()
    starred = bool(_STARS.search(plain))
    plain = _STARS.sub("", plain)
    found: tuple[str, int] | None = None
    notes: list[str] = []
    for m in list(_BRACKETS.finditer(plain)):
        parts = [p for p in re.split(r" ?[,;、] ?", m[1].strip()) if p]
        units = [unit(p) for p in parts if unit(p)]
        if found is None and len(units) == 1:
            found = units[0]
            parts = [p for p in parts if not unit(p)]
            notes += [p for p in parts if not _REQUIRED.fullmatch(p)]
        elif _NOTE.fullmatch(m[1].strip()) or shuts(m[1]):
            notes.append(m[1].strip())
        elif not all(_REQUIRED.fullmatch(p) for p in parts):
            continue
        starred = starred or any(_REQUIRED.fullmatch(p) for p in parts)
        plain = plain.replace(m.group(), " ", 1)
    plain = _HAN_SPACE.sub("", re.sub(" +", " ", plain).strip(" :;,。、"))
    tail = _TAIL.fullmatch(plain)
    if tail and found is None and unit(tail[2]):
        plain, found = tail[1].strip(), unit(tail[2])
    sign = _SIGN.fullmatch(plain)
    if sign and found is None:
        plain, found = sign[1].strip(), unit(sign[2])
    name, scale = found or ("", 1)
    return Said(Header(plain, name, scale, starred, tuple(notes)))
