"""Who comes to the fictitious stops: invented names, and how many seats they take."""

from datetime import date

from etape.core.texts import Line, Slug, Spoken
from etape.demo.files import read_files
from etape.tour.sessions.schemas import Mode


class Attendance(Spoken):
    """Invented people, and for each stop and session how many of them ask for a seat, by mode.

    The count may pass the capacity: the last to ask then wait.
    """

    names: list[Line]
    stops: dict[Slug, dict[Slug, dict[Mode, int]]]


def read_attendance() -> Attendance:
    """Return who comes. Raises DemoInvalid."""
    (attendance,) = read_files("attendance.yaml", Attendance, today=date.min)
    return attendance
