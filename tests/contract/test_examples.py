"""The contract's examples are real, and of the shape that they illustrate."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from contract.recording import Recorder
from etape.core import openapi
from etape.core.components import operations_of, resolved
from etape.demo.files import EXAMPLES
from support.app import Client

shared = pytest.mark.asyncio(loop_scope="session")

SHOWN_ONCE = {"ApiKeyShown", "DoorPassMade"}
"""Answers that hold a secret: no example of it is real."""
MEND = "Run make client: it asks the demo again."


def told_in(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every parameter, body and answer that is JSON: where, what is said of it, for whom.

    Integrators call what a key opens, and what people do without an account.
    """
    for path, method, operation in operations_of(document):
        place, allowed = f"{method} {path}", operation["x-allowed"]
        is_for_integrators = allowed["scope"] is not None or "registration" in operation["tags"]
        for parameter in operation.get("parameters", ()):
            told = resolved(document, parameter)
            yield f"{place} {told['name']}", told, is_for_integrators
        answers = operation["responses"].items()
        for name, part in [("body", operation.get("requestBody", {})), *answers]:
            for media_type, told in resolved(document, part).get("content", {}).items():
                is_free = told.get("schema", {}).get("additionalProperties") is True
                if media_type.endswith("json") and not is_free:  # the contract shows itself
                    yield f"{place} {name}", told, is_for_integrators


def examples_of(document: dict[str, Any], told: dict[str, Any]) -> list[Any]:
    found = [resolved(document, it)["value"] for it in told.get("examples", {}).values()]
    return [*found, *([told["example"]] if "example" in told else [])]


@shared
async def test_every_example_is_of_its_shape(shared_client: Client) -> None:
    document = openapi.document(shared_client.app)
    illustrated = [
        (place, told["schema"], examples)
        for place, told, _ in told_in(document)
        if (examples := examples_of(document, told))
    ]
    shapes = {"components": document["components"], "told": [each[1] for each in illustrated]}
    registry = jsonschema_rs.Registry([("urn:contract", shapes)])
    for number, (place, _, examples) in enumerate(illustrated):
        shape = {"$ref": f"urn:contract#/told/{number}"}
        validator = jsonschema_rs.Draft202012Validator(shape, registry=registry)
        for example in examples:
            errors = [f"{error.instance_path}: {error}" for error in validator.iter_errors(example)]
            assert not errors, f"{place}: {errors[0]}. {MEND}"


@shared
async def test_what_integrators_call_has_examples_of_its_bodies_and_answers(
    shared_client: Client,
) -> None:
    document = openapi.document(shared_client.app)
    bare = [
        place
        for place, told, is_for_integrators in told_in(document)
        if is_for_integrators and "name" not in told and not examples_of(document, told)
        if not SHOWN_ONCE & set(str(told["schema"].get("$ref", "")).split("/"))
    ]
    assert not bare, f"{MEND} A body nobody can guess goes into tests/contract/recording.py."


@shared
async def test_what_integrators_call_has_its_parameters_described(shared_client: Client) -> None:
    document = openapi.document(shared_client.app)
    mute = [
        place
        for place, told, is_for_integrators in told_in(document)
        if is_for_integrators and "name" in told and "description" not in told
    ]
    assert not mute, "Say what it is for: Query(description=…), Field(description=…)."


async def test_examples_are_what_the_demo_answers(client: Client) -> None:
    kept = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    recorded = await Recorder(client).record(team=False)
    for part, examples in recorded.items():
        assert examples == {name: kept[part].get(name) for name in examples}, MEND
