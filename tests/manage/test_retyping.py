"""What the demo holds can be typed again by an editor, from nothing, and comes out the same."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from etape.core.references import references_of
from etape.core.texts import Spoken
from etape.demo.service import Demo, read_demo
from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

CALL, STOP = ("call", "competences-metiers-avenir"), ("stop", "la-reunion-2022")
CHANGES = {"updated_at"}
"""What says when it was typed, not what was."""

Name = tuple[str, str]


def contents_of(demo: Demo) -> dict[Name, Spoken]:
    """All that the demo publishes, by noun and name, each after what it refers to."""
    nouns: dict[str, Sequence[Any]] = {
        "source": demo.sources,
        "theme": demo.themes,
        "organisation": demo.organisations,
        "person": demo.people,
        "programme": demo.programmes,
        "envelope": demo.envelopes,
        "call": demo.calls,
        "tour": demo.tours,
        "venue": demo.venues,
        "stop": demo.stops,
    }
    return {(noun, each.slug): each for noun, items in nouns.items() for each in items}


def needed_by(wanted: list[Name], contents: dict[Name, Spoken]) -> list[Name]:
    """What has to be typed for these: all that they refer to, first."""
    needed: set[Name] = set()
    while wanted:
        name = wanted.pop()
        needed.add(name)
        content = contents[name]
        named = references_of(type(content), content.model_dump(mode="json"))
        wanted += {(each.noun, each.slug) for each in named} - needed
    return [name for name in contents if name in needed]


def told(answer: Any) -> Any:
    """An answer without its random identifiers."""
    match answer:
        case dict():
            return {k: told(v) for k, v in answer.items() if k not in {"id", *CHANGES}}
        case list():
            return [told(item) for item in answer]
        case _:
            return answer


async def test_a_real_stop_and_a_real_call_typed_by_an_editor_are_those_of_the_demo(
    empty: Client, client: Client
) -> None:
    contents = contents_of(read_demo(date(2026, 11, 23)))
    async with await sign_in(empty, Role.COORDINATOR) as browser:
        editor = Editor(browser)
        for noun, slug in needed_by([CALL, STOP], contents):
            typed = contents[noun, slug].model_dump(mode="json")
            done = await editor.publish(f"{noun}s/{slug}", typed)
            assert done["version"] == 1

    for noun, slug in (CALL, STOP):
        path = f"/{noun}s/{slug}"
        assert told(await empty.read(path)) == told(await client.read(path)), path
