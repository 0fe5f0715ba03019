"""Where a call is in its life: computed from its dates, and from what sources observed.

Nothing is stored: the same call asked about another instant gives that instant's answer. A person's
halt wins over dates; dates win over what was observed before the last of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from etape.core.dates import NBSP, moment_text
from etape.core.editing.shapes import Consequence
from etape.core.moments import PARIS, Day, Moment, midnight
from etape.core.problems import Problem
from etape.core.texts import Language, Localized
from etape.funding.calls.schemas import (
    Aid,
    Applicant,
    CallContent,
    CallKind,
    CallState,
    Halt,
    Selection,
    WaveState,
)
from etape.sources.schemas import FigureSet, Qualifier

CLOSING_WITHIN = timedelta(days=14)
SEEN_HOLDS_FOR = timedelta(days=365)

APPLICATIONS, LAUREATES = "applications", "laureates"
FEWEST_APPLICATIONS = 30

STATES = {
    CallState.ANNOUNCED: Localized(fr="annoncé", en="announced"),
    CallState.OPEN: Localized(fr="ouvert", en="open"),
    CallState.CLOSING: Localized(fr="bientôt clos", en="closing soon"),
    CallState.BETWEEN_WAVES: Localized(fr="entre deux vagues", en="between waves"),
    CallState.UNDER_REVIEW: Localized(fr="en instruction", en="under review"),
    CallState.CLOSED: Localized(fr="clos", en="closed"),
    CallState.SUSPENDED: Localized(fr="suspendu", en="suspended"),
    CallState.EXHAUSTED: Localized(fr="épuisé", en="exhausted"),
    CallState.NOT_STATED: Localized(fr="non précisé", en="not stated"),
}
KINDS = {
    CallKind.AAP: "Appel à projets (AAP)",
    CallKind.AMI: "Appel à manifestation d’intérêt (AMI)",
    CallKind.CONTEST: "Concours",
    CallKind.WINDOW: "Guichet",
}
APPLICANTS = {
    Applicant.HEALTH_FACILITY: Localized(
        fr="Établissement de santé, hôpital", en="Health facility, hospital"
    ),
    Applicant.SOCIAL_CARE_FACILITY: Localized(
        fr="Établissement médico-social, EHPAD", en="Social care facility, care home"
    ),
    Applicant.COMMUNITY_PRACTICE: Localized(
        fr="Soins de ville, maison de santé", en="Community practice, health centre"
    ),
    Applicant.SMALL_COMPANY: Localized(
        fr="Start-up, petite ou moyenne entreprise (PME)", en="Start-up, small company (SME)"
    ),
    Applicant.LARGE_COMPANY: Localized(fr="Grande entreprise, ETI", en="Large company"),
    Applicant.UNIVERSITY: Localized(fr="Université, école", en="University, school"),
    Applicant.RESEARCH_BODY: Localized(
        fr="Organisme de recherche, laboratoire", en="Research body, laboratory"
    ),
    Applicant.LOCAL_AUTHORITY: Localized(
        fr="Collectivité territoriale, commune", en="Local authority, town"
    ),
    Applicant.ASSOCIATION: Localized(fr="Association", en="Association"),
    Applicant.CONSORTIUM: Localized(fr="Consortium", en="Consortium"),
}
"""How people name themselves when they look for what they may apply to."""
AIDS = {
    Aid.GRANT: Localized(fr="Subvention", en="Grant"),
    Aid.REPAYABLE_ADVANCE: Localized(fr="Avance récupérable", en="Repayable advance"),
    Aid.LOAN: Localized(fr="Prêt", en="Loan"),
    Aid.EQUITY: Localized(fr="Fonds propres", en="Equity"),
    Aid.PRIZE: Localized(fr="Prix", en="Prize"),
    Aid.SUPPORT: Localized(fr="Accompagnement", en="Support"),
}


class WaveNamed(Problem):
    """A wave was to go, and an award or an entry of the ledger names it."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Vague citée ailleurs", en="Wave named elsewhere")
    detail = Localized(
        fr="Vous retirez une vague à laquelle se rattachent des lauréats ou des montants du grand "
        "livre. Gardez-la, ou rattachez-les d’abord à une autre.",
        en="You remove a wave that laureates or amounts of the ledger belong to. Keep it, or "
        "attach them to another one first.",
    )


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom a calendar or a feed is written for: in which language, and linking to which site."""

    site: str
    language: Language

    def page(self, slug: str | None = None) -> str:
        """Return the address of a call's page, or of the list."""
        prefix = "/en" if self.language is Language.EN else ""
        return f"{self.site}{prefix}/appels{f'/{slug}' if slug else ''}"


