"""Invented calls, as long and as varied as real ones, and the same at each run."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from tests.bench import words

from etape.core.database import Database
from etape.core.moments import Moment
from etape.core.texts import Localized
from etape.funding.calls import rules
from etape.funding.calls.schemas import Aid, Applicant, CallKind, Rate
from etape.funding.calls.tables import Call, Question, Wave
from etape.funding.eligibility.schemas import Stage
from etape.sources.schemas import Statement

SEED = 20261123
BATCH = 1000
TABLES = (Call, Wave, Question)

Row = dict[str, Any]


async def publish_calls(database: Database, count: int, *, now: datetime) -> None:
    """Write calls as publishing them would, but for their journal, a thousand at a time."""
    author = Author(now)
    for first in range(0, count, BATCH):
        written = [author.call(number) for number in range(first, min(first + BATCH, count))]
        async with database.unit_of_work() as session:
            connection = await session.connection()
            for place, table in enumerate(TABLES):
                rows = [row for call in written for row in call[place]]
                await connection.execute(insert(table), rows)


class Author:
    """Writes calls; every choice is drawn from one seed."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.draw = random.Random(SEED)

    def call(self, number: int) -> tuple[list[Row], list[Row], list[Row]]:
        """Return the rows of a call: itself, its wave, its questions."""
        said = self._subject()
        call = self._call(number, said)
        asked = self.draw.sample(words.QUESTIONS, self.draw.randint(1, len(words.QUESTIONS)))
        questions = [
            {
                "id": self._id(),
                "call_id": call["id"],
                "rank": rank,
                "question": _text(question, said),
                "answer": _text(answer, said),
            }
            for rank, (question, answer) in enumerate(asked)
        ]
        return [call], [self._wave(call["id"])], questions

    def _subject(self) -> Row:
        """Return what the sentences of one call speak of."""
        draw = self.draw
        verb, act = draw.choice(words.ACTS)
        people, others = draw.sample(words.PEOPLE, 2)
        return {
            "verb": verb,
            "act": act,
            "thing": draw.choice(words.THINGS),
            "people": people,
            "others": others,
            "place": draw.choice(words.PLACES),
            "town": self._town(),
            "other_town": self._town(),
            "project": "".join(draw.choices(words.SYLLABLES, k=4)).capitalize(),
            "percent": draw.randrange(20, 85, 5),
            "months": draw.randrange(6, 48, 6),
            "count": draw.randrange(5, 400, 5),
        }

    def _call(self, number: int, said: Row) -> Row:
        draw = self.draw
        is_translated = draw.random() < words.TRANSLATED
        lowest = draw.randrange(1, 40) * 500_000
        return {
            "id": self._id(),
            "slug": f"appel-{number:05}",
            "kind": draw.choice(list(CallKind)),
            "name": _text(words.NAME, said),
            "promise": _text(draw.choice(words.PROMISES), said),
            "description": Localized(
                fr=draw.choice(words.DESCRIPTIONS).format(**said),
                en=words.ENGLISH.format(**said) if is_translated else None,
            ),
            "themes": draw.sample(words.THEMES, draw.randint(1, 3)),
            "regions": draw.sample(words.REGIONS, draw.choice([0, 0, 1, 1, 2])),
            "applicants": draw.sample(list(Applicant), draw.randint(1, 4)),
            "stages": draw.sample(list(Stage), draw.randint(1, 2)),
            "aids": draw.sample(list(Aid), draw.randint(1, 2)),
            **{name: self._statements(said) for name in words.LISTS},
            "rates": [Rate(label=Localized(fr="Petite entreprise"), percent=said["percent"])],
            "amount_min_cents": lowest,
            "amount_max_cents": lowest * draw.randint(2, 20),
            "documents": [],
            "fictitious": True,
            "version": 1,
            "updated_at": self.now,
        }

    def _statements(self, said: Row) -> list[Statement]:
        chosen = self.draw.sample(words.STATEMENTS, self.draw.randint(2, 5))
        return [Statement(text=_text(sentence, said)) for sentence in chosen]

    def _wave(self, call_id: UUID) -> Row:
        opens = Moment(on=(self.now + timedelta(days=self.draw.randint(-300, 90))).date())
        closes = Moment(on=opens.on + timedelta(days=self.draw.randint(30, 250)))
        opens_at, closes_at = rules.bounds(opens, closes, grace_minutes=0)
        return {
            "id": self._id(),
            "call_id": call_id,
            "rank": 1,
            "opens": opens,
            "closes": closes,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "grace_minutes": 0,
            "rolling": False,
        }

    def _town(self) -> str:
        return f"Saint-{self.draw.choice(words.SAINTS)}-sur-{self.draw.choice(words.RIVERS)}"

    def _id(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128), version=4)


def _text(sentence: str, said: Row) -> Localized:
    return Localized(fr=sentence.format(**said))
