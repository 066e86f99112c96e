"""The questions that facts answer, put to pandas: the same rows as frames, nothing but grouping and comparing whole columns.

What somebody would write who knows pandas well and these rows by heart: no object a matter, no reason why, no date that is not
known, no correction, no re-vote. It is what ``facts`` are measured beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from generator.calendar import YearNotCovered, is_workday
from generator.procedures import Procedures
from generator.records import Records
from generator.sheet import PublicRow

ENDS = ("未通过", "不予受理", "撤回")
COLUMNS = {
    "matters": ("id", "raised_on", "due_on", "size", "procedure", "compound"),
    "steps": ("matter", "step", "on", "result", "extended_to", "posted_on", "posted_days", "posted_kind"),
    "resolutions": ("matter", "posted_on", "posted_days", "posted_kind", "result_posted_on", "result_posted_days", "result_posted_kind"),
    "votes": ("matter", "meeting", "rule", "called", "present", "in_favour", "area_total", "area_present", "area_for"),
    "meetings": ("id", "on"),
}  # fmt: skip


@dataclass(frozen=True)
class Frames:
    """The rows as pandas likes them, and what it needs of the procedures and the calendar, as columns too."""

    of: Mapping[str, pd.DataFrame]
    kinds: pd.DataFrame
    limits: pd.DataFrame
    rules: pd.DataFrame
    workdays: np.ndarray


def frames(records: Records, procedures: Procedures, today: date) -> Frames:
    """Made before anything is measured, as the public rows are."""
    steps = [(p.id, s.name, s.kind) for p in procedures.procedures for s in p.steps]
    limits = [(p.id, s.name, s.days) for p in procedures.procedures for s in p.sizes]
    rules = [
        (r.id, r.counted_by == "area_and_heads", *_shares(r.quorum), *_shares(r.majority), r.valid_from or date(1900, 1, 1))
        for r in procedures.rules
    ]
    named = ["rule", "owners", *(f"{t}_{n}" for t in ("q", "m") for n in ("over", "under", "strict", "all")), "from"]
    return Frames(
        {sheet: _frame(records, sheet, names) for sheet, names in COLUMNS.items()},
        pd.DataFrame(steps, columns=["procedure", "step", "kind"]).drop_duplicates(["procedure", "step"]),
        pd.DataFrame(limits, columns=["procedure", "size", "limit"]).drop_duplicates(["procedure", "size"]),
        pd.DataFrame(rules, columns=named).astype({"from": "datetime64[s]"}).sort_values("from"),
        np.array(list(_workdays(today)), dtype="datetime64[s]"),
    )


def _shares(threshold: Any) -> tuple[int, int, bool, bool]:
    return threshold.share.numerator, threshold.share.denominator, threshold.strict, threshold.of == "eligible"


def _frame(records: Records, sheet: str, names: tuple[str, ...]) -> pd.DataFrame:
    rows: Iterable[PublicRow] = (r for of in records.tables.values() for r in of.get(sheet, {}).values())
    frame = pd.DataFrame([(r.community, *(_cell(getattr(r, n)) for n in names)) for r in rows], columns=["community", *names])
    days = {n: "datetime64[s]" for n in names if n == "on" or n.endswith(("_on", "extended_to"))}
    areas = {n: "float64" for n in names if n.startswith("area_")}
    return frame.astype({**days, **areas})


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, date)) else float(value)


def _workdays(today: date) -> Iterable[date]:
    for n in range(-3_000, 1_000):
        day = today + timedelta(days=n)
        try:
            if is_workday(day):
                yield day
        except YearNotCovered:
            return


def figures(given: Frames, today: date) -> dict[str, Any]:
    """Where every matter stands, its publicities and votes, and how long matters took."""
    now = np.datetime64(today, "s")
    stood, in_steps = _standing(given, now)
    ran = pd.concat(
        [
            _ends(given.of["steps"], "posted", given.workdays),
            _ends(given.of["resolutions"], "posted", given.workdays),
            _ends(given.of["resolutions"], "result_posted", given.workdays),
        ]
    )
    running = (ran["start"] <= now) & (ran["end"] >= now)
    took = (stood["solved_on"] - stood["raised_on"]).dt.days
    late = stood["solved_on"] > stood["due"]
    open_for = (now - stood.loc[stood["ended_on"].isna(), "raised_on"]).dt.days
    by_size = took.groupby(stood["size"]).quantile([0.5, 0.9])
    return {
        "matters": len(stood),
        "solved": int(stood["solved_on"].notna().sum()),
        "overdue": int((stood["overdue"] > 0).sum()),
        "running": int(running.sum()),
        "carried": int(_carried(given).sum()),
        "late": int(late.sum()),
        "days": by_size.round(1).to_dict(),
        "ageing": pd.cut(open_for, [-1, 7, 30, 90, 365, 99_999]).value_counts().to_list(),
        "in_steps": in_steps.groupby(["procedure", "step"])["took"].quantile([0.5, 0.9]).to_dict(),
        "by_month": stood.groupby(stood["raised_on"].dt.to_period("M"))["ended"].agg(["size", "count"]).to_dict(),
        "by_compound": stood.groupby(["community", "compound"])["ended"].agg(["size", "count"]).to_dict(),
    }


def _standing(given: Frames, now: np.datetime64) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A row a matter: last step, how many were done, due, days overdue, when it was solved and ended; and days by step done."""
    key = ["community", "id"]
    matters = given.of["matters"].loc[lambda m: m["raised_on"] <= now]
    matters = matters.merge(given.limits, on=["procedure", "size"], how="left")
    steps = given.of["steps"].rename(columns={"matter": "id"}).loc[lambda s: s["on"] <= now]
    steps = steps.merge(matters[[*key, "procedure", "raised_on"]], on=key).merge(given.kinds, on=["procedure", "step"], how="left")
    again = (steps["result"] == "重新办理").groupby([steps["community"], steps["id"]], sort=False).cumsum()
    steps = steps.assign(again=again)
    steps = steps[steps["again"] == steps.groupby(key, sort=False)["again"].transform("max")]
    done = steps["result"] == "完成"
    ends = steps["result"].isin(ENDS)
    solves = done & steps["kind"].isin(["solve", "file"])
    over = steps[ends | solves].drop_duplicates(key)[[*key, "result"]].rename(columns={"result": "ended"})
    grouped = steps.groupby(key, sort=False)
    found = matters.merge(grouped.agg(last=("step", "last"), since=("on", "last"), until=("extended_to", "last")), on=key, how="left")
    found = found.merge(steps[done].groupby(key, sort=False)["step"].nunique().rename("done"), on=key, how="left")
    found = found.merge(steps[solves].groupby(key, sort=False)["on"].first().rename("solved_on"), on=key, how="left")
    found = found.merge(steps[ends].groupby(key, sort=False)["on"].first().rename("ended_on"), on=key, how="left")
    found = found.merge(over, on=key, how="left")
    ended = found["ended"].isin(ENDS)
    found.loc[ended, "solved_on"] = pd.NaT
    found["ended_on"] = found["ended_on"].where(ended, found["solved_on"])
    due = found["raised_on"] + pd.to_timedelta(found["limit"], unit="D")
    found["due"] = found["until"].fillna(found["due_on"]).fillna(due)
    found["overdue"] = (now - found["due"]).dt.days.where(found["ended_on"].isna(), 0)
    finished = steps[done]
    before = finished.groupby(key, sort=False)["on"].shift().fillna(finished["raised_on"])
    return found, finished.assign(took=(finished["on"] - before).dt.days)


