"""Areas as the regulations name them, for a site to begin with; in Chinese, as the signs on its walls."""

from __future__ import annotations

from typing import Any

from cstui_hygiene.kinds import AreaKind, Crew, Frequency
from cstui_hygiene.places.inputs import Preset, SetArea

OPEN, CLOSE, WEEKLY, AFTER, ALWAYS = (
    Frequency.DAILY_OPEN, Frequency.DAILY_CLOSE, Frequency.WEEKLY, Frequency.AFTER_USE, Frequency.CONTINUOUS,
)  # fmt: skip


def _area(code: str, name: str, kind: AreaKind, frequency: Frequency, standard: str, **more: Any) -> SetArea:
    return SetArea(code=code, name=name, kind=kind, frequency=frequency, standard=standard, **more)


PRESETS: dict[Preset, tuple[SetArea, ...]] = {
    Preset.OFFICE: (
        _area("OF-FL", "办公室地面", AreaKind.FLOOR, OPEN, "无杂物、无灰尘，含桌下", minutes=15),
        _area("OF-FC", "公共区域地面", AreaKind.FLOOR, CLOSE, "下班后清扫、拖净", minutes=20),
        _area("OF-WI", "门窗玻璃", AreaKind.WINDOW, WEEKLY, "明亮无手印", weekday=3, minutes=30),
        _area("OF-RE", "接待区", AreaKind.RECEPTION, OPEN, "桌椅归位，台面干净", minutes=10),
        _area("OF-RV", "接待区（客后）", AreaKind.RECEPTION, AFTER, "来客离开后清洁，家具归位", minutes=5),
        _area("OF-ME", "会议室", AreaKind.MEETING_ROOM, AFTER, "会前会后打扫，座椅归位", minutes=15),
        _area("OF-FR", "门前", AreaKind.FRONTAGE, OPEN, "通道畅通，座椅干净，灯光明亮", minutes=10),
    ),
    Preset.MACHINE_ROOM: (
        _area("MR-FL", "机房地面", AreaKind.FLOOR, OPEN, "无杂物、无果皮，设备横竖成线", minutes=15),
        _area("MR-DC", "机房死角", AreaKind.DEAD_CORNER, CLOSE, "桌下、柜后无积尘", minutes=10),
        _area("MR-NB", "大屏公告栏", AreaKind.NOTICE_BOARD, CLOSE, "牌面整洁，附件齐整", minutes=5),
        _area("MR-CH", "更衣室", AreaKind.CHANGING_ROOM, WEEKLY, "周一打扫，柜外柜顶无衣物", weekday=1, minutes=40,
              crew=Crew.LEADER),
        _area("MR-PL", "机房花草", AreaKind.PLANTS, ALWAYS, "白班浇水，周五清洁叶面", crew=Crew.DAY_SHIFT),
    ),
    Preset.WAREHOUSE: (
        _area("WH-FL", "仓库地面", AreaKind.WAREHOUSE, OPEN, "每天清扫", minutes=20),
        _area("WH-CL", "仓库作业面", AreaKind.WAREHOUSE, AFTER, "每次作业后清理", minutes=15),
    ),
    Preset.SHOP: tuple(
        _area(f"SH-{number}", name, AreaKind.PUBLIC_ZONE, ALWAYS, "营业时间内随时保持清洁")
        for number, name in enumerate(("服务台", "存包处", "赠品处", "电器测试区", "退换货处", "入口"), 1)
    ),
}  # fmt: skip
