"""What changed in a call, in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid5

from pydantic_core import to_json

from etape.core import atom
from etape.core.atom import Item
from etape.core.dates import NBSP, moment_text
from etape.core.money import euros
from etape.core.texts import Language, Localized
from etape.funding.calls.rules import STATES, Reader, moved_closings
from etape.funding.calls.schemas import CallContent, CallState, QuestionContent, WaveContent

APPEARS = Localized(fr="L’appel est publié ici.", en="The call is published here.")
GOES = Localized(fr="L’appel est retiré.", en="The call is withdrawn.")

_TEXTS = {
    "name": Localized(fr="Nom", en="Name"),
    "promise": Localized(fr="Résumé", en="Summary"),
    "description": Localized(fr="Description", en="Description"),
    "kind": Localized(fr="Type d’appel", en="Kind of call"),
    "recurrence": Localized(fr="Rythme", en="Recurrence"),
    "programme": Localized(fr="Programme", en="Programme"),
    "envelope": Localized(fr="Enveloppe", en="Envelope"),
    "operator": Localized(fr="Opérateur", en="Operator"),
    "successor": Localized(fr="Appel suivant", en="Successor"),
    "contact": Localized(fr="Contact", en="Contact"),
    "apply_url": Localized(fr="Adresse de candidature", en="Where to apply"),
    "stated": Localized(fr="Chiffres et sources", en="Figures and sources"),
    "fictitious": Localized(fr="Mention « fictif »", en="Whether it is made up"),
}
_LISTS = {
    "funders": Localized(fr="Financeurs", en="Funders"),
    "themes": Localized(fr="Thèmes", en="Themes"),
    "regions": Localized(fr="Régions", en="Regions"),
    "applicants": Localized(fr="Qui peut répondre", en="Who may apply"),
    "stages": Localized(fr="Maturité du projet", en="Stages"),
    "aids": Localized(fr="Formes de l’aide", en="Forms of aid"),
    "funds": Localized(fr="Ce qui est financé", en="What is funded"),
    "excludes": Localized(fr="Ce qui ne l’est pas", en="What is not"),
    "costs": Localized(fr="Dépenses", en="Costs"),
    "conditions": Localized(fr="Conditions", en="Conditions"),
    "criteria": Localized(fr="Critères d’éligibilité", en="Eligibility criteria"),
    "rates": Localized(fr="Taux et plafonds", en="Rates and ceilings"),
    "documents": Localized(fr="Documents", en="Documents"),
    "observations": Localized(fr="Ce que les sources disent de son état", en="Observed states"),
    "amendments": Localized(fr="Changements selon les sources", en="Changes as sources tell them"),
}
_QUESTIONS = Localized(fr="Questions", en="Questions")
_AMOUNTS = {
    "amount_min_cents": Localized(fr="Aide la plus faible", en="Least aid"),
    "amount_max_cents": Localized(fr="Aide la plus élevée", en="Most aid"),
}

ALL = Localized(fr="Ce qui change dans les appels", en="What changes in the calls")
COMPARED_BY_DEFAULT = timedelta(days=30)
FEED_AT_MOST = 50
"""How many changes a feed holds."""

FIELDS = {*_TEXTS, *_LISTS, *_AMOUNTS}
"""The fields of a call that have words here, besides its waves, its halt and its questions."""


def sentences_between(before: CallContent | None, after: CallContent | None) -> list[Localized]:
    """Return what changed from one content to the next, what matters most to applicants first."""
    if before is None or after is None:
        return [] if before is after else [APPEARS if before is None else GOES]
    return [
        *moved_closings(before, after),
        *_waves(before.waves, after.waves),
        *_halt(before, after),
        *_questions(before.questions, after.questions),
        *(
            _amount(label, getattr(before, name), getattr(after, name))
            for name, label in _AMOUNTS.items()
            if getattr(before, name) != getattr(after, name)
        ),
        *(
            _list(label, getattr(before, name), getattr(after, name))
            for name, label in _LISTS.items()
            if getattr(before, name) != getattr(after, name)
        ),
        *(
            Localized(fr=f"{label.fr}{NBSP}: nouvelle version.", en=f"{label.en}: new version.")
            for name, label in _TEXTS.items()
            if getattr(before, name) != getattr(after, name)
        ),
    ]


class Published(Protocol):
    """What a feed needs to know of a publication."""

    subject_id: UUID
    version: int
    published_at: datetime


def item_of(
    row: Published, before: CallContent | None, content: CallContent, reader: Reader
) -> Item:
    """Return a publication of a call as an entry of a feed."""
    said = [each.in_language(reader.language) for each in sentences_between(before, content)]
    name = content.name.in_language(reader.language)
    return Item(
        id=uuid5(row.subject_id, str(row.version)),
        title=f"{name}{NBSP}: {said[0]}" if said else name,
        text="\n".join(said),
        url=reader.page(content.slug),
        at=row.published_at,
    )


def feed(items: Sequence[Item], reader: Reader, *, slug: str | None, name: Localized) -> bytes:
    """Return entries as the feed of a call, or of all of them."""
    return atom.write(
        items,
        title=name.in_language(reader.language),
        author="Étape",
        url=reader.page(slug),
        feed_url=_feed_url(reader, slug),
        language=reader.language,
    )


def _feed_url(reader: Reader, slug: str | None) -> str:
    suffix = "?lang=en" if reader.language is Language.EN else ""
    return f"{reader.site}/feeds/calls{f'/{slug}' if slug else ''}.atom{suffix}"


def _waves(before: Sequence[WaveContent], after: Sequence[WaveContent]) -> list[Localized]:
    """Return the waves that come or go, and those of which something but the closing changes."""
    old, new = ({wave.rank: wave for wave in waves} for waves in (before, after))
    told = []
    for rank in sorted(old.keys() | new.keys()):
        was, becomes = old.get(rank), new.get(rank)
        if was is None and becomes is not None:
            closes = moment_text(becomes.closes)
            told.append(
                Localized(
                    fr=f"Nouvelle vague {rank}, clôture{NBSP}: {closes.fr}.",
                    en=f"New wave {rank}, closing: {closes.en}.",
                )
            )
        elif becomes is None:
            told.append(
                Localized(fr=f"La vague {rank} est retirée.", en=f"Wave {rank} is withdrawn.")
            )
        elif was is not None and _but_closing(was) != _but_closing(becomes):
            told.append(_wave(rank, was, becomes))
    return told


def _but_closing(wave: WaveContent) -> WaveContent:
    return wave.model_copy(update={"closes": None})


def _wave(rank: int, was: WaveContent, becomes: WaveContent) -> Localized:
    if was.opens != becomes.opens:
        old, new = moment_text(was.opens), moment_text(becomes.opens)
        return Localized(
            fr=f"Ouverture de la vague {rank}{NBSP}: {new.fr}, au lieu de {old.fr}.",
            en=f"Opening of wave {rank}: {new.en}, instead of {old.en}.",
        )
    if _but_closing(was).model_copy(update={"stated": becomes.stated}) == _but_closing(becomes):
        return Localized(
            fr=f"Chiffres de la vague {rank}{NBSP}: nouvelle version.",
            en=f"Figures of wave {rank}: new version.",
        )
    return Localized(fr=f"Vague {rank}{NBSP}: nouvelle version.", en=f"Wave {rank}: new version.")


def _halt(before: CallContent, after: CallContent) -> list[Localized]:
    if before.halt == after.halt:
        return []
    if after.halt is None:
        return [Localized(fr="L’appel reprend.", en="The call goes on.")]
    state, reason = STATES[CallState(after.halt.state)], after.halt.reason
    return [
        Localized(
            fr=f"L’appel est {state.fr}{NBSP}: {reason.fr}",
            en=f"The call is {state.en}: {reason.en or reason.fr}",
        )
    ]


def _questions(
    before: Sequence[QuestionContent], after: Sequence[QuestionContent]
) -> list[Localized]:
    """Return each answer that is another one or has an end, then how many questions come or go."""
    old, new = ({asked.slug: asked for asked in questions} for questions in (before, after))
    told = [
        _answer(old[slug], asked)
        for slug, asked in new.items()
        if slug in old and old[slug] != asked
    ]
    if old.keys() != new.keys():
        told.append(_list(_QUESTIONS, list(old), list(new)))
    return told


def _answer(was: QuestionContent, becomes: QuestionContent) -> Localized:
    question = becomes.question
    english = question.en or question.fr
    if becomes.until is not None and was.until is None and was.answer == becomes.answer:
        return Localized(
            fr=f"Une réponse n’est plus valable{NBSP}: « {question.fr} »",
            en=f"An answer is no longer valid: “{english}”",
        )
    if was.answer != becomes.answer:
        return Localized(
            fr=f"Une réponse a changé{NBSP}: « {question.fr} »",
            en=f"An answer has changed: “{english}”",
        )
    return Localized(
        fr=f"Une question a une nouvelle version{NBSP}: « {question.fr} »",
        en=f"A question has a new version: “{english}”",
    )


def _amount(label: Localized, before: int | None, after: int | None) -> Localized:
    old, new = _euros(before), _euros(after)
    return Localized(
        fr=f"{label.fr} par projet{NBSP}: {new.fr}, au lieu de {old.fr}.",
        en=f"{label.en} for one project: {new.en}, instead of {old.en}.",
    )


def _euros(cents: int | None) -> Localized:
    if cents is None:
        return Localized(fr="un montant non précisé", en="an amount that is not stated")
    return euros(cents)


def _list(label: Localized, before: Sequence[Any], after: Sequence[Any]) -> Localized:
    old, new = ({to_json(each) for each in items} for items in (before, after))
    added, removed = len(new - old), len(old - new)
    french = [_count(added, "ajout"), _count(removed, "retrait")]
    english = [_count(added, "addition"), _count(removed, "removal")]
    return Localized(
        fr=f"{label.fr}{NBSP}: {', '.join(filter(None, french)) or 'nouvel ordre'}.",
        en=f"{label.en}: {', '.join(filter(None, english)) or 'new order'}.",
    )


def _count(number: int, word: str) -> str:
    return f"{number}{NBSP}{word}{'s' if number > 1 else ''}" if number else ""
