"""What is filled in about letters and objections. Receipts are never journalled."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Input, PaperCode, Ref, Sealed, Words
from cstui_rewards.models import Nomination

Told = Annotated[Words, Field(min_length=1, max_length=1000)]


class WriteLetter(Input):
    """`nomination`: about whom it is; without, about the choice as a whole. `receipt` is made up where it is empty."""

    words: Told
    nomination: Annotated[Nomination | None, Ref("rewards.candidates")] = None
    receipt: Annotated[Code, Field(max_length=32), Sealed] = ""


class ReadAnswer(Input):
    receipt: Annotated[PaperCode, Field(min_length=1)]


class Object(Input):
    words: Told


class Answer(Input):
    answer: Annotated[Words, Field(min_length=1, max_length=500)]
