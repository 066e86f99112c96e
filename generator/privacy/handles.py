"""What leads to a person without being a number of hers: an e-mail address, an account at WeChat or QQ, the plate of a car.

A parking complaint names the neighbour's car, a notice the volunteer's WeChat: each is personal information (个人信息保护法 §4), and a
complaint or an office's own telephone does without it. Addresses of public bodies and names of public accounts are no person's.
"""

from __future__ import annotations

import re

_LETTER = re.compile("[A-Za-z@]|QQ|扣扣")
_PUBLIC_HOST = r"(?:[\w-]+\.)*(?:gov|edu|org)\.cn"
_EMAIL = re.compile(rf"[A-Za-z0-9][\w.+-]*@(?!{_PUBLIC_HOST}(?![\w.-]))[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.[A-Za-z]{{2,}}", re.ASCII)
# 微信号 begins with a letter, 6–20 letters, digits, - and _; 公众号, 视频号, 小程序 and 群 are nobody's own.
_WECHAT = re.compile(
    r"(?:微信|威信|薇信|WeChat|Weixin|(?<![A-Za-z])(?:VX|WX|V信))(?![^\n:,。;、]{0,4}(?:公众|视频|小程序|群))"
    r"(?:号码?|ID|账号|帐号)?(?:是|为|同名)?[ :：\"“]{0,3}([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
_QQ = re.compile(r"(?:QQ|扣扣)(?!群|[^\n:,。;、]{0,3}群)(?:号码?|账号|帐号)?(?:是|为)?[ :：]{0,3}([1-9]\d{4,10})(?!\d)", re.IGNORECASE)
# GA 36-2018: province, letter of the authority, five characters (six for new energy); I and O are not used, often typed.
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r" ?[A-HJ-NP-Z] ?[·•.\-—・]? ?(?=[A-Z]*\d)(?:[A-Z0-9]{6}|[A-Z0-9]{5}|[A-Z0-9]{4}[学警港澳挂])(?![A-Za-z0-9])"
)
_KINDS = (("email", _EMAIL), ("account", _WECHAT), ("account", _QQ), ("plate", _PLATE))


def handles(plain: str) -> list[tuple[str, str]]:
    """(kind, text) of each that stands in a text in its commonest spelling (NFKC)."""
    if not _LETTER.search(plain):
        return []
    return [(kind, m.group()) for kind, pattern in _KINDS for m in pattern.finditer(plain)]
