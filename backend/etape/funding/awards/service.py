"""Publishing awards, finding them, and summing what was found."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Double,
    Executable,
    Text,
    case,
    cast,
    literal,
    literal_column,
    text,
    tuple_,
)
from sqlalchemy import select as select_columns
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.cells import cell
from etape.core.columns import told
from etape.core.database import execute
from etape.core.paging import following, key_told
from etape.core.problems import NotFound, Problem
from etape.core.publishing import Noun, Rows, by_slug
from etape.core.texts import Localized
from etape.directory import service as directory
from etape.directory.tables import Organisation
from etape.funding.awards import rules
from etape.funding.awards.schemas import (
    AwardCall,
    AwardContent,
    AwardFacet,
    AwardFilter,
    AwardPage,
    AwardQuery,
    AwardRead,
    AwardSort,
    AwardSums,
)
from etape.funding.awards.tables import Award
from etape.funding.calls import service as calls
from etape.funding.calls.schemas import Edition
from etape.funding.calls.tables import Call, Wave
from etape.funding.programmes import service as programmes
from etape.funding.programmes.schemas import ProgrammeRef
from etape.funding.programmes.tables import Programme
from etape.sources import service as sources
from etape.sources.tables import Source


class UnknownWave(Problem):
    """A wave is named that the call does not have."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Vague inconnue", en="Unknown wave")
    detail = Localized(
        fr="L’appel n’a pas de vague de ce rang : corrigez le rang, ou ajoutez-lui la vague.",
        en="The call has no wave of that rank: correct the rank, or add the wave to it.",
    )


async def refuse_unknown_waves(
    session: AsyncSession, named: Iterable[tuple[UUID | None, int | None]]
) -> None:
    """Raise UnknownWave where a call is named with a rank that none of its waves has."""
    waves = {(call_id, rank) for call_id, rank in named if rank is not None}
    key = tuple_(col(Wave.call_id), col(Wave.rank))
    known = select(Wave.call_id, Wave.rank).where(key.in_(waves))
    if waves - set(await session.exec(known) if waves else ()):
        raise UnknownWave


async def _apply_awards(
    session: AsyncSession, awards: Rows[Award, AwardContent], _now: datetime
) -> None:
    """An import brings thousands: what they name is asked for once."""
    told = [content for _, content in awards]
    named = await calls.call_ids(session, {each.call for each in told if each.call})
    payers = {each.programme for each in told if each.programme}
    programme_ids = await programmes.programme_ids(session, payers)
    bodies = {each.organisation for each in told if each.organisation}
    organisation_ids = await directory.organisation_ids(session, bodies)
    source_ids = await sources.ids_of(session, {each.source for each in told})
    for award, content in awards:
        award.programme_id = programme_ids.get(content.programme or "")
        award.call_id = named.get(content.call or "")
        award.organisation_id = organisation_ids.get(content.organisation or "")
        award.source_id = source_ids[content.source]
    await refuse_unknown_waves(session, [(award.call_id, award.wave) for award, _ in awards])
    session.add_all(award for award, _ in awards)


AWARD = Noun(
    name="award",
    label=Localized(fr="l’attribution", en="the award"),
    table=Award,
    content=AwardContent,
    apply=_apply_awards,
    not_copied=frozenset(),
)

ROWS_AT_ONCE = 1000
"""How many rows of a table are written before others have their turn."""

