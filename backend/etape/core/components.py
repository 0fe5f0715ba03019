"""What the contract says in several places, it says once: shared components, and no noise.

Works on a finished OpenAPI document, whatever its operations are.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from etape.core.problems import MEDIA_TYPE

METHODS = ("get", "post", "put", "patch", "delete")

Node = dict[str, Any]


def operations_of(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Return each operation of a document, with its path and its method."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def resolved(document: Node, node: Node) -> Node:
    """Return what a node says, or what it refers to."""
    while "$ref" in node:
        found: Any = document
        for name in node["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        node = found
    return node


def whole(document: Node, operation: Node) -> Node:
    """Return an operation with its parameters and its answers written out."""
    parameters = [resolved(document, part) for part in operation.get("parameters", ())]
    responses = {
        status: resolved(document, part) for status, part in operation["responses"].items()
    }
    return {**operation, "parameters": parameters, "responses": responses}


def share(document: Node) -> None:
    """Say once, under `components`, what several operations say alike."""
    operations = [operation for *_, operation in operations_of(document)]
    for operation in operations:
        for told in (operation.get("requestBody", {}), *operation["responses"].values()):
            _share_examples(document, told)
    uses = Counter(
        _text(part)
        for operation in operations
        for part in [*operation.get("parameters", ()), *operation["responses"].values()]
    )
    for operation in operations:
        operation["parameters"] = [
            _shared(document, "parameters", parameter["name"], parameter, uses)
            for parameter in operation.get("parameters", ())
        ]
        if not operation["parameters"]:
            del operation["parameters"]
        operation["responses"] = {
            status: _shared(document, "responses", name, response, uses)
            if (name := _name_of(response))
            else response
            for status, response in operation["responses"].items()
        }


def _share_examples(document: Node, told: Node) -> None:
    for content in told.get("content", {}).values():
        for name, example in content.get("examples", {}).items():
            if "$ref" not in example:
                _component(document, "examples")[name] = example
                content["examples"][name] = {"$ref": f"#/components/examples/{name}"}


def _name_of(response: Node) -> str:
    """Return the name of an answer that refuses: those of its problems. Others have none."""
    return ".".join(response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", ()))


def _shared(document: Node, kind: str, name: str, part: Node, uses: Counter[str]) -> Node:
    """Return a reference to a part said more than once; of two that bear one name, the first."""
    if uses[_text(part)] == 1 or _component(document, kind).setdefault(name, part) != part:
        return part
    return {"$ref": f"#/components/{kind}/{name}"}


def _component(document: Node, kind: str) -> Node:
    components: Node = document["components"].setdefault(kind, {})
    return components


def _text(part: Node) -> str:
    return json.dumps(part, sort_keys=True)


def tidy(document: Node) -> None:
    """Take out the titles that repeat a field's name; say how wide integers are (int64).

    A shape that is spoken both ways keeps its own name in answers: FastAPI adds `-Output` to it on
    the day that some body takes it too, which would rename a type of every generated client.
    """
    schemas = document["components"]["schemas"]
    answered = {name: name.removesuffix("-Output") for name in schemas}
    document["components"]["schemas"] = {answered[name]: it for name, it in schemas.items()}
    place = "#/components/schemas/{}".format
    _rename(document, {place(old): place(new) for old, new in answered.items()})
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("-Input"):  # generators name a class by its title: two may not share one
            schema["title"] = name.replace("-", "")
        _tidy(schema)
    for header in document["components"].get("headers", {}).values():
        _tidy_field(header["schema"])
    for *_, operation in operations_of(document):
        for parameter in operation.get("parameters", ()):
            _tidy_field(parameter["schema"])
            if parameter["schema"].get("description") == parameter.get("description"):
                parameter["schema"].pop("description", None)
        for response in operation["responses"].values():
            for content in response.get("content", {}).values():
                _tidy_field(content.get("schema", {}))


def _rename(node: Any, names: Mapping[str, str]) -> None:
    """Follow the shapes to their names: in references, and in what tells options apart."""
    if isinstance(node, dict):
        node |= {key: names[it] for key, it in node.items() if isinstance(it, str) and it in names}
        for part in node.values():
            _rename(part, names)
    elif isinstance(node, list):
        for part in node:
            _rename(part, names)


def _tidy_field(schema: Node) -> None:
    schema.pop("title", None)
    _tidy(schema)


def _tidy(schema: Node) -> None:
    if schema.get("type") == "integer":
        schema.setdefault("format", "int64")
    parts = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    for combination in ("anyOf", "oneOf", "allOf", "prefixItems"):
        parts += schema.get(combination, ())
    parts += [schema.get(name) for name in ("items", "additionalProperties")]
    for part in parts:
        if isinstance(part, dict):
            _tidy_field(part)
