"""What the key account gives out on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from conftest import NOW, Run

from cstui import naming, paper, registers
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.host import Host

STAFF = {"number": "K001", "name": "王芳", "login": "wang.fang", "department": "customer_service"}
GATE = {
    "tag_no": "3-2-1502-A", "block": "3", "unit": "2", "floor": "15", "room": "02", "space_kind": "owner_unit",
    "door_kind": "security_gate",
}  # fmt: skip


async def printed(
    host: Host, paper_id: str, lang: str, kind: str, actor: Any = SYSTEM, revealed: tuple[str, ...] = ()
) -> str:
    """The paper about all rows of its register."""

    async def make() -> bytes:
        ctx = replace(await host.context(actor), revealed=frozenset(revealed))
        chosen = paper.paper_of(host, ctx, paper_id)
        rows = (await registers.page(host, ctx, chosen.register, limit=paper.MOST)).rows
        return await paper.printed(host, ctx, chosen, [row.pk for row in rows], lang, kind)

    return (await host.call(make())).decode()


@pytest.fixture
async def keys(run: Run) -> None:
    await run("people.enrol", STAFF)
    await run(
        "people.enrol", STAFF | {"number": "E001", "name": "<b>李强</b>", "login": "li.qiang", "department": "工程部"}
    )
    for more in ({}, {"tag_no": "3-2-1502-B", "copy_no": 2}, {"tag_no": "3-2-1502-C", "door_kind": "letter_box"}):
        await run("keys.register", GATE | more)
    await run("keys.label", target=["3-2-1502-A", "3-2-1502-B", "3-2-1502-C"])
    await run(
        "keys.lend",
        {
            "borrower": "li.qiang", "work_reason": "对讲门机故障处理", "work_order": "W-1182", "consent_ref": "电话 11-24",
            "signature_ref": "登记表 7 页", "contractor": "宏达锁业 赵工",
        },
        target=["3-2-1502-A", "3-2-1502-C"],
    )  # fmt: skip
    await run("keys.return", {"condition": "damaged", "remark": "齿磨损"}, target=["3-2-1502-C"])


@pytest.mark.rule("keys-13")
async def test_the_labels_say_what_the_rule_makes_of_them(host: Host, keys: None) -> None:
    told = await printed(host, "keys.labels", "en", "html")
    labels = re.findall(r"<li><b>(.*?)</b><small>(.*?)</small></li>", told)
    assert labels == [
        ("3-2 1502 防盗铁门", "3-2-1502-A"),
        ("3-2 1502 防盗铁门 #2", "3-2-1502-B"),
        ("3-2 1502 信报箱", "3-2-1502-C"),
    ]


async def test_labels_as_plain_text_stand_in_boxes_of_one_width(host: Host, keys: None) -> None:
    from cstui.cells import width

    told = await printed(host, "keys.labels", "zh_CN", "txt")
    boxes = [line for line in told.splitlines() if line.startswith(("|", "+"))]
    assert {width(line) for line in boxes} == {78}
    assert "3-2 1502 防盗铁门" in told


async def test_keys_no_longer_kept_have_no_label(host: Host, run: Run, keys: None) -> None:
    await run("keys.report_lost", {"circumstances": "遗失在工地"}, target=["3-2-1502-B"])
    await run("keys.lock_changed", {}, target=["3-2-1502-B"])
    assert "3-2-1502-B" not in await printed(host, "keys.labels", "en", "txt")

    async def only() -> bytes:
        ctx = await host.context(SYSTEM)
        gone = await naming.find(host, ctx, "keys.keys", "3-2-1502-B")
        return await paper.printed(host, ctx, host.papers["keys.labels"], [gone.pk], "en", "txt")

    with pytest.raises(Refusal) as caught:
        await host.call(only())
    assert caught.value.text.id == "keys.refusal.no_labels"


@pytest.mark.rule("keys-21")
@pytest.mark.parametrize(
    ("lang", "title", "heads"),
    [
        ("zh_CN", "房屋钥匙管理记录表", ["借用人", "借用人签字", "应还时间"]),
        ("en", "Register of key use", ["borrower", "borrower&#x27;s signature", "due at"]),
    ],
)
async def test_the_register_of_loans_has_the_form(
    host: Host, keys: None, lang: str, title: str, heads: list[str]
) -> None:
    told = await printed(host, "keys.register_of_use", lang, "html")
    assert f"<h1>{title}</h1>" in told
    assert [head for head in heads if f"<th>{head}</th>" not in told] == []
    rows = re.findall(r"<tr>(<td>.*?)</tr>", told)
    first, second, *blank = (re.findall("<td>(.*?)</td>", row) for row in rows)
    assert first[:3] == ["L20261124-001", "3-2 1502 防盗铁门 (3-2-1502-A)", "&lt;b&gt;李强&lt;/b&gt; 宏达锁业 赵工"]
    assert first[4:9] == ["对讲门机故障处理 W-1182", "11-24 09:02", "admin", "登记表 7 页", first[8]]
    assert first[9:] == ["", "", "", ""]
    assert second[9] == "11-24 09:02"
    assert second[12] == "齿磨损"
    assert blank and {cell for row in blank for cell in row} == {""}


async def test_a_paper_has_its_permission_and_its_bounds(host: Host, keys: None) -> None:
    async def ask(actor: Any, paper_id: str, pks: list[int]) -> bytes:
        ctx = await host.context(actor)
        return await paper.printed(host, ctx, paper.paper_of(host, ctx, paper_id), pks, "en", "txt")

    nobody = await host.call(host.actor("li.qiang"))
    with pytest.raises(NotPermitted):
        await host.call(ask(nobody, "keys.labels", [1]))
    for paper_id, pks, told in (
        ("keys.lables", [1], "paper.unknown"),
        ("keys.labels", [], "paper.none"),
        ("keys.labels", list(range(paper.MOST + 1)), "paper.too_many"),
    ):
        with pytest.raises(BadInput) as caught:
            await host.call(ask(SYSTEM, paper_id, pks))
        assert caught.value.text.id == told


async def test_the_foot_tells_site_and_time(host: Host, keys: None) -> None:
    told = await printed(host, "keys.labels", "zh_CN", "txt")
    assert told.rstrip().endswith(f"客服一部　打印时间 {NOW:%m-%d %H:%M}")


@pytest.mark.rule("keys-16")
async def test_an_owners_receipt_waits_for_the_signature_and_hides_the_documents_numbers(
    host: Host, run: Run, keys: None
) -> None:
    await run("people.grant_role", {"role": "admin"}, target=["wang.fang"])
    asked = {
        "owner_name": "周建国", "security_gate": "1", "id_card": "3301-2217", "move_in_notice": "RZ-0815",
        "checked_by": "wang.fang",
    }  # fmt: skip
    await run("keys.issue", asked, "wang.fang", target=["3-2 1502"])
    told = await printed(host, "keys.receipt", "zh_CN", "html")
    assert all(words in told for words in ("业主钥匙签领登记", "3-2 1502", "<td>防盗铁门</td><td>1</td>", "身份证"))
    assert "周建国" not in told
    assert "周建国" in await printed(host, "keys.receipt", "zh_CN", "html", revealed=("keys.issues:1",))
    assert "3301-2217" not in told
    assert re.search(r"<dt>业主签字</dt><dd></dd>", told)
    (issue,) = re.findall(r"<dt>签领单号</dt><dd>(.*?)</dd>", told)
    await run("keys.sign_issue", {"signature_ref": "签领 12 页"}, "wang.fang", target=[issue])
    assert "<dd>签领 12 页</dd>" in await printed(host, "keys.receipt", "zh_CN", "html")


@pytest.mark.rule("keys-05")
async def test_a_takeovers_sheet_shows_what_was_declared_and_leaves_room_for_the_count(host: Host, run: Run) -> None:
    await run("keys.takeover_open", {"block": "7", "from_party": "宏远开发", "units": "2", "floors": "18"})
    unit = {"block": "7", "space_kind": "owner_unit", "unit": "1", "floor": "2", "room": "201"}
    await run("keys.takeover_line", {**unit, "door_kind": "security_gate", "declared": "3"})
    told = await printed(host, "keys.takeover", "zh_CN", "html")
    assert "宏远开发" in told
    assert "<td>7-1 201</td><td>防盗铁门</td><td>3</td><td></td><td></td>" in told
