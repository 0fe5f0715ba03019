"""What a call says on one page: first what decides, then as much of its lists as has room."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from etape.core.dates import NBSP, moment_text
from etape.core.moments import PARIS, Day, Moment
from etape.core.money import euros
from etape.core.printing import leading_back, shortened
from etape.core.texts import Localized
from etape.funding.calls.rules import APPLICANTS, STATES, Reader
from etape.funding.calls.schemas import CallKind, CallRead, Rate, WaveState
from etape.sources.schemas import FigureRead, Qualifier, SourceRead, Statement, Unit

Say = Callable[[Localized], str]

VERSIONS = ((12, 500), (8, 320), (6, 240), (5, 180), (4, 140), (3, 110), (2, 80), (1, 60), (0, 40))
"""How many lines a list has, of how many characters: the first of these with which all fits."""
NAME_AT_MOST = 200

_KINDS = {
    CallKind.AAP: Localized(fr="Appel à projets", en="Call for projects"),
    CallKind.AMI: Localized(fr="Appel à manifestation d’intérêt", en="Call for interest"),
    CallKind.CONTEST: Localized(fr="Concours", en="Contest"),
    CallKind.WINDOW: Localized(fr="Guichet", en="Standing scheme"),
}
_QUALIFIED = {
    Qualifier.EXACT: Localized(fr="{}", en="{}"),
    Qualifier.MORE_THAN: Localized(fr="plus de {}", en="more than {}"),
    Qualifier.NEARLY: Localized(fr="près de {}", en="nearly {}"),
    Qualifier.ABOUT: Localized(fr="environ {}", en="about {}"),
}
_STATE = Localized(fr="État", en="State")
_OPENS = Localized(fr="Ouverture", en="Opens")
_CLOSES = Localized(fr="Clôture", en="Closes")
_AMOUNT = Localized(fr="Montant par projet", en="Amount per project")
_RATE = Localized(fr="Taux de l’aide", en="Rate of the aid")
_BUDGET = Localized(fr="Enveloppe", en="Budget")
_PAYERS = Localized(fr="Qui paie", en="Who pays")
_OPERATOR = Localized(fr="Qui le conduit", en="Run by")
_APPLICANTS = Localized(fr="Qui peut répondre", en="Who may apply")
_CONTACT = Localized(fr="Contact", en="Contact")
_FUNDS = Localized(fr="Ce qui est financé", en="What is funded")
_EXCLUDES = Localized(fr="Ce qui ne l’est pas", en="What is not")
_CONDITIONS = Localized(fr="Les conditions", en="Conditions")
_DOCUMENTS = Localized(fr="Les documents", en="Documents")
_SOURCES = Localized(fr="Les sources", en="Sources")
_NOT_STATED = Localized(fr="non précisé", en="not stated")
_ROLLING = Localized(fr="au fil de l’eau, sans date de clôture", en="any time, no closing date")
_NO_HOUR = Localized(fr="{}, heure non précisée", en="{}, hour not stated")
_PARIS = Localized(fr="{} (heure de Paris)", en="{} (Paris time)")
_SINCE = Localized(fr="{} depuis le {}", en="{} since {}")
_UP_TO = Localized(fr="jusqu’à {}", en="up to {}")
_FROM = Localized(fr="à partir de {}", en="from {}")
_BETWEEN = Localized(fr="{} à {}", en="{} to {}")
_ONE_MORE = Localized(fr="… et un autre : voir la page", en="… and one more: see the page")
_MORE = Localized(fr="… et {} autres : voir la page", en="… and {} more: see the page")
_INVENTED = Localized(
    fr="Appel fictif, pour l’exemple : rien de ceci n’existe.",
    en="A made-up call, as an example: nothing of this exists.",
)
_PAGE = Localized(fr="La page, à jour", en="The page, up to date")


def sheet_of(call: CallRead, reader: Reader, *, now: datetime) -> Mapping[str, Any]:
    """Return what the template sets: a call in versions, the fullest first."""

    def say(text: Localized) -> str:
        return text.in_language(reader.language)

    kicker = [_KINDS[call.kind], *([call.programme.name] if call.programme else [])]
    return {
        **leading_back(reader.page(call.slug), reader.language, now=now),
        "kicker": shortened(" · ".join(map(say, kicker)), NAME_AT_MOST),
        "name": shortened(say(call.name), NAME_AT_MOST),
        "warning": say(_INVENTED) if call.fictitious else None,
        "page": say(_PAGE),
        "versions": [_version(call, say, *room) for room in VERSIONS],
    }


def _version(call: CallRead, say: Say, lines: int, length: int) -> Mapping[str, Any]:
    def part(title: Localized, texts: Sequence[str]) -> Mapping[str, Any]:
        return {
            "title": say(title),
            "lines": [shortened(text, length) for text in texts[:lines]],
            "more": _more_than(len(texts) - lines, say) if texts else say(_NOT_STATED),
        }

    documents = [say(each.title) for each in call.documents]
    titled = [*_statements(call, say), *([(_DOCUMENTS, documents)] if documents else [])]
    return {
        "promise": shortened(say(call.promise), length) if call.promise else None,
        "facts": [[say(term), value] for term, value in _facts(call, say, length)],
        "parts": [part(*each) for each in titled],
        "sources": part(_SOURCES, [_cited(each, say) for each in _sources(call)]),
    }


def _more_than(count: int, say: Say) -> str | None:
    """Return how many lines are left out; None where none is."""
    if count <= 0:
        return None
    return say(_ONE_MORE) if count == 1 else say(_MORE).format(count)


def _statements(call: CallRead, say: Say) -> Iterable[tuple[Localized, list[str]]]:
    def told(statements: Sequence[Statement]) -> list[str]:
        return [say(each.text) for each in statements]

    yield _FUNDS, told(call.funds)
    yield _EXCLUDES, told(call.excludes)
    yield _CONDITIONS, told(call.conditions)


def _facts(call: CallRead, say: Say, length: int) -> Iterable[tuple[Localized, str]]:
    """Tell what decides, whatever is stated of it: what is not stated is said so."""
    yield _STATE, _state(call, say, length)
    if call.next_opening is not None:
        yield _OPENS, _when(call.next_opening, say)
    yield _CLOSES, _closing(call, say)
    for term, value in (
        (_AMOUNT, _amount(call, say)),
        (_RATE, _listed((_rate(each, say) for each in call.rates), length)),
        (_BUDGET, _figure(call.budget.headline, say) if call.budget else None),
        (_PAYERS, _listed((say(each.programme.name) for each in call.funders), length)),
        (_OPERATOR, call.operator.name if call.operator else None),
        (_APPLICANTS, " · ".join(say(APPLICANTS[each]) for each in call.applicants)),
        (_CONTACT, _contact(call, say, length)),
    ):
        yield term, value or say(_NOT_STATED)


def _listed(texts: Iterable[str], length: int) -> str:
    return shortened(" · ".join(texts), length + NAME_AT_MOST)


def _state(call: CallRead, say: Say, length: int) -> str:
    state = say(STATES[call.state])
    state = state[:1].upper() + state[1:]
    if call.halt is None or call.halt.state.value != call.state.value:
        return state
    since = say(_SINCE).format(state, say(_day_known(call.halt.since)))
    return shortened(f"{since}. {say(call.halt.reason)}", length + NAME_AT_MOST)


def _closing(call: CallRead, say: Say) -> str:
    past = [wave.closes for wave in call.waves if wave.state is WaveState.CLOSED and wave.closes]
    closing = call.deadline or max(past, key=lambda each: each.on, default=None)
    if call.rolling and call.deadline is None:
        return say(_ROLLING)
    if closing is None:
        return say(_NOT_STATED)
    return _when(closing, say)


def _when(moment: Moment, say: Say) -> str:
    """Tell a moment to the hour, or that its hour is not stated."""
    told = say(moment_text(moment))
    if moment.at is None:
        return say(_NO_HOUR).format(told) if moment.names_a_day else told
    return say(_PARIS).format(told) if moment.zone == PARIS else told


def _day_known(day: Day) -> Localized:
    """Return a day as far as it is known."""
    return moment_text(Moment(on=day.on, precision=day.precision))


def _amount(call: CallRead, say: Say) -> str | None:
    least, most = (
        None if cents is None else say(euros(cents))
        for cents in (call.amount_min_cents, call.amount_max_cents)
    )
    if least is not None and most is not None:
        return least if least == most else say(_BETWEEN).format(least, most)
    if least is not None:
        return say(_FROM).format(least)
    return say(_UP_TO).format(most) if most is not None else None


def _rate(rate: Rate, say: Say) -> str:
    share = say(Localized(fr=f"{rate.percent}{NBSP}%", en=f"{rate.percent}%"))
    ceiling = rate.ceiling_cents
    most = f", {say(_UP_TO).format(say(euros(ceiling)))}" if ceiling is not None else ""
    return f"{share} ({say(rate.label)}{most})"


def _figure(figure: FigureRead, say: Say) -> str | None:
    if figure.value is None or figure.unit is not Unit.EUR_CENTS:
        return None
    return say(_QUALIFIED[figure.qualifier]).format(say(euros(figure.value)))


def _contact(call: CallRead, say: Say, length: int) -> str | None:
    contact = call.contact
    if contact is None:
        return None
    role = shortened(say(contact.role), length) if contact.role else None
    return ", ".join(filter(None, (contact.name, role, contact.phone, contact.email)))


def _sources(call: CallRead) -> list[SourceRead]:
    """Return every source of the call, each once."""
    figures = [each for group in call.figures for each in (group.headline, *group.others)]
    cited = [
        *call.sources,
        *(wave.source for wave in call.waves),
        *(funder.source for funder in call.funders),
        *(figure.source for figure in figures),
        *(seen.source for seen in call.observations),
    ]
    return list({each.slug: each for each in cited if each is not None}.values())


def _cited(source: SourceRead, say: Say) -> str:
    published = say(_day_known(source.published)) if source.published else None
    return ", ".join(filter(None, (source.title, source.publisher, published)))
