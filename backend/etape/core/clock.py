"""What time it is: read in one place, so that a test can move it.

Rules take `now` as an argument; only routes, jobs and commands read the clock.
"""

from datetime import UTC, datetime, timedelta


class Clock:
    """The system's clock; `shift` moves it, for tests and for demonstrations of another day."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self.shift = shift

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        return datetime.now(UTC) + self.shift
