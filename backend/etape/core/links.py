"""The contract says where each answer leads: to the items of a list, and to what an item opens.

Links are read from the paths alone: `/things` lists what `/things/{slug}` reads.
"""

from typing import Any

from etape.core.components import Node, operations_of, resolved

_LEADS_TO = ("get", "post")


def tell_links(document: Node) -> None:
    """Write `links` on what operations answer to GET."""
    found = list(operations_of(document))
    for path, method, operation in found:
        content = operation["responses"].get("200", {}).get("content", {})
        if method != "get" or "application/json" not in content:
            continue
        shape = resolved(document, content["application/json"].get("schema", {}))
        links = _next_page(operation, shape)
        for other_path, other_method, other in found:
            rest = other_path.removeprefix(path).strip("/").split("/")
            if other_method in _LEADS_TO and other_path.startswith(f"{path}/") and len(rest) == 1:
                links |= _link(document, path, shape, rest[0], other)
        if links:
            operation["responses"]["200"]["links"] = links


def _next_page(operation: Node, shape: Node) -> Node:
    asks = {parameter["name"] for parameter in operation.get("parameters", ())}
    if "cursor" not in asks or "next" not in shape.get("properties", {}):
        return {}
    told = {
        "operationId": operation["operationId"],
        "parameters": {"cursor": "$response.body#/next"},
        "description": "The next page, with the same filters; on the last one `next` is null.",
    }
    return {"next": told}


def _link(document: Node, path: str, shape: Node, rest: str, other: Node) -> Node:
    """Return the link from what a path answers to the operation one step below it."""
    same = {
        part[1:-1]: f"$request.path.{part[1:-1]}" for part in path.split("/") if part[:1] == "{"
    }
    if rest[:1] != "{":
        parameters, what = same, "What hangs on this one."
        if not same:
            return {}
    else:
        name = rest[1:-1]
        item = shape.get("properties", {}).get("items", {}).get("items", {})
        if name not in resolved(document, item).get("properties", {}):
            return {}
        parameters = {**same, name: f"$response.body#/items/0/{name}"}
        what = "The first item; the others likewise."
    told: dict[str, Any] = {"operationId": other["operationId"], "description": what}
    return {other["operationId"]: {**told, "parameters": parameters}}
