"""Which programs may run where: certified by whom the rule names (confidentiality-17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cstui.api import Context, Refusal, Text, Verbatim, choice
from cstui.approvals import Request
from cstui.people import role_name
from cstui_confidentiality.kinds import SoftwareState
from cstui_confidentiality.models import SoftwareApproval
from cstui_confidentiality.software.inputs import CertifySoftware, RequestSoftware, Why

RULE, REQUESTED = "confidentiality-17", "confidentiality.software"


def called(name: str, version: str) -> str:
    """A program as people name it."""
    return f"{name} {version}".strip()


def not_certifier(ctx: Context) -> Text | None:
    """That the actor isn't one of those who certify."""
    rule = ctx.rule(RULE)
    if not rule.on or ctx.actor.roles & {*rule.certifier}:
        return None
    return Text("confidentiality.refusal.certifier", roles=[role_name(role) for role in rule.certifier])


async def certify(ctx: Context, data: CertifySoftware) -> Text:
    """A program may run; of a known one where it may, and the note, are changed."""
    await accept(ctx, data.name, data.software_version, "、".join(pc.pc for pc in data.pcs), data.note)
    return Text("confidentiality.done.certified", programs=[called(data.name, data.software_version)])


async def accept(ctx: Context, name: str, version: str, pcs: str, note: str) -> None:
    """Certify by one of those who may. Raises Refusal for anybody else."""
    program = called(name, version)
    Refusal.because(not_certifier(ctx), field="name", value=program, rule=RULE)
    one = await SoftwareApproval.filter(software=program).first()
    one = one or SoftwareApproval(software=program, name=name, software_version=version)
    one.pcs, one.note = pcs, note
    await _decided(ctx, one)


async def request(ctx: Context, data: RequestSoftware) -> Text:
    """Ask for a program that isn't certified; also once more for one that was refused or withdrawn."""
    name = called(data.name, data.software_version)
    one = await SoftwareApproval.filter(software=name).first()
    if one and one.state in (SoftwareState.REQUESTED, SoftwareState.CERTIFIED):
        raise Refusal("confidentiality.refusal.software_known", field="name", value=name, rule=RULE,
                      state=choice("confidentiality", one.state))  # fmt: skip
    one = one or SoftwareApproval(software=name, name=data.name, software_version=data.software_version)
    one.state, one.note, one.requested_by = SoftwareState.REQUESTED, data.note, ctx.actor.login
    await one.save()
    if ctx.rule(RULE).on:
        title = Text("confidentiality.asked.software", program=Verbatim(name), reason=Verbatim(data.note))
        await ctx.ask(REQUESTED, one.id, title)
    else:
        await _decided(ctx, one)
    return Text(f"confidentiality.done.software_{one.state.value}", program=name)


async def approved(ctx: Context, request: Request) -> None:
    await _decided(ctx, await SoftwareApproval.get(id=request.record_id))


async def _decided(ctx: Context, one: SoftwareApproval) -> None:
    one.state, one.certified_by, one.certified_on = SoftwareState.CERTIFIED, ctx.actor.login, ctx.today
    await one.save()


async def refused(ctx: Context, request: Request) -> None:
    await _end(request, SoftwareState.REFUSED)


async def withdrawn(ctx: Context, request: Request) -> None:
    await _end(request, SoftwareState.WITHDRAWN)


async def _end(request: Request, state: SoftwareState) -> None:
    """A request comes to nothing, unless the program was certified meanwhile."""
    one = await SoftwareApproval.get(id=request.record_id)
    if one.state is SoftwareState.REQUESTED:
        one.state = state
        await one.save()


async def withdraw(ctx: Context, rows: Sequence[SoftwareApproval], data: Why) -> Text:
    """It may run no more."""
    for one in rows:
        Refusal.because(await withdraw_blocked(ctx, one), field="software", value=one.software, rule=RULE)
        one.state, one.note = SoftwareState.WITHDRAWN, data.note
    await SoftwareApproval.change(rows, ["state", "note"])
    return Text("confidentiality.done.certificate_withdrawn", programs=[one.software for one in rows])


async def withdraw_blocked(ctx: Context, one: SoftwareApproval) -> Text | None:
    if one.state is not SoftwareState.CERTIFIED:
        state = choice("confidentiality", one.state)
        return Text("confidentiality.blocked.software", program=one.software, state=state)
    return not_certifier(ctx)


class Certified:
    """What may run where."""

    def __init__(self, rows: Sequence[SoftwareApproval]) -> None:
        self._by_name: dict[str, list[SoftwareApproval]] = defaultdict(list)
        for one in rows:
            self._by_name[one.name.casefold()].append(one)

    @classmethod
    async def read(cls) -> Certified:
        return cls(await SoftwareApproval.filter(state=SoftwareState.CERTIFIED))

    def covers(self, name: str, version: str, pc: str) -> bool:
        """Whether a program may run on a computer: its version or any, there or everywhere."""
        return any(
            one.software_version in ("", version) and (not one.pcs or pc in one.pcs.split("、"))
            for one in self._by_name.get(name.casefold(), ())
        )