_LANGUAGE: ColumnElement[str] = literal_column("'french'")
_DECIDED_ON = func.coalesce(func.jsonb_extract_path_text(col(Award.decided), "on"), "", type_=Text)
_KNOWN = text(
    """
    SELECT word, EXISTS (SELECT FROM award WHERE award.words @@ asked)
    FROM unnest(CAST(:words AS text[])) AS word, to_tsquery('french', word) AS asked
    WHERE numnode(asked) > 0
    """
)
"""Whether any award has each word, but for those that every text has."""
_NEAR = text(
    """
    WITH near AS (
        SELECT min(word) AS word, lexeme
        FROM unnest(CAST(:words AS text[])) AS word,
            unnest(tsvector_to_array(to_tsvector('french', word))) AS lexeme
        GROUP BY lexeme
    ), near_any AS (SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS asked FROM near)
    SELECT near.word FROM near_any
    JOIN award ON award.words @@ near_any.asked, unnest(tsvector_to_array(award.words)) AS lexeme
    JOIN near USING (lexeme)
    GROUP BY near.word ORDER BY count(*) DESC, near.word LIMIT :limit
    """
)
"""Which words that awards have are among these, the most frequent first; one for each stem."""


@dataclass(frozen=True)
class _Search:
    """What awards are narrowed by: conditions that always hold, and filters that each has values.

    `asked` is None where there are no words to ask for.
    """

    asked: ColumnElement[Any] | None
    corrections: Mapping[str, list[str]]
    always: Sequence[ColumnElement[bool]]
    facets: Mapping[str, Any]
    chosen: Mapping[str, Sequence[str]]

    def filters(self) -> dict[str, ColumnElement[bool]]:
        """Return the condition of each filter that something is chosen in."""
        return {n: self.facets[n].in_(values) for n, values in self.chosen.items() if values}


async def _search_of(session: AsyncSession, wanted: AwardFilter) -> _Search:
    asked, corrections = await _asked_of(session, wanted.q)
    amount, siren = col(Award.amount_cents), col(Award.siren)
    always = [
        *([] if asked is None else [col(Award.words).bool_op("@@")(asked)]),
        *([] if wanted.siren is None else [siren == wanted.siren]),
        *([] if wanted.amount_from is None else [amount >= wanted.amount_from]),
        *([] if wanted.amount_to is None else [amount <= wanted.amount_to]),
    ]
    facets: dict[str, Any] = {
        "call": col(Call.slug),
        "wave": cast(col(Award.wave), Text),
        "programme": col(Programme.slug),
        "region": col(Award.region),
        "year": func.nullif(func.left(_DECIDED_ON, 4), ""),
        "edition": case((col(Award.fictitious), Edition.FICTITIOUS), else_=Edition.REAL),
    }
    if len(wanted.call) != 1:
        del facets["wave"]
    chosen = {name: [str(value) for value in getattr(wanted, name)] for name in facets}
    return _Search(asked, corrections, always, facets, chosen)


async def _asked_of(
    session: AsyncSession, typed: str
) -> tuple[ColumnElement[Any] | None, Mapping[str, list[str]]]:
    """Return the words as a query, and what those that no award has were taken for."""
    words = rules.words_of(typed)
    known = dict(await _rows(session, _KNOWN, words=words)) if words else {}
    if not known:
        return None, {}
    corrections = {}
    for word in [word for word, is_known in known.items() if not is_known]:
        near = {"words": rules.neighbours_of(word), "limit": rules.MOST_CORRECTIONS}
        if found := [each for (each,) in await _rows(session, _NEAR, **near)]:
            corrections[word] = found
    asked = func.to_tsquery(_LANGUAGE, rules.asked_of(known, corrections))
    return asked, {word.removesuffix(":*"): found for word, found in corrections.items()}


async def _rows(session: AsyncSession, statement: Executable, **values: Any) -> Sequence[Any]:
    return (await execute(session, statement, values)).all()


def _joined(statement: Any) -> Any:
    """Return a statement about awards beside their calls, and beside the programmes that pay."""
    paying = func.coalesce(col(Award.programme_id), col(Call.programme_id))
    return (
        statement.select_from(Award)
        .outerjoin(Call, col(Call.id) == col(Award.call_id))
        .outerjoin(Programme, col(Programme.id) == paying)
    )


