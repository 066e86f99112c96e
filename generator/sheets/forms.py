from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, long, public, text
from ..sheet import PublicRow, sheet

PARTS = ("一支笔", "一个包", "一张图", "一套台账")


@sheet("forms", title="四件套")
class Form(PublicRow):
    """One thing that a micro-grid leader carries (四件套); where it has blanks to be filled in by hand, a form to be printed."""

    id: str = key("编号", example="SJ-03")
    part: str = public(choice(*PARTS), "哪一件", required=True, example="一套台账")
    name: str = public(text, "名称", required=True, example="走访手记")
    number: int = public(count, "序号", example="3", help="网页上按这个数从小到大排")
    about: str = public(long, "做什么用", required=True, help="给居民看的几句话")
    blanks: str = public(
        long,
        "要填的栏",
        help="要打印成空白表才填。一行一栏;要多留地方写“听到的事 6行”,一张纸登记好多件的,写“什么事 3格”;要打勾写“要不要回访:要、不要”",
    )
    rows: int = public(count, "登记几行", example="12", help="一张纸登记好多件事才填,写留几行;一事一张就空着")
    how: str = public(long, "怎么填", help="印在表的下面,一行一条")
    keeping: str = public(text, "谁来保管", example="微网格长随身带,月底交社区档案柜")
    until: str = public(text, "留多久", example="留两年,到期由两人一起销毁")
    since: date = public(day, "哪天起用", required=True, example="2024-03-01")
