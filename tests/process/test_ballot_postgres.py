"""The ballot on PostgreSQL: rows lie in the order of their keys, all of one transaction, with none of before beside them."""

from __future__ import annotations

from pathlib import Path

from conftest import NOW
from rewards_desk import Desk
from rewards_vote import Vote

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.host import Host

TABLES = ("rewards_ballot", "rewards_mark", "rewards_code")


async def test_a_vote_on_postgresql(on_postgres: Path) -> None:
    written = on_postgres.read_text(encoding="utf-8")
    on_postgres.write_text(written.replace("\n[database]", f"{Desk.roles}\n[database]"), encoding="utf-8")
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)
        await Desk.furnish(host)
        vote = await Vote.begin(Desk(host))
        await vote.open()
        receipts = [await vote.cast(vote.slip(n), score=5 - n, comment=f"第{n}句") for n in range(4)]
        await vote.withdraw(vote.slip(0), receipts[0])
        for table in TABLES:
            rows = await host.store.query(
                f"SELECT id, xmin::text AS act, ctid::text AS place FROM {table} ORDER BY ctid"
            )
            assert [row["id"] for row in rows] == sorted(row["id"] for row in rows), table
            assert len({row["act"] for row in rows}) == 1, table
            assert rows[0]["place"] == "(0,1)" and len(rows) >= 3, table  # no place of an older row before or between
        await vote.close()
        assert [await vote.check(one) for one in receipts[1:]] == ["counted"] * 3
        told = await host.store.query("SELECT ballots, mean FROM rewards_summary WHERE mean IS NOT NULL")
        assert [(row["ballots"], row["mean"]) for row in told] == [(3, 300)]
