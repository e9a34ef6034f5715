"""Days as spreadsheets count them: numbers since an epoch, with the day that 1900 didn't have."""

from __future__ import annotations

from datetime import datetime, timedelta

EPOCH_1900 = datetime(1899, 12, 30)
"""What serials of a usual workbook count from, from 1900-03-01 on (serial 61)."""
EPOCH_1904 = datetime(1904, 1, 1)

_NO_DAY = 60
"""Excel's 1900-02-29."""
_SECONDS = 24 * 60 * 60


def moment_of(serial: float, epoch: datetime) -> datetime:
    """The wall-clock moment of a serial, to the second. Raises ValueError for a day that doesn't exist."""
    if epoch == EPOCH_1900:
        if serial < 1 or _NO_DAY <= serial < _NO_DAY + 1:
            raise ValueError(f"serial {serial} is no day")
        if serial < _NO_DAY:
            serial += 1
    if serial < 0:
        raise ValueError(f"serial {serial} is no day")
    try:
        return epoch + timedelta(seconds=round(serial * _SECONDS))
    except OverflowError:
        raise ValueError(f"serial {serial} is no day") from None
