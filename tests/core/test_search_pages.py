"""The search engine around the words: filters, facets, pages, writes, strange texts."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etape.core.search import (
    DEEPEST,
    Engine,
    Entry,
    Query,
    Sort,
    Synonyms,
)
from etape.core.search.plan import MOST_WORDS
from etape.core.search.text import WORD, form_of
from support.search import GLOSSARY, SHAPE, bold, every_page, keys, titled


def places(count: int = 60) -> list[Entry]:
    chance = random.Random(7)
    return [
        Entry(
            key=f"key-{i:03}",
            texts={"title": "santé" if i % 2 else "santé publique"},
            keywords={
                "kind": ["call" if i % 3 else "stop"],
                "region": [f"R{i % 4}"],
                "theme": sorted({f"T{i % 5}", f"T{i % 7}"}),
            },
            numbers={"closes": chance.choice([None, 10, 20, 30]), "amount": i},
            payload=b'{"i": %d}' % i,
        )
        for i in range(count)
    ]


@pytest.fixture(scope="module")
def sixty() -> Engine:
    engine = Engine(SHAPE)
    engine.rebuild(places())
    return engine


def test_filters_take_any_value_of_a_field_and_every_field(sixty: Engine) -> None:
    found = sixty.search(
        Query(filters={"region": ["R0", "R1"], "theme": ["T0"], "kind": []}, limit=100)
    )
    expected = {
        entry.key
        for entry in places()
        if entry.keywords["region"][0] in {"R0", "R1"} and "T0" in entry.keywords["theme"]
    }
    assert set(keys(found)) == expected
    assert found.total == len(expected)


def test_a_facet_counts_under_every_filter_but_its_own(sixty: Engine) -> None:
    found = sixty.search(
        Query(
            text="santé",
            filters={"region": ["R0", "nowhere"], "kind": ["call"]},
            ranges={"amount": (10, None)},
            facets=("region", "theme", "kind"),
        )
    )
    kept = places()[10:]

    def count(name: str, **chosen: str) -> Counter[str]:
        return Counter(
            value
            for entry in kept
            if all([value] == entry.keywords[field] for field, value in chosen.items())
            for value in entry.keywords[name]
        )

    assert found.facets["region"] == {**count("region", kind="call"), "nowhere": 0}
    assert found.facets["theme"] == count("theme", kind="call", region="R0")
    assert found.facets["kind"] == count("kind", region="R0")
    assert list(found.facets["theme"].values()) == sorted(found.facets["theme"].values())[::-1]


def test_a_scope_is_no_filter_and_facets_keep_to_it(sixty: Engine) -> None:
    found = sixty.search(Query(scope={"kind": ["stop"]}, facets=("kind",)))
    assert found.facets["kind"] == {"stop": 20}
    assert found.total == 20


def test_a_range_includes_both_ends_and_reads_days_and_instants() -> None:
    engine = Engine(SHAPE)
    engine.upsert(
        Entry(key=key, texts={"title": "x"}, numbers={"closes": closes})
        for key, closes in {
            "first": date(2022, 3, 1),
            "noon": datetime(2022, 3, 1, 12, tzinfo=UTC),
            "next": date(2022, 3, 2),
            "never": None,
        }.items()
    )

    def between(low: date | None, high: date | None) -> set[str]:
        return set(keys(engine.search(Query(ranges={"closes": (low, high)}))))

    assert between(date(2022, 3, 1), date(2022, 3, 2)) == {"first", "noon", "next"}
    assert between(datetime(2022, 3, 1, 1, tzinfo=UTC), None) == {"noon", "next"}
    assert between(None, date(2022, 3, 1)) == {"first"}
    assert between(None, None) == {"first", "noon", "next"}


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2022, 3, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        titled().search(Query(ranges={"closes": (naive, None)}))


def test_an_undeclared_field_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        titled().search(Query(filters={"colour": ["red"]}))


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("text", ["", "sante"])
def test_pages_in_the_order_of_a_number_hold_everything_once_missing_last(
    sixty: Engine, text: str, *, is_descending: bool
) -> None:
    query = Query(text=text, sort=Sort("closes", is_descending=is_descending), limit=7)
    pages = list(every_page(sixty, query))
    seen = [key for page in pages for key in keys(page)]
    closes = {entry.key: entry.numbers["closes"] for entry in places()}
    assert sorted(seen) == sorted(closes)
    values = [closes[key] for key in seen]
    known = [value for value in values if value is not None]
    assert known == sorted(known, key=lambda value: -value if is_descending else value)
    assert values == known + [None] * (60 - len(known))
    assert {page.total for page in pages} == {60}


@pytest.mark.parametrize("text", ["", "sante", "santé publique", "santé publiqe"])
def test_pages_by_relevance_hold_everything_once(sixty: Engine, text: str) -> None:
    whole = sixty.search(Query(text=text, limit=100))
    seen = [key for page in every_page(sixty, Query(text=text, limit=7)) for key in keys(page)]
    assert seen == keys(whole)
    assert len(seen) == len(set(seen)) == whole.total


@pytest.mark.parametrize("sort", [None, Sort("amount"), Sort("closes", is_descending=True)])
@pytest.mark.parametrize("text", ["", "sante"])
def test_what_comes_and_goes_between_two_pages_neither_skips_nor_repeats_the_others(
    text: str, sort: Sort | None
) -> None:
    engine = Engine(SHAPE)
    engine.rebuild(places())
    query = Query(text=text, sort=sort, limit=20)
    before = keys(engine.search(replace(query, limit=100)))
    first = engine.search(query)
    last = first.hits[-1].key
    engine.delete([before[0], last])
    engine.upsert(replace(entry, key=f"new-{entry.key}") for entry in places(3))
    rest = [
        key for page in every_page(engine, replace(query, after=first.next)) for key in keys(page)
    ]
    assert [key for key in rest if not key.startswith("new")] == before[20:]


def test_the_same_entries_come_in_the_same_order_in_every_process(sixty: Engine) -> None:
    other = Engine(SHAPE)
    entries = places()
    random.Random(3).shuffle(entries)
    for entry in entries:
        other.upsert([entry])
    for query in (
        Query(limit=60),
        Query(text="santé", limit=60),
        Query(sort=Sort("closes"), limit=60),
    ):
        assert keys(other.search(query)) == keys(sixty.search(query))


def test_relevance_can_be_paged_to_a_known_depth() -> None:
    engine = Engine(SHAPE)
    engine.rebuild(Entry(key=f"{i}", texts={"title": "santé"}) for i in range(DEEPEST + 30))
    pages = list(every_page(engine, Query(text="sante", limit=100)))
    assert len({key for page in pages for key in keys(page)}) == DEEPEST
    assert {page.total for page in pages} == {DEEPEST + 30}
    assert sum(len(page.hits) for page in every_page(engine, Query(limit=100))) == DEEPEST + 30


def test_what_was_written_is_found_at_once() -> None:
    engine = titled("Ancien titre")
    engine.upsert([Entry(key="a", texts={"title": "Premier"}, payload=b"\x00\xff")])
    (hit,) = engine.search(Query(text="premier")).hits
    assert (hit.key, hit.payload) == ("a", b"\x00\xff")
    engine.upsert(
        [Entry(key="a", texts={"title": "Second"}), Entry(key="a", texts={"title": "Troisième"})]
    )
    assert keys(engine.search(Query(text="premier"))) == []
    assert keys(engine.search(Query(text="second"))) == []
    assert keys(engine.search(Query(text="troisieme"))) == ["a"]
    engine.delete(["a", "unknown"])
    assert keys(engine.search(Query(text="troisieme"))) == []
    assert len(engine) == 1
    engine.rebuild([Entry(key="b", texts={"title": "Nouveau"})])
    assert len(engine) == 1
    assert keys(engine.search(Query())) == ["b"]


def broken_entries() -> Iterator[Entry]:
    yield Entry(key="new", texts={"title": "Nouveau"})
    raise ConnectionError


@pytest.mark.parametrize("write", ["rebuild", "upsert"])
def test_a_write_that_fails_midway_changes_nothing(write: str) -> None:
    engine = titled("Ancien")
    with pytest.raises(ConnectionError):
        getattr(engine, write)(broken_entries())
    assert keys(engine.search(Query())) == ["Ancien"]
    engine.upsert([Entry(key="after", texts={"title": "Après"})])
    assert set(keys(engine.search(Query()))) == {"Ancien", "after"}


def test_searches_and_writes_of_many_threads_do_not_disturb_each_other() -> None:
    engine = Engine(SHAPE, GLOSSARY)
    engine.rebuild(places())

    def write(i: int) -> None:
        engine.upsert([Entry(key=f"thread-{i}", texts={"title": f"écrit {i}"})])
        assert keys(engine.search(Query(text=f"ecrit {i}", enough=1, is_complete=True)))
        if i % 5 == 0:
            engine.delete([f"thread-{i}"])

    def read(_: int) -> int:
        return engine.search(Query(text="santé publiqe", facets=("theme",))).total

    with ThreadPoolExecutor(8) as threads:
        totals = threads.map(read, range(100))
        list(threads.map(write, range(40)))
        assert set(totals) == {30}
    assert len(engine) == 60 + 32


async def test_a_rebuild_in_a_thread_leaves_the_loop_running() -> None:
    engine = Engine(SHAPE)
    entries = [replace(entry, key=f"{i}-{entry.key}") for i in range(50) for entry in places()]
    rebuilding = asyncio.create_task(asyncio.to_thread(engine.rebuild, entries))
    longest, before = 0.0, time.perf_counter()
    while not rebuilding.done():
        await asyncio.sleep(0.001)
        longest, before = max(longest, time.perf_counter() - before), time.perf_counter()
    await rebuilding
    assert len(engine) == 3000
    assert longest < 0.5


anything = st.text(st.characters(codec=None, categories=None), max_size=60)
typed = anything | st.lists(
    st.sampled_from(
        ["santé", "eds", '"', "«", "»", "l'", "-", "\0", "\ud800", "à", "a" * 300, "😀", " "]
    )
).map("".join)


@given(text=typed)
@settings(deadline=None, max_examples=150)
def test_no_text_is_too_strange_to_search(sixty: Engine, text: str) -> None:
    found = sixty.search(Query(text=text, filters={"region": [text]}, facets=("region",)))
    assert found.total == 0
    assert sixty.search(Query(text=text)).total <= 60
    assert len(sixty.suggest(text)) <= 8
    Synonyms([(text, "santé")]).at_start_of(["sant"])


@given(title=anything, text=anything)
@settings(deadline=None, max_examples=25)
def test_no_text_is_too_strange_to_index(title: str, text: str) -> None:
    engine = Engine(SHAPE)
    entry = Entry(key="x", texts={"title": title, "body": text}, keywords={"region": [text]})
    engine.upsert([entry])
    (hit,) = engine.search(Query(filters={"region": [text]})).hits
    assert hit.matched == []


@given(word=st.from_regex(WORD, fullmatch=True))
def test_a_word_is_one_token_in_every_form(word: str) -> None:
    assert all(form.split() == [form] for form in form_of(word))


def test_an_endless_question_costs_no_more_than_a_long_one(sixty: Engine) -> None:
    words = [f"mot{i}x" for i in range(2000)]
    found = sixty.search(Query(text=" ".join(words)[:10_000]))
    assert found.total == 0
    longest = sixty.search(Query(text="abcdefghijk " * 900))
    assert len(longest.corrections) <= MOST_WORDS


def test_suggestions_come_from_titles_by_any_word() -> None:
    engine = Engine(SHAPE)
    engine.upsert(
        [
            Entry(key="1", texts={"title": "Appel Expérimentation numérique"}),
            Entry(key="2", texts={"title": "Évaluation clinique", "body": "expérimentation"}),
        ]
    )
    for text in (
        "exp",
        "expé",
        "expérimentation",
        "numerique exp",
        "experimet",
        "experimentaton",
        "numreique",
    ):
        assert [hit.key for hit in engine.suggest(text)] == ["1"], text
    (hit,) = engine.suggest("expe")
    assert bold(hit.passages["title"]) == "Appel [Expérimentation] numérique"
    assert engine.suggest(" - ") == ()
    assert engine.suggest("eval", scope={"kind": ["call"]}) == []
