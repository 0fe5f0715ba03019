"""Both languages are whole: no sentence of the other one is on a page, but what says that it is."""

import json
from collections.abc import Callable
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


def untranslated(told: Any, language: str) -> set[str]:
    """Return the texts of an answer that are not in a language: as their writers left them."""
    if isinstance(told, list):
        return {text for each in told for text in untranslated(each, language)}
    if not isinstance(told, dict):
        return set()
    if set(told) == {"fr", "en"}:
        return {told["fr"].strip()} if language == "en" and told["en"] is None else set()
    own = isinstance(told.get("title"), str) and told.get("language", language) != language
    inside = {text for each in told.values() for text in untranslated(each, language)}
    return inside | ({told["title"].strip()} if own else set())


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_no_page_says_a_sentence_of_the_other_language(
    screen: Callable[..., Screen], language: str, other: str
) -> None:
    foreign = Foreign(here=language, other=other)
    assert len(foreign.other) > 500
    opened = screen(width=1280, language=language)
    as_written: set[str] = set()

    def hear(answer: Response) -> None:
        if "/api/v1/" in answer.url and answer.ok and "json" in answer.headers["content-type"]:
            as_written.update(untranslated(answer.json(), language))

    opened.page.on("response", hear)
    found: dict[str, set[str]] = {}
    for path in PAGES:
        opened.open(f"/en{path}".rstrip("/") if language == "en" else path)
        first = opened.page.locator("script[type='application/json']").all_text_contents()
        as_written |= {text for each in first for text in untranslated(json.loads(each), language)}
        texts = opened.page.evaluate(SHOWN, language)
        found[path] = foreign.among(texts) | (as_written & set(texts))

    assert {path: sorted(texts) for path, texts in found.items() if texts} == {}
    assert as_written, "some texts of the demo are in the other language only"
