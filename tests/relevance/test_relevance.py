"""The right calls come first, for French queries as people type them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.relevance.judged import quality_of, read_queries
from tests.relevance.measuring import Relevance, forgiven, held_out, measure_relevance

from etape.core.postgres import PostgresServer
from support.postgres import fresh_database

AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def relevance(postgres: PostgresServer, filled: str) -> Iterator[Relevance]:
    with fresh_database(postgres, template=filled) as url:
        yield asyncio.run(measure_relevance(url, now=AT))


def test_the_queries_are_many_of_each_kind_and_judged_on_calls_that_exist(
    relevance: Relevance,
) -> None:
    queries = read_queries()
    assert len({query.text for query in queries}) == len(queries) >= 120
    assert min(Counter(query.kind for query in queries).values()) >= 12
    for query in queries:
        assert query.grades.keys() <= relevance.calls, query.text
        assert 3 in query.grades.values(), query.text


def test_the_first_call_is_a_good_one(relevance: Relevance) -> None:
    assert quality_of(relevance.ours).success_1 >= 0.88
    assert held_out(relevance.ours).success_1 >= 0.88


def test_good_calls_come_before_the_others(relevance: Relevance) -> None:
    # What is reached; the goal is 0.90, and docs/performance.md says what is missing.
    assert quality_of(relevance.ours).ndcg >= 0.88
    assert held_out(relevance.ours).ndcg >= 0.86


def test_a_typo_a_missing_accent_or_an_acronym_does_not_hide_the_right_call(
    relevance: Relevance,
) -> None:
    assert forgiven(relevance.ours).success_3 >= 0.95


def test_hardly_any_query_finds_nothing(relevance: Relevance) -> None:
    assert quality_of(relevance.ours).nothing_found <= 0.01


def test_the_search_is_ahead_of_full_text_in_postgresql(relevance: Relevance) -> None:
    for measured in (quality_of, held_out):
        ours, reference = measured(relevance.ours), measured(relevance.reference)
        assert ours.ndcg > reference.ndcg
        assert ours.success_1 > reference.success_1
        assert ours.success_3 > reference.success_3
        assert ours.nothing_found <= reference.nothing_found
