"""When what is held about people is kept no longer."""

from datetime import date, timedelta


def kept_until(last_day: date | None, days: int) -> date | None:
    """Return the last day on which something is kept that is kept so many days after a stop."""
    return last_day and last_day + timedelta(days=days)


def is_over(last_day: date, days: int, *, today: date) -> bool:
    """Whether something that is kept so many days after a stop is kept no longer."""
    return today > last_day + timedelta(days=days)
