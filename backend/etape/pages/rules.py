"""How each page is told: its head, what JSON-LD (schema.org) says of it, and its summary."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from etape.core.dates import day_text, hour_text, moment_text
from etape.core.money import euros
from etape.core.texts import Language, Localized
from etape.funding.calls.rules import STATES
from etape.funding.calls.schemas import CallRead, CallSummary, QuestionRead
from etape.funding.finding.schemas import CallPage
from etape.funding.programmes.schemas import ProgrammeRead
from etape.pages.schemas import Answers, Face, Facing, Line, Part
from etape.sources.schemas import Statement
from etape.tour.sessions.schemas import Mode, SeatsRead, SessionRead, Status
from etape.tour.stops.schemas import StopRead, StopSummary, TourRead

CALLS = Localized(fr="Appels", en="Calls")
BUDGETS = Localized(fr="Budgets", en="Budgets")
TOUR = Localized(fr="Le tour", en="The tour")
_SCHEMA = "https://schema.org"
_STATUS = {
    Status.SCHEDULED: f"{_SCHEMA}/EventScheduled",
    Status.POSTPONED: f"{_SCHEMA}/EventPostponed",
    Status.CANCELLED: f"{_SCHEMA}/EventCancelled",
}
_ATTENDANCE = {
    frozenset({Mode.ON_SITE}): f"{_SCHEMA}/OfflineEventAttendanceMode",
    frozenset({Mode.ONLINE}): f"{_SCHEMA}/OnlineEventAttendanceMode",
    frozenset(Mode): f"{_SCHEMA}/MixedEventAttendanceMode",
}
_PREVIEWED = 300

LIST = "/api/v1/calls"

Say = Callable[[Localized], str]


def previewed(text: str) -> str:
    """Return a text in one line, cut at a word where a preview would cut it anywhere."""
    line = " ".join(text.split())
    return line if len(line) <= _PREVIEWED else f"{line[:_PREVIEWED].rpartition(' ')[0]} …"


def plain(title: Localized, description: Localized, *, is_listed: bool = True) -> Facing:
    """Return the telling of a page that is about nothing published: always the same."""

    def face(_answers: Answers, language: Language) -> Face:
        return Face(
            title=title.in_language(language),
            description=description.in_language(language),
            is_listed=is_listed,
        )

    return face


def listing_calls(title: Localized, description: Localized) -> Facing:
    """Return the telling of a page that begins with calls."""

    def face(answers: Answers, language: Language) -> Face:
        found = [
            CallPage.model_validate_json(answer)
            for asked, answer in answers.items()
            if asked.partition("?")[0] == LIST
        ]
        calls = [_call_line(call, language) for page in found for call in page.items]
        return Face(
            title=title.in_language(language),
            description=description.in_language(language),
            parts=[_part(CALLS, calls, language)] if calls else [],
        )

    return face


def of_call(answers: Answers, language: Language) -> Face:
    """Return how a call is told."""
    call = CallRead.model_validate_json(_subject(answers))
    said = _in(language)
    promise = call.promise or call.description
    description = f"{_standing(call, language)}. {said(promise) if promise else ''}"
    return Face(
        title=said(call.name),
        description=previewed(description),
        text=said(call.description) if call.promise and call.description else "",
        facts=_facts_of_call(call, language),
        parts=[
            *_statements(Localized(fr="Ce qui est financé", en="What is funded"), call.funds, said),
            *_statements(
                Localized(fr="Ce qui ne l’est pas", en="What is not"), call.excludes, said
            ),
            *_statements(Localized(fr="Conditions", en="Conditions"), call.conditions, said),
        ],
        linked=_faq([each for each in call.questions if each.valid], said),
        trail=[Line(said(CALLS), "/appels"), Line(said(call.name), f"/appels/{call.slug}")],
        is_listed=not call.fictitious,
    )


def of_stop(answers: Answers, language: Language) -> Face:
    """Return how a stop is told."""
    stop = StopRead.model_validate_json(_subject(answers))
    said = _in(language)
    name = _stop_name(stop, said)
    when = _days(stop, language)
    text = stop.summary or stop.title
    programme = [Line(_session_text(each, stop.zone, language)) for each in stop.sessions]
    return Face(
        title=f"{name}, {when}" if when else name,
        description=previewed(said(text or stop.tour.name)),
        parts=[_part(Localized(fr="Le programme", en="The programme"), programme, language)],
        linked=[_event(stop, said)] if stop.days else [],
        trail=[
            Line(said(TOUR), "/tour"),
            Line(said(stop.tour.name), f"/tour/{stop.tour.slug}"),
            Line(said(stop.name), f"/etapes/{stop.slug}"),
        ],
        is_listed=not stop.fictitious,
    )


def of_tour(answers: Answers, language: Language) -> Face:
    """Return how a tour is told."""
    tour = TourRead.model_validate_json(_subject(answers))
    said = _in(language)
    stops = [Line(_stop_text(each, language), f"/etapes/{each.slug}") for each in tour.stops]
    text = tour.summary or Localized(
        fr=f"Les {len(stops)} étapes, leurs dates et leurs villes.",
        en=f"Its {len(stops)} stops, their dates and their towns.",
    )
    return Face(
        title=said(tour.name),
        description=previewed(said(text)),
        parts=[_part(Localized(fr="Les étapes", en="The stops"), stops, language)],
        trail=[Line(said(TOUR), "/tour"), Line(said(tour.name), f"/tour/{tour.slug}")],
        is_listed=not tour.fictitious,
    )


def of_programme(answers: Answers, language: Language) -> Face:
    """Return how the budget of a programme is told."""
    programme = ProgrammeRead.model_validate_json(_subject(answers))
    said = _in(language)
    text = programme.summary or Localized(
        fr="Chaque montant, sa date et sa source.", en="Every amount, its date and its source."
    )
    return Face(
        title=said(programme.name),
        description=previewed(said(text)),
        parts=_statements(Localized(fr="Ses buts", en="Its aims"), programme.aims, said),
        trail=[
            Line(said(BUDGETS), "/budgets"),
            Line(said(programme.name), f"/budgets/{programme.slug}"),
        ],
        is_listed=not programme.fictitious,
    )


def breadcrumb(trail: Iterable[Line], address: Callable[[str], str]) -> dict[str, Any]:
    """Return where a page stands, as schema.org says it."""
    return {
        "@context": _SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": line.text,
                "item": address(line.path or "/"),
            }
            for place, line in enumerate(trail, 1)
        ],
    }


def _subject(answers: Answers) -> bytes:
    return next(iter(answers.values()))


def _in(language: Language) -> Say:
    return lambda text: text.in_language(language)


def _part(title: Localized, lines: list[Line], language: Language) -> Part:
    return Part(title=title.in_language(language), lines=lines)


def _statements(title: Localized, statements: list[Statement], said: Say) -> list[Part]:
    lines = [Line(said(each.text)) for each in statements]
    return [Part(title=said(title), lines=lines)] if lines else []


def _standing(call: CallSummary, language: Language) -> str:
    said = _in(language)
    state = said(STATES[call.state])
    state = state[:1].upper() + state[1:]
    if call.deadline is not None:
        closing = said(moment_text(call.deadline))
        return (
            f"{state}, clôture : {closing}"
            if language is Language.FR
            else f"{state}, closes {closing}"
        )
    return state


def _call_line(call: CallSummary, language: Language) -> Line:
    name = call.name.in_language(language)
    return Line(f"{name} ({_standing(call, language)})", f"/appels/{call.slug}")


def _facts_of_call(call: CallRead, language: Language) -> Mapping[str, str]:
    said = _in(language)
    least, most = call.amount_min_cents, call.amount_max_cents
    amounts = " – ".join(said(euros(each)) for each in (least, most) if each is not None)
    facts = [
        (Localized(fr="État", en="State"), said(STATES[call.state])),
        (Localized(fr="Clôture", en="Closes"), said(moment_text(call.deadline))),
        (Localized(fr="Montant par projet", en="Amount per project"), amounts),
        (Localized(fr="Opérateur", en="Run by"), call.operator.name if call.operator else ""),
    ]
    return {said(label): value for label, value in facts if value}


def _faq(questions: list[QuestionRead], said: Say) -> list[dict[str, Any]]:
    if not questions:
        return []
    asked = [
        {
            "@type": "Question",
            "name": said(each.question),
            "acceptedAnswer": {"@type": "Answer", "text": said(each.answer)},
        }
        for each in questions
    ]
    return [{"@context": _SCHEMA, "@type": "FAQPage", "mainEntity": asked}]


def _stop_name(stop: StopSummary, said: Say) -> str:
    return said(Localized(fr="Étape : {}", en="Stop: {}")).format(said(stop.name))


def _days(stop: StopSummary, language: Language) -> str:
    return ", ".join(day_text(day.on, language) for day in stop.days)


def _stop_text(stop: StopSummary, language: Language) -> str:
    return ", ".join(filter(None, [stop.name.in_language(language), _days(stop, language)]))


def _session_text(session: SessionRead, zone: str, language: Language) -> str:
    title = session.title.in_language(language)
    if session.starts_at is None:
        return title
    local = session.starts_at.astimezone(ZoneInfo(zone))
    return f"{day_text(local.date(), language)}, {hour_text(local, language)} : {title}"


def _event(stop: StopRead, said: Say) -> dict[str, Any]:
    zone = ZoneInfo(stop.zone)
    first, last = stop.days[0].on, stop.days[-1].on
    starts = [each.starts_at for each in stop.sessions if each.starts_at]
    ends = [each.ends_at for each in stop.sessions if each.ends_at]
    seats = [each for session in stop.sessions for each in session.seats]
    event = {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": _stop_name(stop, said),
        "startDate": _instant(min(starts), zone) if starts else first.isoformat(),
        "endDate": _instant(max(ends), zone) if ends else last.isoformat(),
        "eventStatus": _STATUS[stop.status],
        "description": said(stop.summary) if stop.summary else None,
        "location": [{"@type": "Place", "name": city, "address": city} for city in stop.cities],
        "organizer": [{"@type": "Organization", "name": each.name} for each in stop.hosts],
        "subEvent": [_session(each, stop, said) for each in stop.sessions if each.starts_at],
        **_attendance(seats),
    }
    return {name: value for name, value in event.items() if value not in (None, [])}


def _session(session: SessionRead, stop: StopRead, said: Say) -> dict[str, Any]:
    zone = ZoneInfo(stop.zone)
    venue = session.venue
    towns = ", ".join(stop.cities)
    place = ", ".join(filter(None, [venue.name, venue.city])) if venue else towns
    address = (venue.address if venue else None) or place
    event = {
        "@type": "Event",
        "name": said(session.title),
        "startDate": session.starts_at and _instant(session.starts_at, zone),
        "endDate": session.ends_at and _instant(session.ends_at, zone),
        "eventStatus": _STATUS[session.status],
        "location": {"@type": "Place", "name": place, "address": address},
        **_attendance(session.seats),
        **_chairs(session.seats),
    }
    return {name: value for name, value in event.items() if value is not None}


def _attendance(seats: list[SeatsRead]) -> dict[str, str]:
    modes = frozenset(each.mode for each in seats)
    return {"eventAttendanceMode": _ATTENDANCE[modes]} if modes else {}


def _chairs(seats: list[SeatsRead]) -> dict[str, int]:
    """Say how many chairs there are and are left, where they are counted."""
    return {
        name: count
        for each in seats
        if each.mode is Mode.ON_SITE
        for name, count in (
            ("maximumPhysicalAttendeeCapacity", each.capacity),
            ("remainingAttendeeCapacity", each.left),
        )
        if count is not None
    }


def _instant(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()
