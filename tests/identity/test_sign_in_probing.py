"""Asking to sign in does not tell who is a member (T16): same answer, same work, same time."""

import asyncio
import random
import time
from contextvars import ContextVar
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.identity.codes import service
from etape.identity.codes.tables import SignInAsk
from support.app import Client
from support.visitor import Visitor, a_member, ask

MEMBER, NOBODY = "odile.martin@etape.example", "personne@etape.example"
INLINE_SECONDS = 0.05  # little for a mail server across a network


@pytest.fixture
async def visitor(client: Client) -> Visitor:
    await a_member(client)
    return Visitor(client)


@pytest.mark.parametrize("known", [MEMBER, MEMBER.upper()])
async def test_a_member_and_nobody_get_the_same_answer(visitor: Visitor, known: str) -> None:
    answers = [await visitor.post("/sign-in", json={"email": email}) for email in (known, NOBODY)]

    for answer in answers:
        assert answer.status_code == 202
        assert len(answer.headers["set-cookie"]) == len(answers[0].headers["set-cookie"])
    assert answers[0].json() == answers[1].json()
    names = [[name for name, _ in answer.headers.multi_items()] for answer in answers]
    assert names[0] == names[1]


async def test_each_ask_leaves_a_row_and_a_job_and_the_row_of_nobody_names_nobody(
    visitor: Visitor,
) -> None:
    for email in (MEMBER, NOBODY):
        await visitor.do("/sign-in", {"email": email})

    rows = await ask(visitor.client, "SELECT * FROM sign_in_ask")
    tasks = await ask(visitor.client, "SELECT task_name, args FROM procrastinate_jobs")

    assert sorted(row.member_id is None for row in rows) == [False, True]
    assert [task.task_name for task in tasks] == [service.SEND_CODE] * 2
    assert {task.args["ask_id"] for task in tasks} == {str(row.id) for row in rows}
    kept = repr([tuple(row) for row in rows + tasks])
    assert "personne" not in kept
    assert "odile" not in kept


async def test_a_wrong_code_of_a_member_and_of_nobody_are_refused_alike(
    visitor: Visitor,
) -> None:
    told = []
    for email in (MEMBER, NOBODY):
        await visitor.do("/sign-in", {"email": email})
        counted, answer = await statements(visitor, "/sign-in/proof", {"code": "0000-0000"})
        told.append((counted, answer.status_code, {**answer.json(), "request_id": ""}))

    assert told[0] == told[1]


async def statements(visitor: Visitor, path: str, body: Any) -> tuple[int, Any]:
    """How many statements an answer took, and not those of what runs beside it."""

    def count(*_: object) -> None:
        if is_ours.get():
            seen.append(1)

    seen: list[int] = []
    is_ours = ContextVar("is_ours", default=False)
    engine = visitor.client.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    is_ours.set(True)
    answer = await visitor.post(path, json=body)
    is_ours.set(False)
    event.remove(engine, "before_cursor_execute", count)
    return len(seen), answer


async def test_a_member_costs_as_many_statements_as_nobody(visitor: Visitor) -> None:
    member, _ = await statements(visitor, "/sign-in", {"email": MEMBER})
    nobody, _ = await statements(visitor, "/sign-in", {"email": NOBODY})
    assert member == nobody > 0


async def measured(visitor: Visitor, *, pairs: int) -> list[tuple[float, float]]:
    """How long a member and nobody take, side by side, whichever comes first."""
    found = []
    for _ in range(pairs):
        took = {}
        for email in random.sample([MEMBER, NOBODY], 2):
            started = time.perf_counter()
            await visitor.do("/sign-in", {"email": email})
            took[email] = time.perf_counter() - started
        found.append((took[MEMBER], took[NOBODY]))
    return found


def tells(pairs: list[tuple[float, float]]) -> bool:
    """Say whether the time tells the two apart, and not by chance (as tests/tour/test_probing)."""
    known, nobody = (median(times) for times in zip(*pairs, strict=True))
    slower = sum(one > other for one, other in pairs) / len(pairs)
    return abs(slower - 0.5) > 0.2 and not 0.8 < known / nobody < 1.25


async def test_the_time_of_an_answer_does_not_tell_who_is_a_member(visitor: Visitor) -> None:
    assert not tells(await measured(visitor, pairs=100))


async def test_mailing_before_the_answer_would_tell(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def defer(session: AsyncSession, job: str, **arguments: str) -> int:
        asked = await session.get_one(SignInAsk, UUID(arguments["ask_id"]))
        if asked.member_id is not None:
            await asyncio.sleep(INLINE_SECONDS)
        return await whole(session, job, **arguments)

    whole = jobs.defer
    monkeypatch.setattr(jobs, "defer", defer)
    assert tells(await measured(visitor, pairs=30))
