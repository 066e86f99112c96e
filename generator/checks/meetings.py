"""Meetings and what was resolved at them. Which rule governs a kind of meeting is the rule's to say (``Rule.meetings``)."""

from __future__ import annotations

from ..facts.ballots import later_votes, vote_day
from ..facts.decisions import AreaMissing, decide, tally_of
from ..procedures import Rule
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.votes import Vote
from .given import Found, Given, say


def meetings_sound(given: Given) -> Found:
    """Attendance is possible and enough for what was carried, and people were told in time (e.g. 居民会议: 10 days)."""
    for community in given.communities:
        for meeting in given.records.rows(community, Meeting):
            rules = given.procedures.rules_for(meeting.kind, meeting.on, community)
            if meeting.present > meeting.called:
                yield say(meeting, "present", "meeting-present", present=meeting.present, called=meeting.called)
            else:
                yield from _attendance(given, meeting, rules)
            yield from _notice(meeting, rules)


def _notice(meeting: Meeting, rules: tuple[Rule, ...]) -> Found:
    """The start day not counted (民法典 §201), so many days lie between notice and meeting as their dates differ by."""
    need = max((r.notice_days or 0 for r in rules), default=0)
    if meeting.notice_on and meeting.notice_on > meeting.on:
        yield say(meeting, "notice_on", "meeting-notice-after", on=str(meeting.on))
    elif meeting.notice_on and (days := (meeting.on - meeting.notice_on).days) < need:
        params = {"kind": meeting.kind, "on": str(meeting.on), "notice": str(meeting.notice_on)}
        yield say(meeting, "notice_on", "meeting-notice", holds=False, days=days, need=need, **params)


def _attendance(given: Given, meeting: Meeting, rules: tuple[Rule, ...]) -> Found:
    """A meeting that too few came to decided nothing. Where its votes say so by their own figures, they are enough."""
    if _in_vain(given, meeting) and _carried(given, meeting):
        rule = rules[0]
        need = {"share": rule.words.quorum_share, "least": rule.quorum.least(meeting.called), "kind": meeting.kind}
        yield say(meeting, "present", "meeting-quorum", holds=False, called=meeting.called, **need)


def _in_vain(given: Given, meeting: Meeting) -> bool:
    """Whether fewer came than any rule for this kind of meeting asks for."""
    rules = given.procedures.rules_for(meeting.kind, meeting.on, meeting.community)
    return bool(rules) and not any(r.quorum.met(meeting.present, meeting.called) for r in rules)


def _carried(given: Given, meeting: Meeting) -> bool:
    """Whether by the other rows something was decided at a meeting: a vote that passed, or a resolution without one."""
    votes = given.records.by(meeting.community, Vote, "meeting", meeting.id)
    resolutions = given.records.by(meeting.community, Resolution, "meeting", meeting.id)
    standing = (v for v in votes if not later_votes(given.records, v))
    return any(not r.vote for r in resolutions) or any(_passed(given, v, meeting) for v in standing)


def _passed(given: Given, vote: Vote, meeting: Meeting) -> bool:
    """Whether a vote passed by its own figures, by a rule that governs its meeting."""
    rule = given.procedures.rule(vote.rule, meeting.on)
    if rule is None or meeting.kind not in rule.meetings:
        return False
    try:
        return decide(tally_of(vote), rule).passed
    except AreaMissing:
        return False


def votes_of_their_meeting(given: Given) -> Found:
    """A vote is by a rule for motions: one that governs its kind of meeting, else one of its matter's procedure.

    A rule that is tied to no kind of meeting does not take the place of the rule that governs it.
    """
    removed = {(r.community, r.id) for r in given.records.removed if r.sheet == "meetings"}
    for community in given.communities:
        for vote in given.records.rows(community, Vote):
            on = vote_day(given.records, given.procedures, vote)
            rule = given.procedures.rule(vote.rule, on) if on else None
            meeting = given.records.get(community, Meeting, vote.meeting)
            if rule and rule.community not in ("", community):
                continue  # told as another community's
            if rule and rule.decides == "persons":
                yield say(vote, "rule", "vote-rule-persons", title=rule.title)
            elif rule and meeting:
                yield from _of_meeting(given, vote, rule, meeting)
            elif rule and (not vote.meeting or (community, vote.meeting) in removed):
                yield from _of_matter(given, vote, rule)


def _of_meeting(given: Given, vote: Vote, rule: Rule, meeting: Meeting) -> Found:
    own = given.procedures.rules_for(meeting.kind, meeting.on, meeting.community)
    if meeting.kind in rule.meetings:
        return
    if not own and not rule.meetings:
        yield from _of_matter(given, vote, rule)
        return
    code = "vote-rule-meeting" if own else "vote-rule-no-vote"
    code = code if rule.meetings else "vote-rule-other"
    rules, kinds = "、".join(f"{r.id}({r.title})" for r in own), "、".join(rule.meetings)
    yield say(vote, "rule", code, kind=meeting.kind, title=rule.title, kinds=kinds, rules=rules)


def _of_matter(given: Given, vote: Vote, rule: Rule) -> Found:
    """By the rule of a step of its matter's procedure; where the matter is withheld the vote waits with it."""
    matter = given.records.get(vote.community, Matter, vote.matter)
    procedure = given.procedures.procedure(matter.procedure, matter.raised_on) if matter else None
    rules = tuple(dict.fromkeys(r for s in procedure.steps for r in s.rules)) if procedure else ()
    if procedure and rule.id not in rules:
        code = "vote-rule-procedure" if rules else "vote-rule-procedure-none"
        yield say(vote, "rule", code, title=rule.title, procedure=procedure.title, rules="、".join(rules))
    elif not vote.matter:
        yield say(vote, "rule", "vote-rule-nobodys", title=rule.title)


def resolutions_sound(given: Given) -> Found:
    """A resolution comes of a vote that was carried, on the day of its meeting or after, and is published in time."""
    for community in given.communities:
        for row in given.records.rows(community, Resolution):
            meeting = given.records.get(community, Meeting, row.meeting)
            vote = given.records.get(community, Vote, row.vote)
            if meeting and row.passed_on < meeting.on:
                yield say(row, "passed_on", "resolution-before-meeting", on=str(meeting.on))
            elif meeting:
                yield from _published(given, row, meeting)
            if meeting and not row.vote and _in_vain(given, meeting):
                yield say(row, "meeting", "resolution-inquorate", called=meeting.called, present=meeting.present)
            if vote and vote.announced == "未通过":
                yield say(row, "vote", "resolution-vote-failed")


def _published(given: Given, row: Resolution, meeting: Meeting) -> Found:
    """Within the days that the meeting's rule gives (业委会会议: 3), the day of the meeting not counted."""
    rules = given.procedures.rules_for(meeting.kind, meeting.on, meeting.community)
    need = min((r.publish_days for r in rules if r.publish_days), default=None)
    if need is None:
        return
    days = ((row.posted_on or given.today) - meeting.on).days
    if days > need:
        code = "resolution-posted-late" if row.posted_on else "resolution-unposted"
        yield say(row, "posted_on", code, holds=False, kind=meeting.kind, on=str(meeting.on), days=days, need=need)
