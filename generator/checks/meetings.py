"""Meetings and what was resolved at them."""

from __future__ import annotations

from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.votes import Vote
from .given import Found, Given, say


def meetings_sound(given: Given) -> Found:
    """Attendance is possible, and residents were told in time (居民委员会组织法 2025 §26: 10 days)."""
    rules = {"居民会议": "jumin"}
    for community in given.communities:
        for meeting in given.records.rows(community, Meeting):
            if meeting.present > meeting.called:
                yield say(meeting, "present", "meeting-present", present=meeting.present, called=meeting.called)
            rule = given.procedures.rule(rules.get(meeting.kind, ""), meeting.on)
            if meeting.notice_on and meeting.notice_on > meeting.on:
                yield say(meeting, "notice_on", "meeting-notice-after", on=str(meeting.on))
            elif rule and rule.notice_days and meeting.notice_on:
                days = (meeting.on - meeting.notice_on).days
                if days < rule.notice_days:
                    params = {"kind": meeting.kind, "on": str(meeting.on), "notice": str(meeting.notice_on)}
                    yield say(
                        meeting, "notice_on", "meeting-notice", holds=False, days=days, need=rule.notice_days, **params
                    )


def resolutions_sound(given: Given) -> Found:
    """A resolution comes of a vote that was carried, on the day of its meeting or after."""
    for community in given.communities:
        for row in given.records.rows(community, Resolution):
            meeting = given.records.get(community, Meeting, row.meeting)
            vote = given.records.get(community, Vote, row.vote)
            if meeting and row.passed_on < meeting.on:
                yield say(row, "passed_on", "resolution-before-meeting", on=str(meeting.on))
            if vote and vote.announced == "未通过":
                yield say(row, "vote", "resolution-vote-failed")