class Window(Protocol):
    """What the state needs to know of a wave: its bounds, grace included."""

    @property
    def opens_at(self) -> datetime | None:
        """When it opens."""

    @property
    def closes_at(self) -> datetime | None:
        """When it closes, grace included."""

    @property
    def rolling(self) -> bool:
        """Whether it takes applications as they come."""


class Sighting(Protocol):
    """What the state needs to know of an observation."""

    @property
    def state(self) -> str:
        """A `CallState`."""

    @property
    def observed(self) -> Day:
        """When it was seen."""


class Ending(Protocol):
    """What is said of when an answer ends."""

    @property
    def until(self) -> Day | None:
        """The day since which it is no longer valid."""


def bounds(
    opens: Moment | None, closes: Moment | None, *, grace_minutes: int
) -> tuple[datetime | None, datetime | None]:
    """Return the instants between which a wave takes applications; None where it is unknown."""
    end = closes.end_instant() if closes else None
    return (
        opens.first_instant() if opens else None,
        end + timedelta(minutes=grace_minutes) if end else None,
    )


def wave_state(wave: Window, *, now: datetime) -> WaveState:
    """Return where a wave is. One whose opening is not stated is to come until it has closed."""
    if wave.closes_at is not None and wave.closes_at <= now:
        return WaveState.CLOSED
    if wave.opens_at is not None and wave.opens_at <= now and (wave.closes_at or wave.rolling):
        return WaveState.OPEN
    return WaveState.TO_COME


def call_state(
    waves: Sequence[Window],
    observations: Sequence[Sighting],
    halt: Halt | None,
    *,
    now: datetime,
) -> CallState:
    """Return the state of a call at an instant."""
    if halt and is_halted(halt, now=now):
        return CallState(halt.state)
    states = [wave_state(wave, now=now) for wave in waves]
    if WaveState.OPEN in states:
        ends = [w.closes_at for w, s in zip(waves, states, strict=True) if s is WaveState.OPEN]
        last = max((end for end in ends if end is not None), default=None)
        is_closing = None not in ends and last is not None and last - now <= CLOSING_WITHIN
        return CallState.CLOSING if is_closing else CallState.OPEN
    if WaveState.TO_COME in states and WaveState.CLOSED in states:
        return CallState.BETWEEN_WAVES
    seen = _last_seen(observations, now=now)
    closed_at = max((wave.closes_at for wave in waves if wave.closes_at), default=None)
    if seen and (WaveState.TO_COME in states or not closed_at or _noon(seen.observed) > closed_at):
        return CallState(seen.state)
    if WaveState.TO_COME in states:
        return CallState.ANNOUNCED
    return CallState.CLOSED if states else CallState.NOT_STATED


def is_halted(halt: Halt | None, *, now: datetime) -> bool:
    """Whether a person stopped the call by then."""
    return halt is not None and _noon(halt.since) <= now


def next_change(
    waves: Sequence[Window],
    observations: Sequence[Sighting],
    halt: Halt | None,
    answers: Sequence[Ending] = (),
    *,
    now: datetime,
) -> datetime | None:
    """Return the next instant at which the state, or an answer, may change by itself, if any."""
    instants = [_noon(halt.since)] if halt else []
    instants += [_end(answer.until) for answer in answers if answer.until]
    for seen in observations:
        instants += [_noon(seen.observed), _noon(seen.observed) + SEEN_HOLDS_FOR]
    for wave in waves:
        instants += [wave.opens_at] if wave.opens_at else []
        instants += [wave.closes_at, wave.closes_at - CLOSING_WITHIN] if wave.closes_at else []
    return min((instant for instant in instants if instant > now), default=None)


def last_instant(day: date) -> datetime:
    """Return the last instant of a day in Paris: whatever counts until its end still does."""
    return midnight(day + timedelta(days=1), PARIS) - timedelta.resolution


def is_valid(answer: Ending, *, now: datetime) -> bool:
    """Whether an answer holds: until the day since which it does not, if there is one."""
    return answer.until is None or now < _end(answer.until)


def _end(day: Day) -> datetime:
    return midnight(day.on, PARIS)


