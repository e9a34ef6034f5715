"""The kinds of fields that an area's records may have, each as model, input and column are written for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field.

    `column` is the model's field; `{length}`, `{choices}` and `{model}` are filled in, `{more}` by what an empty or an
    indexed one needs. `typed` is the input's type, `empty` what an input field holds that was left out.
    `people` is what it needs from cstui.people. `example` is a value for the first test.
    """

    column: str
    typed: str
    example: str
    width: int = 12
    empty: str = "None"
    blank: str = "null=True"
    people: tuple[str, ...] = ()
    length: int = 0
    deadline: bool = False
    text: bool = False


KINDS = {
    "code": Kind(
        "fields.CharField(max_length={length}{more})", "Annotated[Code, Field(max_length={length})]", '"A-1"', 12, '""',
        'default=""', length=16, text=True,
    ),
    "text": Kind(
        "fields.CharField(max_length={length}{more})", 'Annotated[str, Of({model}, "{name}")]', '"example"', 20, '""',
        'default=""', length=60, text=True,
    ),
    "words": Kind("fields.TextField({more})", "Words", '"example"', 24, '""', 'default=""', text=True),
    "day": Kind("fields.DateField({more})", "Day", '"2026-11-24"', 12, deadline=True),
    "moment": Kind(
        "fields.DatetimeField({more})", "Moment", '"2026-11-24 18:00"', 16, deadline=True
    ),
    "number": Kind("fields.IntField({more})", "Whole", '"3"', 8),
    "money": Kind("fields.IntField({more})", "Fen", '"12.50"', 12),
    "flag": Kind("fields.BooleanField({more})", "bool", '"yes"', 6, "False", "default=False"),
    "choice": Kind("fields.CharEnumField({choices}, max_length=32{more})", "{choices}", "", 12),
    "person": Kind('refers_to("people.Staff"{more})', "Person", '"admin"', 12, people=("Person",)),
    "team": Kind(
        'refers_to("people.Team"{more})', 'Annotated[Team, Ref("people.teams")]', '"team"', 12,
        people=("Team",),
    ),
}  # fmt: skip
"""By the word that names each in a wish."""
