"""Importing a file in one transaction: a line is published, unchanged or refused, never guessed.

What a thing is known by in its source names it here, so that importing a file again finds each
thing and, where nothing changed, records nothing.
"""

from asyncio import sleep
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any, BinaryIO

from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.database import let_it_take_time
from etape.core.journal import Changes
from etape.core.problems import Conflict, Problem
from etape.core.publishing import NOUNS, Aggregate, Noun, publish, publish_all
from etape.core.texts import Localized, Spoken
from etape.exchange.formats import aides_territoires, etalab, fonds_vert, ilab, native
from etape.exchange.formats.lines import FileRefused, Line, Remark, RemarkKind
from etape.exchange.imports.schemas import MOST_REMARKS, FormatName, ImportReport

READERS: Mapping[FormatName, Callable[[BinaryIO], Iterator[Line]]] = {
    FormatName.ETAPE: native.read,
    FormatName.ETALAB: etalab.read,
    FormatName.AIDES_TERRITOIRES: aides_territoires.read,
    FormatName.FONDS_VERT: fonds_vert.read,
    FormatName.I_LAB: ilab.read,
}
BATCH = 200
"""Lines published at once: a dozen statements, little memory, and soon somebody else's turn."""

_TURN = 20

_ONE_AT_A_TIME = 0x696D706F7274  # the advisory lock's key: "import" in ASCII
MOST_LINES = 200_000

_WITHDRAWN = Localized(
    fr="L’équipe a retiré cette fiche : un import ne la republie pas.",
    en="The team withdrew this thing: an import does not publish it again.",
)
_NOT_YOURS = Localized(
    fr="Vos rôles ne permettent pas d’écrire ce genre de fiche.",
    en="Your roles do not let you write things of this kind.",
)


