"""Customers who showed to be themselves in the sample department; one who couldn't, one who was told all the same."""

from __future__ import annotations

from datetime import timedelta

from cstui_confidentiality.models import IdentityVerification
from cstui_confidentiality.stage import Act, Moments, Part

DAY = timedelta(days=1)
SHOWN = (["registered_phone", "order_no"], ["id_number_tail", "registered_phone"], ["security_answer", "order_no"])
TOLD = (["订单状态", "收货地址"], ["绑定手机"], ["充值记录"], ["积分余额", "会员等级"])


def moments(part: Part) -> Moments:
    stage, today = part.stage, part.today
    people = [one.login for one in part.agents]

    def act(number: int, action: str, **raw: object) -> Act:
        async def play() -> None:
            login = people[(3 * number) % len(people)]
            check = await IdentityVerification.all().order_by("-id").first()
            target = [] if action == "open_verification" or check is None else [check.pk]
            await stage.run(f"confidentiality.{action}", raw, login, target=target)

        return play

    def asked(number: int) -> Act:
        return act(number, "open_verification", customer_ref=f"C{20050 + 53 * number}", ticket=f"W-{1210 + 3 * number}")

    plan: Moments = []
    days = part.workdays()[3:-4]
    for number, day in enumerate(days[:: max(1, len(days) // 10)]):
        plan += [
            (day, "13:10", asked(number)),
            (day, "13:14", act(number, "pass_verification", factors=SHOWN[number % len(SHOWN)])),
            (day, "13:20", act(number, "release_items", released_items=TOLD[number % len(TOLD)])),
        ]
    return [
        *plan,
        (today - 12 * DAY, "16:02", asked(20)),
        (today - 12 * DAY, "16:09", act(20, "fail_verification")),
        (today - 12 * DAY, "16:10", act(20, "refuse_customer")),
        (today - DAY, "15:31", asked(21)),
        (today - DAY, "15:36", act(21, "fail_verification")),
        (today - DAY, "15:52", act(21, "told_unverified", released_items=["绑定手机"])),
        (today, "08:10", asked(22)),
    ]
