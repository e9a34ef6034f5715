"""What the headers and words of a system's CSV mean, as lines that people write: 操作时间=at, 查询=query."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cstui.api import BadInput, half_width

NEEDED = ("at", "login", "kind")
FIELDS = {
    "at": "时间", "login": "账号", "kind": "操作", "subject_ref": "客户", "rows": "条数", "ticket": "工单", "ip": "IP",
    "seat": "电脑",
}  # fmt: skip
"""What may be read from a column, and how it may be called in Chinese."""
KINDS = {
    "login": "登录", "logout": "退出", "query": "查询", "modify": "修改", "export": "导出", "copy": "复制",
    "delete": "删除", "customer_login": "登录客户账号", "peer_pc": "用同事电脑",
}  # fmt: skip
"""What a word may mean: an EventKind."""
SHOWN = 40


def mapping_of(columns: str, words: str) -> str:
    """The JSON of what was written; columns are `header=field`, words `word=kind` (no kind: not audited).

    Raises BadInput naming the line, or what is missing or stands twice.
    """
    heads: dict[str, str] = {}
    for header, told in _pairs("log_columns", columns):
        field = _named(FIELDS, told)
        if field is None:
            raise _wrong("mapping_field", "log_columns", f"{header}={told}", expected=_either(FIELDS))
        if field in heads:
            raise _wrong("mapping_twice", "log_columns", f"{header}={told}", other=heads[field])
        heads[field] = header
    if lacking := [field for field in NEEDED if field not in heads]:
        raise _wrong("mapping_needs", "log_columns", "", fields=_either({name: FIELDS[name] for name in lacking}))
    kinds: dict[str, str] = {}
    for word, told in _pairs("log_words", words):
        kind = _named(KINDS, told) if told else ""
        if kind is None:
            raise _wrong("mapping_kind", "log_words", f"{word}={told}", expected=_either(KINDS))
        if kinds.setdefault(word, kind) != kind:
            raise _wrong("mapping_twice", "log_words", f"{word}={told}", other=kinds[word])
    return json.dumps({"columns": heads, "kinds": kinds}, ensure_ascii=False)


def columns_of(mapping: str) -> str:
    """The lines about headers, as they may be typed again."""
    return "\n".join(f"{header}={field}" for field, header in _told(mapping, "columns").items())


def words_of(mapping: str) -> str:
    """The lines about words."""
    return "\n".join(f"{word}={kind}" for word, kind in _told(mapping, "kinds").items())


def _told(mapping: str, part: str) -> dict[str, str]:
    told: dict[str, dict[str, str]] = json.loads(mapping) if mapping else {}
    return told.get(part, {})


def _pairs(field: str, text: str) -> Iterator[tuple[str, str]]:
    """Each line's two sides."""
    for line in text.splitlines():
        if not line.strip():
            continue
        left, equals, right = line.replace("＝", "=").rpartition("=")
        if not equals or not left.strip():
            raise _wrong("mapping_line", field, line.strip())
        yield left.strip(), right.strip()


def _named(known: Mapping[str, str], told: str) -> str | None:
    """Which one is meant: by its id or its Chinese name."""
    word = half_width(told)
    return next((str(one) for one, name in known.items() if word.lower() in (one, name.lower())), None)


def _either(known: Mapping[str, str]) -> str:
    return "、".join(f"{one} {name}" for one, name in known.items())


def _wrong(word: str, field: str, value: str, **more: Any) -> BadInput:
    return BadInput(f"confidentiality.refusal.{word}", field=field, value=value[:SHOWN], **more)


__all__ = ["columns_of", "mapping_of", "words_of"]
