"""Codes to write down and to type: slips and receipts. Of each the store keeps a digest only. Pure."""

from __future__ import annotations

import hashlib
import re

from cstui.api import BadInput

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for another when written by hand (I, L, O, U)."""
SLIP, RECEIPT = 26, 16
"""Signs of a slip's code (all 128 bits of its key) and of a receipt (80 bits): none is found by trying."""


def code_of(key: str, length: int) -> str:
    """A code from 128 random bits: 7K2M-QX8D-…"""
    number, signs = int(key, 16), ""
    for _ in range(length):
        number, sign = divmod(number, len(SIGNS))
        signs += SIGNS[sign]
    return "-".join(signs[at : at + 4] for at in range(0, length, 4))


def signs_of(typed: str, length: int, field: str) -> str:
    """The signs of a code however it was typed: in small letters, with other dashes or none, O for 0."""
    signs = re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    if len(signs) != length:
        raise BadInput("rewards.refusal.code_length", field=field, value="****", length=length)
    return signs


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def key_of(*parts: str) -> str:
    """The key of an anonymous row that only who knows all parts can find: 128 bits of their digest."""
    return digest(*parts)[:32]
