"""The OpenAPI document says what really happens: every refusal is a problem of a declared type.

FastAPI documents errors with its own shape and media type; here its guesses are replaced, so that
a generated client has the exact type of an error (docs/decisions/0002).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from threading import Lock
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from etape.core import components, idempotency, problems
from etape.core.access import SECURITY_SCHEMES, CrossSite
from etape.core.bodies import MIB, Body
from etape.core.examples import Examples
from etape.core.http import Route
from etape.core.limits import NETWORK, Limit, TooManyRequests
from etape.core.links import tell_links
from etape.core.paging import CursorRefused
from etape.core.problems import MEDIA_TYPE, Problem, ProblemShape
from etape.core.settings import Settings
from etape.core.texts import Language
from etape.core.turns import Crowded

PROBLEM = {"$ref": "#/components/schemas/Problem"}
_ALWAYS = (
    problems.Invalid,
    TooManyRequests,
    problems.InternalError,
    problems.Unavailable,
)
_WITH_BYTES = (problems.TooLarge, problems.UnsupportedMediaType)
_WITH_BODY = (problems.BadRequest, *_WITH_BYTES)
_WRITING = (idempotency.KeyInFlight, idempotency.KeyReused, Crowded)
_KEY_PARAMETER = {
    "name": idempotency.HEADER,
    "in": "header",
    "required": False,
    "description": "A key of your choosing, new for each act: a retry with the same key and body "
    "gets the first answer again (`Idempotency-Replayed: true`) and does nothing twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
}
_HEADERS = {
    "RateLimit-Policy": {
        "description": "The quotas that this request counts against: each allows `q` requests in "
        "`w` seconds (draft-ietf-httpapi-ratelimit-headers).",
        "schema": {"type": "string"},
        "example": f'"{NETWORK.name}";q={NETWORK.amount};w={NETWORK.seconds}',
    },
    "RateLimit": {
        "description": "What is left of them: `r` requests, and more in `t` seconds.",
        "schema": {"type": "string"},
        "example": f'"{NETWORK.name}";r={NETWORK.amount - 1};t={NETWORK.seconds}',
    },
    "Retry-After": {
        "description": "In how many seconds to try again.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 30,
    },
}
_RATE = ("RateLimit-Policy", "RateLimit")
_LATER = {str(kind.status.value) for kind in (TooManyRequests, problems.Unavailable)}

_BUILDING = Lock()

Responses = dict[int | str, dict[str, Any]]


def refusals(*kinds: type[Problem]) -> Responses:
    """Return what a route declares for the problems that it may answer with."""
    by_status: defaultdict[HTTPStatus, list[type[Problem]]] = defaultdict(list)
    for kind in kinds:
        by_status[kind.status].append(kind)
    return {status.value: _response(group) for status, group in sorted(by_status.items())}


def _response(kinds: list[type[Problem]]) -> dict[str, Any]:
    examples = {}
    for kind in kinds:
        summary = kind.title.in_language(Language.EN)
        value: dict[str, Any] = {
            "type": f"/problems/{kind.code()}",
            "title": kind.title.fr,
            "status": kind.status.value,
            "detail": kind.detail.fr if hasattr(kind, "detail") else kind.title.fr,
            "request_id": "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11",
            "errors": [],
        }
        examples[kind.code()] = {"summary": summary, "value": value}
    titles = " · ".join(kind.title.in_language(Language.EN) for kind in kinds)
    content = {MEDIA_TYPE: {"schema": PROBLEM, "examples": examples}}
    return {"description": titles, "content": content}


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the app: what FastAPI knows, told exactly and once.

    The first time takes a second of the processor: ask from a thread where others wait.
    """
    with _BUILDING:
        app.openapi_schema = app.openapi_schema or _written(app)
        return app.openapi_schema


def _written(app: FastAPI) -> dict[str, Any]:
    written = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        contact=app.contact,
        license_info=app.license_info,
        servers=app.servers,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = written.setdefault("components", {}).setdefault("schemas", {})
    shape = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= shape.pop("$defs", {})
    schemas["Problem"] = shape
    written["components"]["headers"] = _HEADERS
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    written["components"]["securitySchemes"] = SECURITY_SCHEMES
    routes = {route.name: route for route in routes_of(app.routes)}
    for _, method, operation in components.operations_of(written):
        route = routes[operation["operationId"]]
        operation["security"] = route.policy.security
        operation["x-allowed"] = route.policy.contract
        operation["summary"] = operation["summary"].capitalize()
        _tell_answers(operation, schemas)
        _tell_places(operation)
        if not route.body.is_json:
            _tell_body(operation, route.body, app.state.settings)
        _tell_refusals(method, operation, route)
        _tell_limits(operation, route.limit)
    components.tidy(written)
    examples: Examples = app.state.examples
    for *_, operation in components.operations_of(written):
        examples.tell(operation)
    tell_links(written)
    components.share(written)
    return written


def routes_of(routes: Iterable[Any]) -> Iterator[Route]:
    """Return the routes of ours among these, and among those that they include."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from routes_of(included.routes)
        elif isinstance(route, Route):
            yield route


def _tell_body(operation: dict[str, Any], body: Body, settings: Settings) -> None:
    """Say what bytes are read, and how many (OpenAPI 3.1: a binary body has no type)."""
    mib = body.at_most(settings) // MIB
    operation["requestBody"] = {
        "description": f"The bytes of the file, {mib} MiB at most.",
        "required": True,
        "content": {
            media_type: {"schema": {"contentMediaType": media_type}}
            for media_type in body.media_types
        },
    }


def _tell_answers(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say what an answer is, where FastAPI says that it succeeded: its shape's first sentence."""
    for response in operation["responses"].values():
        if response["description"] != "Successful Response":
            continue
        content = response.get("content", {}).get("application/json", {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        prose = "What was asked for." if content else "Done: there is nothing to tell."
        if "Page_" in name:
            prose = "One page of the list."
        response["description"] = schemas.get(name, {}).get("description", prose).split("\n\n")[0]


def _tell_places(operation: dict[str, Any]) -> None:
    """Say what the places of a path stand for, where the route does not."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            parameter.setdefault("description", "Which one: by the name that its list gives.")


def _tell_refusals(method: str, operation: dict[str, Any], route: Route) -> None:
    policy = route.policy
    kinds = [*_ALWAYS, *policy.refusals]
    if method != "get" and policy.level:
        kinds.append(CrossSite)
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
        kinds.append(CursorRefused)
    if "requestBody" in operation:
        kinds += _WITH_BODY if route.body.is_json else _WITH_BYTES
    if method != "get" and route.keeps_answers:
        kinds += _WRITING
        operation.setdefault("parameters", []).append(_KEY_PARAMETER)
    responses = operation["responses"]
    if MEDIA_TYPE not in responses.get("422", {}).get("content", {}):
        responses.pop("422", None)  # FastAPI's own guess
    for status, common in refusals(*kinds).items():
        own = responses.get(str(status))
        if own is None:
            responses[str(status)] = common
        else:
            own["description"] += f" · {common['description']}"
            own["content"][MEDIA_TYPE]["examples"] |= common["content"][MEDIA_TYPE]["examples"]
    operation["responses"] = dict(sorted(responses.items()))


def _tell_limits(operation: dict[str, Any], limit: Limit | None) -> None:
    for status, response in operation["responses"].items():
        names = (*_RATE, "Retry-After") if status in _LATER else _RATE
        headers = response.setdefault("headers", {})
        headers |= {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    if limit is not None:
        operation["description"] += f"\n\n{limit.prose}"
        operation["x-limits"] = limit.contract
