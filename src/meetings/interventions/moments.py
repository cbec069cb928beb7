"""When something was done that a device tells later than it happened. Pure."""

from datetime import datetime, timedelta

LONGEST_AWAY = timedelta(days=2)  # what a device says it did before that, it did not do then


def moment(said: datetime | None, at: datetime, not_before: datetime | None = None) -> datetime:
    """What the device says, within reason: neither to come, nor before what it ends.

    `at` is now; it is also the answer where the device says nothing, or has a wrong clock.
    """
    if said is None or said < at - LONGEST_AWAY:
        return at
    likely = min(said, at)
    return max(likely, not_before) if not_before else likely
