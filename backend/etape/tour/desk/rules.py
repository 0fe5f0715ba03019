"""What a change of a stop means to those who registered, and how that is said."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from etape.core.editing.shapes import Consequence
from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.sessions.schemas import SessionContent, Status
from etape.tour.stops.schemas import StopContent

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ATTENDED = ("starts_at", "ends_at", "venue", "room", "status", "join_url")


class StopHasRegistrations(Problem):
    """The stop was to go, and people registered for it."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Des inscrits à cette étape", en="People registered for this stop")
    detail = Localized(
        fr="Des personnes se sont inscrites à cette étape : reportez-la ou annulez-la "
        "(« status »), elles seront prévenues.",
        en="People registered for this stop: postpone or cancel it (“status”), they will be told.",
    )


class RequestSettled(Problem):
    """Nobody asks for that seat any more."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Demande déjà traitée", en="Request settled already")
    detail = Localized(
        fr="Cette demande a déjà sa réponse, ou a été retirée. Rechargez la liste.",
        en="This request has its answer already, or was withdrawn. Reload the list.",
    )


class PoolFull(Problem):
    """No seat is left for somebody who would be accepted."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Plus de place", en="No seat is left")


def pool_full(*, capacity: int, taken: int) -> PoolFull:
    """Return the refusal of one seat more than there are."""
    sentence = Localized(
        fr=f"{taken} places sur {capacity} sont prises. Mettez la personne en liste d’attente "
        "(« if_full »: « wait »), ou ajoutez des places.",
        en=f"{taken} seats of {capacity} are taken. Put the person on the waiting list "
        "(“if_full”: “wait”), or add seats.",
    )
    return PoolFull(sentence, capacity=capacity, taken=taken)


def is_called_off(before: StopContent, after: StopContent) -> bool:
    """Whether a change cancels the whole stop."""
    return after.status is Status.CANCELLED and before.status is not Status.CANCELLED


def called_off_sessions(before: StopContent, after: StopContent) -> set[str]:
    """Return the sessions that a change cancels."""
    return {
        new.slug
        for old, new in _pairs(before, after)
        if new.status is Status.CANCELLED and old.status is not Status.CANCELLED
    }


def moved_sessions(before: StopContent, after: StopContent) -> set[str]:
    """Return the sessions whose hour, place or way to attend a change moves."""
    is_whole = (before.zone, before.status) != (after.zone, after.status)
    return {
        new.slug
        for old, new in _pairs(before, after)
        if is_whole or any(getattr(old, name) != getattr(new, name) for name in _ATTENDED)
    }


def _pairs(
    before: StopContent, after: StopContent
) -> Iterator[tuple[SessionContent, SessionContent]]:
    old = {each.slug: each for each in before.sessions}
    return ((old[each.slug], each) for each in after.sessions if each.slug in old)


def consequences(*, cancelled: int, promoted: int, changed: int) -> list[Consequence]:
    """Return what a change does to people, in sentences with their figures."""
    told = (
        (
            "cancellations",
            cancelled,
            f"{cancelled} inscription(s) annulée(s), avec un courriel et le retrait de l’agenda.",
            f"{cancelled} registration(s) cancelled, with a letter that withdraws the entry.",
        ),
        (
            "promotions",
            promoted,
            f"{promoted} personne(s) en attente obtiennent une place et en sont prévenues.",
            f"{promoted} person(s) waiting get a seat and are told.",
        ),
        (
            "letters-of-change",
            changed,
            f"{changed} personne(s) inscrite(s) sont prévenues ; leur agenda suit.",
            f"{changed} registered person(s) are told; their calendar follows.",
        ),
    )
    return [
        Consequence(kind=kind, count=count, sentence=Localized(fr=french, en=english))
        for kind, count, french, english in told
        if count
    ]


def safe_cells(cells: Iterable[str]) -> list[str]:
    """Return cells that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
