"""Both languages are whole: no sentence of the other one is on a page, but what says that it is."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Response

from e2e.catalogue import Foreign
from e2e.conftest import Screen
from e2e.test_pages import PAGES

# What one reads or hears, unless something around it says that it is in the other language.
SHOWN = """(language) => {
    const foreign = (node) => node.closest('[lang]').lang !== language;
    const texts = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement;
        if (!parent.closest('script, style') && !foreign(parent))
            texts.push(walk.currentNode.data);
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        for (const node of document.querySelectorAll(`[${name}]`))
            if (!foreign(node)) texts.push(node.getAttribute(name));
    return texts.map((text) => text.trim()).filter(Boolean);
}"""


def texts_of(told: Any) -> Iterator[tuple[str, str]]:
    """Yield each text of an answer with its language: as its writers left it, where it has none."""
    if isinstance(told, list):
        for each in told:
            yield from texts_of(each)
    if isinstance(told, dict):
        if set(told) == {"fr", "en"} and isinstance(told["fr"], str):
            yield from ((language, text) for language, text in told.items() if text)
        elif {"title", "publisher", "language"} <= set(told):
            yield told["language"], told["title"]
        for each in told.values():
            yield from texts_of(each)


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_no_page_says_a_sentence_of_the_other_language(
    screen: Callable[..., Screen], language: str, other: str
) -> None:
    foreign = Foreign(here=language, other=other)
    assert len(foreign.other) > 500
    opened = screen(width=1280, language=language)
    written: defaultdict[str, set[str]] = defaultdict(set)

    def read(told: Any) -> None:
        for tongue, text in texts_of(told):
            written[tongue].add(text.strip())

    def hear(answer: Response) -> None:
        if "/api/v1/" in answer.url and answer.ok and "json" in answer.headers["content-type"]:
            read(answer.json())

    opened.page.on("response", hear)
    found: dict[str, set[str]] = {}
    for path in PAGES:
        opened.open(f"/en{path}".rstrip("/") if language == "en" else path)
        first = opened.page.locator("script[type='application/json']").all_text_contents()
        for each in first:
            read(json.loads(each))
        texts = opened.page.evaluate(SHOWN, language)
        found[path] = foreign.among(texts) | ((written[other] - written[language]) & set(texts))

    assert {path: sorted(texts) for path, texts in found.items() if texts} == {}
    assert written[other], "what is written was read"