def days_to_answer(closes: Moment | None, results: Moment | None, *, now: datetime) -> int | None:
    """Return how long a wave's applicants waited, once they know; None unless days are known."""
    if closes is None or results is None or not (closes.names_a_day and results.names_a_day):
        return None
    days = (results.on - closes.on).days
    return days if days >= 0 and results.first_instant() <= now else None


def selection(figures: Sequence[FigureSet]) -> Selection | None:
    """Return how many applications were selected, where two figures say exactly how many.

    Fewer than thirty say nothing of anybody's odds, nor do figures of two scopes.
    """
    stated = {each.key: each for each in figures}
    if not {APPLICATIONS, LAUREATES} <= stated.keys():
        return None
    sets = stated[APPLICATIONS], stated[LAUREATES]
    received, selected = (each.headline for each in sets)
    if {received.qualifier, selected.qualifier} != {Qualifier.EXACT}:
        return None
    if received.value is None or selected.value is None or received.scope != selected.scope:
        return None
    if received.value < FEWEST_APPLICATIONS or selected.value > received.value:
        return None
    return Selection(
        received=received,
        selected=selected,
        percent=round(100 * selected.value / received.value),
        contested=any(each.others for each in sets),
    )


def _last_seen(observations: Sequence[Sighting], *, now: datetime) -> Sighting | None:
    """Return the latest sighting that still says something: an end lasts, the rest grows old."""
    past = [seen for seen in observations if _noon(seen.observed) <= now]
    last = max(past, key=lambda seen: seen.observed.on, default=None)
    if last is None or last.state == CallState.CLOSED:
        return last
    return last if now - _noon(last.observed) < SEEN_HOLDS_FOR else None


def _noon(day: Day) -> datetime:
    return midnight(day.on, PARIS) + timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """A wave as written, as the state needs to know it."""

    opens_at: datetime | None
    closes_at: datetime | None
    rolling: bool


def state_of(content: CallContent, *, now: datetime) -> CallState:
    """Return the state that a call as written would have at an instant."""
    waves = [
        _Bounds(*bounds(w.opens, w.closes, grace_minutes=w.grace_minutes), w.rolling)
        for w in content.waves
    ]
    return call_state(waves, content.observations, content.halt, now=now)


def moved_deadlines(before: CallContent | None, after: CallContent | None) -> list[Consequence]:
    """Return each closing that a change moves, from when to when."""
    return [
        Consequence(kind="deadline-moves", sentence=sentence)
        for sentence in moved_closings(before, after)
    ]


def moved_closings(before: CallContent | None, after: CallContent | None) -> list[Localized]:
    """Return a sentence for each closing that is another one."""
    if before is None or after is None:
        return []
    old = {wave.rank: wave for wave in before.waves}
    several = len(before.waves) > 1
    return [
        _moved(wave.rank if several else None, old[wave.rank].closes, wave.closes)
        for wave in after.waves
        if wave.rank in old and old[wave.rank].closes != wave.closes
    ]


def _moved(rank: int | None, was: Moment | None, becomes: Moment | None) -> Localized:
    old, new = moment_text(was), moment_text(becomes)
    which = (f" de la vague {rank}", f" of wave {rank}") if rank else ("", "")
    if was and becomes and was.names_a_day and becomes.names_a_day:
        return Localized(
            fr=f"La clôture{which[0]} passe du {old.fr} au {new.fr}.",
            en=f"The closing{which[1]} moves from {old.en} to {new.en}.",
        )
    return Localized(
        fr=f"Clôture{which[0]}{NBSP}: {new.fr}, au lieu de {old.fr}.",
        en=f"Closing{which[1]}: {new.en}, instead of {old.en}.",
    )


def changed_state(
    before: CallContent | None, after: CallContent | None, *, now: datetime
) -> list[Consequence]:
    """Return what becomes of a call's state today."""
    was, becomes = (state_of(each, now=now) if each else None for each in (before, after))
    if was == becomes:
        return []
    if was is None or becomes is None:
        shown = STATES[becomes] if becomes else None
        sentence = (
            Localized(fr=f"L’appel paraît, {shown.fr}.", en=f"The call is published, {shown.en}.")
            if shown
            else Localized(
                fr="L’appel n’est plus visible du public.",
                en="The call can no longer be seen by the public.",
            )
        )
    else:
        sentence = Localized(
            fr=f"L’appel était {STATES[was].fr}, il devient {STATES[becomes].fr}.",
            en=f"The call was {STATES[was].en}, it becomes {STATES[becomes].en}.",
        )
    return [Consequence(kind="state-changes", sentence=sentence)]