async def search_awards(
    session: AsyncSession, wanted: AwardQuery, *, after: Sequence[Any] | None
) -> tuple[AwardPage, list[Any] | None]:
    """Return a page of the awards found, without its cursor, and where it ends if more follow."""
    search = await _search_of(session, wanted)
    sort = wanted.sort or (AwardSort.RELEVANCE if wanted.q else AwardSort.DECIDED)
    order = [_order(sort, search.asked), col(Award.id)]
    found: Any = _joined(select_columns(Award, *order))
    found = found.where(*search.always, *search.filters().values())
    ordered = following(found, order=order, after=after, descending=sort is not AwardSort.RECIPIENT)
    rows = (await session.exec(ordered.limit(wanted.limit + 1))).all()
    sums, facets = await _sums(session, search)
    page = AwardPage(
        items=await _read(session, [award for award, *_ in rows[: wanted.limit]]),
        total=sums.count,
        sums=sums,
        facets=facets,
        corrections=dict(search.corrections),
    )
    return page, key_told(rows[wanted.limit - 1][1:]) if len(rows) > wanted.limit else None


def _order(sort: AwardSort, asked: ColumnElement[Any] | None) -> Any:
    """Return what awards are ordered by. A rank is a row's own: new awards move no other."""
    match sort:
        case AwardSort.RELEVANCE:
            rank = 0.0 if asked is None else func.ts_rank(col(Award.words), asked)
            return cast(rank, Double)
        case AwardSort.AMOUNT:
            return func.coalesce(col(Award.amount_cents), -1)
        case AwardSort.DECIDED:
            return _DECIDED_ON
        case AwardSort.RECIPIENT:
            return col(Award.recipient_key)


async def _sums(
    session: AsyncSession, search: _Search
) -> tuple[AwardSums, dict[str, list[AwardFacet]]]:
    """Sum what is found, and each facet under every filter but its own, in one pass.

    Each filter is a bit, and `missed` holds those that a row does not meet: what counts for a facet
    misses no other filter than its own.
    """
    bits = {name: 1 << place for place, name in enumerate(search.facets)}
    filters = search.filters()
    missed: Any = sum((case((met, 0), else_=bits[n]) for n, met in filters.items()), literal(0))
    labelled = [column.label(name) for name, column in search.facets.items()]
    wanted = [*labelled, missed.label("missed"), col(Award.amount_cents)]
    of_each = _joined(select_columns(*wanted))
    found = of_each.where(*search.always).subquery()
    values = [found.c[name] for name in search.facets]
    sets = func.grouping_sets(tuple_(), *(tuple_(value) for value in values))
    amount = found.c.amount_cents
    summed = (
        select_columns(
            func.grouping(*values),
            func.coalesce(*values),
            func.count(),
            func.coalesce(func.sum(amount), 0),
            func.count().filter(amount.is_(None)),
            found.c.missed,
        )
        .where(found.c.missed.in_([0, *(bits[name] for name in filters)]))
        .group_by(found.c.missed, sets)
    )
    everything = (1 << len(bits)) - 1
    # PostgreSQL names a group by the columns that it is not grouped by, the first one highest.
    names = {
        everything ^ bit: name for name, bit in zip(bits, reversed(bits.values()), strict=True)
    }
    counts: dict[str | None, dict[str | None, list[int]]] = defaultdict(dict)
    for group, value, *numbers, lost in await _rows(session, summed):
        name = names.get(group)
        if lost in {0, bits.get(name or "")}:
            before = counts[name].get(value, [0, 0, 0])
            counts[name][value] = [int(a + b) for a, b in zip(before, numbers, strict=True)]
    (count, amount_cents, not_stated), *_ = [*counts[None].values(), [0, 0, 0]]
    labels = await _labels(session, counts)
    facets = {
        name: [
            AwardFacet(
                value=value,
                label=labels.get((name, value)),
                count=numbers[0],
                amount_cents=numbers[1],
                not_stated=numbers[2],
            )
            for value, numbers in sorted(
                counts[name].items(), key=lambda each: (-each[1][0], each[0] or "~")
            )
        ]
        for name in bits
    }
    sums = AwardSums(count=count, amount_cents=amount_cents, not_stated=not_stated)
    return sums, facets


