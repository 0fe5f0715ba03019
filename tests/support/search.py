"""An engine of a few titles, and what it found, as the tests of search read it."""

import json
from collections.abc import Iterator
from dataclasses import replace

from etape.core.search import Engine, Entry, Found, Passage, Query, Shape, Synonyms, Text

SHAPE = Shape(
    texts=(Text("title", 6), Text("summary", 3), Text("body", width=120)),
    keywords=("kind", "region", "theme"),
    numbers=("closes", "amount"),
)
GLOSSARY = Synonyms(
    [
        ("EDS", "entrepôt de données de santé"),
        ("AAP", "appel à projets"),
        ("DM", "dispositif médical"),
        ("SNDS", "système national des données de santé"),
    ]
)


def titled(*titles: str) -> Engine:
    engine = Engine(SHAPE, GLOSSARY)
    engine.upsert(Entry(key=title, texts={"title": title}) for title in titles)
    return engine


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def exact(engine: Engine, text: str) -> list[str]:
    found = engine.search(Query(text=text, is_complete=True, limit=50))
    return [hit.key for hit in found.hits if hit.is_exact]


def every_page(engine: Engine, query: Query) -> Iterator[Found]:
    while True:
        found = engine.search(query)
        yield found
        if found.next is None:
            return
        query = replace(query, after=json.loads(json.dumps(found.next)))


def bold(passage: Passage) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in passage.segments())
