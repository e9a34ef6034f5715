"""Issues that wait for the owner's signature (keys-16)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, utc
from cstui.people import names_of
from cstui_keys.kinds import IssueState
from cstui_keys.models import OwnerKeyIssue


async def issues_waiting(ctx: Context) -> list[DueItem]:
    """Issues verified longer ago than `owner_issue_wait` and not signed."""
    rule = ctx.rule("keys-16")
    if not rule.on:
        return []
    late = utc(ctx.now) - rule.owner_issue_wait
    issues = await (
        OwnerKeyIssue.filter(state=IssueState.VERIFIED, verified_at__lt=late)
        .select_related("space", "identity_checked_by")
        .order_by("id")
    )
    people = await names_of(issue.prepared_by for issue in issues)
    found = []
    for issue in issues:
        assert issue.verified_at
        due = issue.verified_at + rule.owner_issue_wait
        checker = issue.identity_checked_by
        found.append(
            DueItem(
                id=f"keys.issue.{issue.id}",
                severity="info",
                title=Text("keys.due.unsigned_issue", space=issue.space.code, issue=issue.issue_no),
                rule=rule.id,
                person=checker.name if checker else "",
                person_id=checker.id if checker else None,
                due=due,
                state=Text("keys.state.since", since=issue.verified_at),
                register="keys.issues",
                records=(issue.id,),
                actions=("keys.sign_issue", "keys.refuse_issue"),
                proof=(
                    Text("keys.proof.prepared", at=issue.prepared_at, by=people[issue.prepared_by]),
                    Text("keys.proof.verified", at=issue.verified_at, by=checker.name if checker else "—"),
                    Text("keys.proof.sign_by", due=due, limit=rule.owner_issue_wait),
                ),
            )
        )
    return found
