"""The words of an area that was wished for, in one of the two languages."""

from __future__ import annotations

import json

from cstui.kit.wish import FieldWish, Named, RecordWish, Wish

STATES = {
    "asked": ("asked for", "待审批"),
    "open": ("open", "进行中"),
    "finished": ("finished", "已完成"),
    "refused": ("refused", "未批准"),
}


def words(wish: Wish, lang: str) -> str:
    """The text of strings/LANG.toml."""
    chinese = lang == "zh_CN"

    def said(named: Named) -> str:
        return named.zh_CN if chinese else named.en

    def pick(english: str, other: str) -> str:
        return other if chinese else english

    register: dict[str, str] = {}
    action: dict[str, str] = {}
    fields: dict[str, str] = {}
    choices: dict[str, str] = {}
    due: dict[str, str] = {}
    asked: dict[str, str] = {}
    rules: dict[str, str] = {}
    figures: dict[str, str] = {}
    for record in wish.records:
        name = said(record.named)
        register[record.plural] = name if chinese and name != record.named.en else _capital(record.plural)
        for act, english, other in (("add", "add", "登记"), ("change", "change", "修改"), ("finish", "finish", "完成")):
            if act != "finish" or wish.stateful(record):
                alone = len(wish.records) == 1
                action[wish.act(record, act)] = (
                    pick(english, other) if alone else pick(f"{english} {name}", f"{other}{name}")
                )
        if record.numbered:
            fields["no"] = pick("no.", "编号")
        for field in record.fields:
            fields[field.name] = said(field.named)
            if field.of.people:
                fields[f"{field.name}_name"] = pick(f"name of {said(field.named)}", f"{said(field.named)}姓名")
            choices |= {one.name: said(one) for one in field.choices}
        if wish.stateful(record):
            fields |= {"state": pick("state", "状态"), "finished_at": pick("finished at", "完成时间")}
        about = "{name} {about}" if told(record) else "{name}"
        due[record.name] = pick(f"{name} {about} is to be finished", f"{name} {about} 待完成")
        if wish.approver:
            asked[record.name] = f"{name} {{name}}"
    for rule_id, record, what in wish.rules:
        rules[rule_id.rsplit("-", 1)[1]] = _rule(record, said(record.named), what, chinese)
        if what == "due":
            figures[f"{record.name}_notice"] = pick(
                f"{said(record.named)}: shown so long before", f"{said(record.named)}：提前提示"
            )
        else:
            figures[f"{record.name}_approver"] = pick(
                f"{said(record.named)}: agreed to by", f"{said(record.named)}：审批角色"
            )
    stateful = any(wish.stateful(record) for record in wish.records)
    if stateful:
        choices |= {state: pick(*STATES[state]) for state in STATES if wish.approver or state in ("open", "finished")}
    tables = {
        "register": register,
        "action": action,
        "field": fields,
        "choice": choices,
        "due": due if any(record.due for record in wish.records) else {},
        "state": {"late": pick("late {late}", "逾期 {late}"), "waiting": pick("waiting", "待办")},
        "asked": asked,
        "done": {
            "add": pick("{name} is entered", "{name} 已登记"),
            "change": pick("{name} is changed", "{name} 已修改"),
            "finish": pick("{name} is finished", "{name} 已完成"),
        },
        "refusal": {
            "taken": pick("there is {value} already", "已有 {value}"),
            "closed": pick("{value} is {state}: nothing can be done about it", "{value} {state}，不能再操作"),
        },
        "rule": rules,
        "figure": figures,
    }
    if not stateful:
        del tables["state"], tables["done"]["finish"], tables["refusal"]["closed"]
    parts = [f"title = {_quoted(said(wish.title))}\n"]
    parts += [_table(name, lines) for name, lines in tables.items() if lines]
    return "\n".join(parts)


def told(record: RecordWish) -> FieldWish | None:
    """The field that says most about a record beside its name: its first text."""
    return next((field for field in record.fields if field.kind == "text" and field.name != record.key), None)


def _rule(record: RecordWish, name: str, what: str, chinese: bool) -> str:
    if what == "approval":
        return f"{name}须经审批" if chinese else f"A new {name} is agreed to first"
    assert record.due
    field = record.due.named
    return f"{name}按“{field.zh_CN}”完成" if chinese else f"Each {name} is finished by its {field.en}"


def _table(name: str, lines: dict[str, str]) -> str:
    return f"[{name}]\n" + "".join(
        f"{key if key.replace('_', '').isalpha() else _quoted(key)} = {_quoted(text)}\n" for key, text in lines.items()
    )


def _quoted(text: str) -> str:
    """A TOML string: its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _capital(plural: str) -> str:
    said = plural.replace("_", " ")
    return said[:1].upper() + said[1:]