def _ends(frame: pd.DataFrame, prefix: str, workdays: np.ndarray) -> pd.DataFrame:
    """The first and last day of each publicity: calendar days rolled on to a working day, or so many working days."""
    found = frame[[f"{prefix}_on", f"{prefix}_days", f"{prefix}_kind"]].dropna().set_axis(["start", "days", "kind"], axis=1)
    start, days = found["start"].to_numpy(), found["days"].to_numpy().astype("int64")
    rolled = np.searchsorted(workdays, start + days.astype("timedelta64[D]"), "left")
    worked = np.searchsorted(workdays, start, "right") + days - 1
    at = np.where(found["kind"] == "工作日", worked, rolled)
    return found.assign(end=workdays[np.minimum(at, len(workdays) - 1)])


def _carried(given: Frames) -> pd.Series:
    """Whether each vote was carried, by whole numbers; areas, which pandas has as floats, by those."""
    meetings = given.of["meetings"].rename(columns={"id": "meeting", "on": "met_on"})
    matters = given.of["matters"].rename(columns={"id": "matter"})[["community", "matter", "raised_on"]]
    votes = given.of["votes"].merge(meetings, on=["community", "meeting"], how="left")
    votes = votes.merge(matters, on=["community", "matter"], how="left")
    votes = votes.assign(day=votes["met_on"].fillna(votes["raised_on"])).dropna(subset="day").sort_values("day")
    votes = pd.merge_asof(votes, given.rules, left_on="day", right_on="from", by="rule")
    heads = _met(votes, "q", "present", "called", "present") & _met(votes, "m", "in_favour", "called", "present")
    areas = _met(votes, "q", "area_present", "area_total", "area_present") & _met(
        votes, "m", "area_for", "area_total", "area_present"
    )
    return heads & (areas | ~votes["owners"].eq(True))


def _met(votes: pd.DataFrame, test: str, part: str, eligible: str, present: str) -> pd.Series:
    whole = votes[eligible].where(votes[f"{test}_all"].eq(True), votes[present])
    got, bar = votes[part] * votes[f"{test}_under"], whole * votes[f"{test}_over"]
    return (whole > 0) & ((got > bar) | (~votes[f"{test}_strict"].eq(True) & (got == bar)))
