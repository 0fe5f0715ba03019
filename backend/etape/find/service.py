"""Asking the indexes of every noun at once."""

from etape.core.live import LiveIndex
from etape.core.search import Query
from etape.find.schemas import SUGGESTED_OF_EACH, Findings, Group, Noun, Suggestion, Suggestions
from etape.funding.calls.schemas import CallSummary
from etape.tour.stops.schemas import SessionHit, StopSummary


def find(calls: LiveIndex, stops: LiveIndex, text: str, *, limit: int) -> Findings:
    """Return the best `limit` results of each noun."""
    found_calls = calls.engine.search(Query(text=text, limit=limit))
    found_stops, found_sessions = (
        stops.engine.search(Query(text=text, scope={"noun": [noun]}, limit=limit))
        for noun in (Noun.STOP, Noun.SESSION)
    )
    return Findings(
        calls=Group(
            items=[CallSummary.model_validate_json(hit.payload) for hit in found_calls.hits],
            total=found_calls.total,
        ),
        stops=Group(
            items=[StopSummary.model_validate_json(hit.payload) for hit in found_stops.hits],
            total=found_stops.total,
        ),
        sessions=Group(
            items=[SessionHit.model_validate_json(hit.payload) for hit in found_sessions.hits],
            total=found_sessions.total,
        ),
    )


def suggest(calls: LiveIndex, stops: LiveIndex, text: str) -> Suggestions:
    """Return what the words typed so far may be the name of."""
    items = []
    for hit in calls.engine.suggest(text, limit=SUGGESTED_OF_EACH[Noun.CALL]):
        call = CallSummary.model_validate_json(hit.payload)
        items.append(
            Suggestion(noun=Noun.CALL, slug=call.slug, name=call.name, fictitious=call.fictitious)
        )
    for payload in _suggested(stops, text, Noun.STOP):
        stop = StopSummary.model_validate_json(payload)
        items.append(
            Suggestion(noun=Noun.STOP, slug=stop.slug, name=stop.name, fictitious=stop.fictitious)
        )
    for payload in _suggested(stops, text, Noun.SESSION):
        found = SessionHit.model_validate_json(payload)
        items.append(
            Suggestion(
                noun=Noun.SESSION,
                slug=found.stop.slug,
                name=found.title,
                fictitious=found.stop.fictitious,
            )
        )
    return Suggestions(items=items)


def _suggested(index: LiveIndex, text: str, noun: Noun) -> list[bytes]:
    hits = index.engine.suggest(text, limit=SUGGESTED_OF_EACH[noun], scope={"noun": [noun]})
    return [hit.payload for hit in hits]
