"""业主钥匙签领登记: what an owner gets, for the owner's signature; afterwards a copy for the household's file."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Facts, Paper, Table, Text, choice
from cstui.people import names_of
from cstui_keys.models import OwnerKeyIssue
from cstui_keys.owners.inputs import DOCUMENTS


async def receipt(ctx: Context, issues: Sequence[OwnerKeyIssue]) -> list[Content]:
    """A sheet for each issue; the owner's name is written by hand unless it is revealed.

    Of the documents it tells which were seen, never their numbers.
    """
    names = await names_of({issue.issued_by or issue.prepared_by for issue in issues})
    made = []
    for issue in issues:
        tags = {line.door_kind: [] for line in issue.lines}  # type: dict[object, list[str]]
        for issued in issue.keys:
            tags.setdefault(issued.key.door_kind, []).append(issued.key.tag_no)
        rows = [(choice("keys", line.door_kind), line.count, "、".join(tags[line.door_kind])) for line in issue.lines]
        head = Facts(
            [
                (Text("keys.field.issue_no"), issue.issue_no),
                (Text("keys.field.space"), issue.space.code),
                (Text("keys.field.owner_name"), issue.owner_name if ctx.reveals("keys.issues", issue.pk) else ""),
                (
                    Text("keys.field.documents"),
                    [Text(f"keys.field.{name}") for name in DOCUMENTS if getattr(issue, name)],
                ),
                (Text("keys.field.checked_by"), issue.identity_checked_by.name if issue.identity_checked_by else ""),
            ]
        )
        headers = tuple(Text(f"keys.field.{name}") for name in ("door_kind", "count", "keys"))
        foot = Facts(
            [
                (Text("keys.field.owner_signature"), issue.signature_ref),
                (Text("keys.field.signed_at"), issue.signed_at),
                (Text("keys.field.issued_by"), names[issue.issued_by or issue.prepared_by]),
            ]
        )
        made.append(Content(Text("keys.paper.receipt"), [head, Table(headers, rows), foot]))
    return made


PAPERS = (Paper("keys.receipt", "keys.issues", receipt, rules=("keys-15", "keys-16", "keys-17"), needs="keys.lend"),)
