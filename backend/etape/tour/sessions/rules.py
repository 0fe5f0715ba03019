"""What an editor may not do to a session in which people have seats."""

from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.sessions.schemas import Mode


class CapacityTaken(Problem):
    """The new capacity is below what is taken."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Places déjà prises", en="Seats already taken")


class SessionHasRegistrations(Problem):
    """The session, or one of its modes, was to go, and people registered for it."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Des inscrits à cette séance", en="People registered for this session")
    detail = Localized(
        fr="Des personnes se sont inscrites à une séance que vous retirez : annulez-la plutôt "
        "(« status »: « cancelled »), elles seront prévenues.",
        en="People registered for a session that you remove: cancel it instead "
        "(“status”: “cancelled”), they will be told.",
    )


def capacity_taken(session: str, index: int, mode: Mode, *, capacity: int, taken: int) -> Problem:
    """Return the refusal of a capacity that is lower than the seats confirmed or held."""
    sentence = Localized(
        fr=f"{taken} places sont déjà prises : {capacity} n’y suffit pas. "
        "Gardez-en au moins autant, ou libérez d’abord des places.",
        en=f"{taken} seats are taken already: {capacity} is not enough. "
        "Keep at least as many, or free seats first.",
    )
    pointer = f"/sessions/{index}/{mode}/capacity"
    return CapacityTaken(sentence, errors=[(pointer, sentence)], session=session, taken=taken)
