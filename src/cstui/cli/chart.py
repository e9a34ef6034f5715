"""chart: a picture's data as a table, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.chart import Chart, Period
    from cstui.contract.context import Actor, Context
    from cstui.host import Host


def show(call: Call) -> int:
    """`cstui chart AREA.NAME [--from D --to D]`: {"chart", "from", "to", …}; of its current period unless told."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import charts

        ctx, talk = await host.context(actor), call.talk
        chart = charts.chart_of(host, ctx, call.given["AREA.NAME"].replace("-", "_"))
        period = _period(call, ctx, chart)
        answer = await charts.drawn(host, ctx, chart, period)

        def say(value: Any) -> str:
            return talk.value(value, ctx.zone, chart.area)

        if talk.json:
            told = charts.as_json(answer, say)
            talk.document({"chart": chart.id, "kind": chart.kind, "from": period.first, "to": period.last, **told})
            return 0
        made = charts.table(chart, answer, say)
        if made.rows:
            talk.table(made.headers, made.rows, made.right)
        else:
            talk.tell(talk.say("cli.look.none"))
        return 0

    return call.on_host(act)


def _period(call: Call, ctx: Context, chart: Chart) -> Period:
    """The days that --from and --to name; one of them alone is completed by the chart's period. Raises BadInput."""
    from cstui.charts import period_of
    from cstui.cli.review import day_of
    from cstui.contract.chart import Period

    first, last = call.given.get("from"), call.given.get("to")
    if not (first or last):
        return period_of(chart, ctx.today)
    if chart.span == "now":
        raise BadInput("charts.no_period", field="from" if first else "to", value=chart.id)
    begin, end = (day_of(words, ctx) if words else None for words in (first, last))
    known = begin or end
    assert known
    whole = period_of(chart, known)
    return Period(begin or whole.first, end or whole.last)