async def _labels(
    session: AsyncSession, counts: Mapping[str | None, Mapping[str | None, Any]]
) -> dict[tuple[str, str | None], Localized]:
    labels: dict[tuple[str, str | None], Localized] = {}
    tables: Mapping[str, Any] = {"call": Call, "programme": Programme}
    for name, table in tables.items():
        named = select_columns(table.slug, table.name).where(table.slug.in_(counts[name]))
        labels |= {(name, slug): label for slug, label in await _rows(session, named)}
    return labels


async def read_award(session: AsyncSession, slug: str) -> AwardRead:
    """Return an award. Raises NotFound."""
    award = await by_slug(session, Award, slug)
    if award is None:
        raise NotFound
    return (await _read(session, [award]))[0]


async def _read(session: AsyncSession, awards: Sequence[Award]) -> list[AwardRead]:
    """Return awards with what they name."""
    ids = {award.call_id for award in awards}
    waves = select(Wave).where(col(Wave.call_id).in_(ids))
    names = {(wave.call_id, wave.rank): wave.name for wave in await session.exec(waves)}
    listed = select(Call).where(col(Call.id).in_(ids))
    of_calls = {call.id: call for call in await session.exec(listed)}
    paying = {award.programme_id for award in awards} | {c.programme_id for c in of_calls.values()}
    named = select(Programme).where(col(Programme.id).in_(paying))
    payers = {each.id: told(each, ProgrammeRef) for each in await session.exec(named)}
    bodies = select(Organisation.id, Organisation.slug).where(
        col(Organisation.id).in_({award.organisation_id for award in awards})
    )
    slugs = dict((await session.exec(bodies)).all())
    cited = await sources.by_ids(session, {award.source_id for award in awards})

    def read(award: Award) -> AwardRead:
        call = of_calls.get(award.call_id) if award.call_id else None
        payer = award.programme_id or (call.programme_id if call else None)
        return told(
            award,
            AwardRead,
            programme=payers.get(payer) if payer else None,
            call=call
            and AwardCall(
                slug=call.slug,
                name=call.name,
                wave=award.wave,
                wave_name=names.get((call.id, award.wave or 0)),
            ),
            organisation=slugs.get(award.organisation_id) if award.organisation_id else None,
            source=cited[award.source_id],
        )

    return [read(award) for award in awards]


async def write_table(session: AsyncSession, wanted: AwardFilter) -> bytes:
    """Return the awards found as CSV (RFC 4180), the latest first, one row each."""
    search = await _search_of(session, wanted)
    columns = {
        "award": col(Award.slug),
        "project": _french(Award.project),
        "recipient": col(Award.recipient),
        "siren": col(Award.siren),
        "region": col(Award.region),
        "commune": col(Award.commune),
        "place": col(Award.place),
        "amount_cents": col(Award.amount_cents),
        "decided": _DECIDED_ON,
        "decided_precision": func.jsonb_extract_path_text(col(Award.decided), "precision"),
        "programme": col(Programme.slug),
        "call": col(Call.slug),
        "call_name": _french(Call.name),
        "wave": col(Award.wave),
        "url": col(Award.url),
        "source": col(Source.slug),
        "source_url": col(Source.url),
        "fictitious": col(Award.fictitious),
    }
    rows = (
        _joined(select_columns(*columns.values()))
        .join(Source, col(Source.id) == col(Award.source_id))
        .where(*search.always, *search.filters().values())
        .order_by(_DECIDED_ON.desc(), col(Award.id).desc())
    )
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(columns)
    async for part in (await session.stream(rows)).partitions(ROWS_AT_ONCE):
        writer.writerows([cell(value) for value in row] for row in part)
    return table.getvalue().encode()


def _french(column: Any) -> ColumnElement[str]:
    return func.jsonb_extract_path_text(col(column), "fr")
