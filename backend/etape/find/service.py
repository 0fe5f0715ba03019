"""Asking the indexes of every noun at once."""

from etape.core.live import LiveIndex
from etape.core.search import Query
from etape.find.schemas import SUGGESTED_OF_EACH, Findings, Group, Noun, Suggestion, Suggestions
from etape.funding.finding.followers import summary_in
from etape.funding.questions.followers import VALID
from etape.funding.questions.schemas import QuestionHit
from etape.tour.stops.schemas import SessionHit, StopSummary


def find(
    calls: LiveIndex, questions: LiveIndex, stops: LiveIndex, text: str, *, limit: int
) -> Findings:
    """Return the best `limit` results of each noun."""
    found_calls = calls.engine.search(Query(text=text, limit=limit))
    found_questions = questions.engine.search(Query(text=text, scope=VALID, limit=limit))
    found_stops, found_sessions = (
        stops.engine.search(Query(text=text, scope={"noun": [noun]}, limit=limit))
        for noun in (Noun.STOP, Noun.SESSION)
    )
    return Findings(
        calls=Group(
            items=[summary_in(hit) for hit in found_calls.hits],
            total=found_calls.total,
        ),
        questions=Group(
            items=[QuestionHit.model_validate_json(hit.payload) for hit in found_questions.hits],
            total=found_questions.total,
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


def suggest(calls: LiveIndex, questions: LiveIndex, stops: LiveIndex, text: str) -> Suggestions:
    """Return what the words typed so far may be the name of."""
    items = []
    for hit in calls.engine.suggest(text, limit=SUGGESTED_OF_EACH[Noun.CALL]):
        call = summary_in(hit)
        items.append(
            Suggestion(noun=Noun.CALL, slug=call.slug, name=call.name, fictitious=call.fictitious)
        )
    limit = SUGGESTED_OF_EACH[Noun.QUESTION]
    for hit in questions.engine.suggest(text, limit=limit, scope=VALID):
        asked = QuestionHit.model_validate_json(hit.payload)
        items.append(
            Suggestion(
                noun=Noun.QUESTION,
                slug=asked.call.slug,
                question=asked.slug,
                name=asked.question,
                fictitious=asked.call.fictitious,
            )
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