class ImportUnderway(Problem):
    """Another import is running: two at once would wait for each other."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Import en cours", en="Import under way")
    detail = Localized(
        fr="Un autre import est en cours. Attendez qu’il finisse, puis recommencez.",
        en="Another import is running. Wait until it ends, then try again.",
    )


async def import_file(
    session: AsyncSession,
    name: FormatName,
    stream: BinaryIO,
    *,
    by: str,
    now: datetime,
    dry_run: bool = False,
    strict: bool = False,
    nouns: Container[str] | None = None,
) -> ImportReport:
    """Publish what a file holds, and report on each line that was refused, doubtful or changed.

    A dry run does all of it and undoes it: it cannot say anything else than what would happen.
    `strict` undoes it when any line is refused. `nouns` are those that whoever imports may write,
    all by default. Raises FileRefused, ImportUnderway.
    """
    # A file of refused lines asks PostgreSQL nothing meanwhile.
    await let_it_take_time(await session.connection())
    if not (await session.exec(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME)))).one():
        raise ImportUnderway
    import_ = _Import(session, by=by, now=now, nouns=NOUNS if nouns is None else nouns)
    async with session.begin_nested() as trial:
        for count, line in enumerate(READERS[name](stream)):
            await import_.take(line)
            if count % _TURN == 0:
                await sleep(0)  # whoever else this process serves does not wait for a whole batch
        await import_.publish_batch()
        is_kept = not dry_run and not (strict and import_.counts["refused"])
        if not is_kept:
            await trial.rollback()
    return ImportReport(
        format=name,
        kept=is_kept,
        **{each: import_.counts[each] for each in ("new", "changed", "unchanged", "refused")},
        remarks=sorted(import_.remarks, key=lambda remark: remark.line),
    )


class _Import:
    """An import under way: the lines met, and those that wait to be published together."""

    def __init__(
        self, session: AsyncSession, *, by: str, now: datetime, nouns: Container[str]
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.remarks: list[Remark] = []
        self._session, self._by, self._now, self._allowed = session, by, now, nouns
        self._nouns: dict[type[Spoken], Noun[Any, Any]] = {
            noun.content: noun for noun in NOUNS.values()
        }
        self._met: dict[tuple[str, str], int] = {}
        self._provided: set[tuple[str, str]] = set()
        self._batch: list[tuple[Line, Any]] = []

    async def take(self, line: Line) -> None:
        """Have a line published with the next ones, unless it is refused."""
        if self.counts.total() + len(self._batch) >= MOST_LINES:
            raise FileRefused(
                fr=f"Ce fichier a plus de {MOST_LINES} lignes : partagez-le.",
                en=f"This file has more than {MOST_LINES} lines: divide it.",
            )
        self._say(*line.remarks)
        content: Any = line.content
        if content is None:
            self.counts["refused"] += 1
            return
        noun = self._nouns[type(content)]
        if noun.name not in self._allowed:
            self._refuse(line, _NOT_YOURS)
            return
        first = self._met.setdefault((noun.name, content.slug), line.number)
        if first != line.number:
            self._refuse(line, _repeated(first))
            return
        for need in line.needs:
            await self._provide(need)
        if self._batch and self._nouns[type(self._batch[0][1])] is not noun:
            await self.publish_batch()
        self._batch.append((line, content))
        if len(self._batch) == BATCH:
            await self.publish_batch()

    async def publish_batch(self) -> None:
        """Publish the lines that wait, but for what the team withdrew."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        noun = self._nouns[type(batch[0][1])]
        withdrawn = await self._withdrawn(noun, [content.slug for _, content in batch])
        for line, content in batch:
            if content.slug in withdrawn:
                self._refuse(line, _WITHDRAWN)
        await self._publish(noun, [each for each in batch if each[1].slug not in withdrawn])

    async def _publish(self, noun: Noun[Any, Any], batch: Sequence[tuple[Line, Any]]) -> None:
        """Publish lines together; where one is at fault, halve them until it stands alone."""
        contents = [content for _, content in batch]
        try:
            async with self._session.begin_nested():
                changes = await publish_all(
                    self._session, noun, contents, by=self._by, now=self._now
                )
        except (Problem, IntegrityError, DataError) as fault:
            if len(batch) > 1:
                middle = len(batch) // 2
                await self._publish(noun, batch[:middle])
                await self._publish(noun, batch[middle:])
                return
            problem = fault if isinstance(fault, Problem) else Conflict()
            for field, sentence in problem.errors or [(None, problem.detail)]:
                self._say(batch[0][0].remark(RemarkKind.REFUSED, sentence, field=field))
            self.counts["refused"] += 1
            return
        for (line, _), changed in zip(batch, changes, strict=True):
            is_new = "slug" in changed  # it had none: it never changes
            self.counts["new" if is_new else "changed" if changed else "unchanged"] += 1
            if changed and not is_new:
                self._say(line.remark(RemarkKind.CHANGED, _changes(changed)))

    async def _provide(self, content: Any) -> None:
        """Publish what lines hang on, unless it ever was: from then on it is the team's.

        Where it cannot be published, the lines that name it are refused for that.
        """
        noun = self._nouns[type(content)]
        key = (noun.name, content.slug)
        if key in self._provided:
            return
        self._provided.add(key)
        there = await self._session.get(Aggregate, key)
        if there is None or there.version == 0:
            with suppress(Problem):
                async with self._session.begin_nested():
                    await publish(self._session, noun, content, by=self._by, now=self._now)

    async def _withdrawn(self, noun: Noun[Any, Any], slugs: Sequence[str]) -> set[str]:
        wanted = select(Aggregate.slug).where(
            Aggregate.noun == noun.name,
            col(Aggregate.slug).in_(slugs),
            col(Aggregate.version) > 0,
            ~col(Aggregate.is_published),
        )
        return set(await self._session.exec(wanted))

    def _refuse(self, line: Line, sentence: Localized) -> None:
        self.counts["refused"] += 1
        self._say(line.remark(RemarkKind.REFUSED, sentence))

    def _say(self, *remarks: Remark) -> None:
        self.remarks += remarks
        if len(self.remarks) > MOST_REMARKS:
            raise FileRefused(
                fr=f"Plus de {MOST_REMARKS} remarques : ce n’est sans doute pas le bon format.",
                en=f"More than {MOST_REMARKS} remarks: this is probably not the right format.",
            )


def _repeated(first: int) -> Localized:
    return Localized(
        fr=f"La ligne {first} a déjà cet identifiant.", en=f"Line {first} has that identifier."
    )


def _changes(changes: Changes) -> Localized:
    return Localized(fr=f"Change : {', '.join(changes)}.", en=f"Changes: {', '.join(changes)}.")
