"""The rules of the house that no linter knows. Each failure says what to do about it."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from sqlalchemy import Float, Numeric
from sqlmodel import SQLModel

from etape.app import create_app
from etape.core import openapi
from etape.core.components import operations_of, resolved, whole
from etape.core.http import Route
from etape.core.problems import Problem
from etape.core.settings import Settings
from etape.core.texts import Localized

ROOT = Path(__file__).parents[1]
BACKEND = ROOT / "backend" / "etape"
FRONT = ROOT / "frontend"
OUR_PYTHON = sorted(
    path for part in ("backend", "tests", "migrations") for path in (ROOT / part).rglob("*.py")
)
OUR_TYPESCRIPT = sorted(
    path
    for kind in ("*.ts", "*.tsx")
    for path in FRONT.rglob(kind)
    if not {"node_modules", "dist", "generated"} & set(path.parts) and ".gen." not in path.name
)
OUR_TEXTS = [
    *OUR_PYTHON,
    *OUR_TYPESCRIPT,
    *(
        path
        for kind in ("*.md", "*.css", "*.html", "*.yaml")
        for path in ROOT.glob(f"docs/**/{kind}")
    ),
    *(
        path
        for path in ROOT.iterdir()
        if path.suffix in {".md", ".toml", ".json", ".yaml", ".lock"}
    ),
]
HIDDEN = {"live", "ready", "read_nothing"}
ROOM_FILES = {
    "__init__.py",
    "tables.py",
    "schemas.py",
    "rules.py",
    "service.py",
    "routes.py",
    "jobs.py",
    "followers.py",
}
# Hashed before it is looked up, never stored: whatever its length and characters, it opens nothing.
OPAQUE = " token"
FORMATS = {"aides_territoires.py", "etalab.py", "fonds_vert.py", "ilab.py", "native.py"}
OWN_FILES = {
    "demo": {"files.py", "attendance.py", "ledger.py"},
    "exchange": {"lines.py", "places.py", "tables.py", "values.py"} | FORMATS,
}
# What no operation answers: a method that is not there, what the database alone saw, and what a
# command is refused while nothing is published over HTTP.
WITHOUT_OPERATION = {"method-not-allowed", "conflict"}
WITHOUT_OPERATION |= {"demo-refused"}

APP = create_app(Settings(database_url="postgresql://nobody@localhost/nothing"))
CONTRACT: dict[str, Any] = openapi.document(APP)
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (method, path, whole(CONTRACT, operation))
    for path, method, operation in operations_of(CONTRACT)
]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_of(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Every line, with where it is."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{short(path)}:{number}", line


def problems(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Every rule that refuses."""
    for rule in kind.__subclasses__():
        if rule.__module__.startswith("etape."):
            yield rule
        yield from problems(rule)


def strings_in(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every string that a shape lets in, with its place."""
    schema = resolved(CONTRACT, schema)
    for option in schema.get("anyOf", []) + schema.get("oneOf", []):
        yield from strings_in(option, place)
    for name, field in schema.get("properties", {}).items():
        yield from strings_in(field, f"{place}/{name}")
    if "items" in schema:
        yield from strings_in(schema["items"], f"{place}/-")
    if schema.get("type") == "string":
        yield place, schema


def inputs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every shape that comes in, with its place."""
    for method, path, operation in OPERATIONS:
        for parameter in operation.get("parameters", []):
            yield f"{method} {path} {parameter['name']}", parameter["schema"]
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield f"{method} {path} ", content["schema"]


def test_one_place_commits() -> None:
    commits = [
        short(path)
        for path in sorted(BACKEND.rglob("*.py"))
        if "search" not in path.parts  # the engine's writer commits its index, not SQL
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    ]
    assert commits == ["backend/etape/core/database.py"], (
        "Flush, and let the route, the job or the command commit; a fact that must survive a "
        "refusal opens its own unit_of_work() (HOUSE rule 4)."
    )


def test_money_is_whole_cents() -> None:
    inexact = [
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Float | Numeric)
    ]
    inexact += [
        f"{name}.{field}"
        for name, schema in SCHEMAS.items()
        for field, shape in schema.get("properties", {}).items()
        if re.search(r"_cents$|^amount", field)
        and {option.get("type") for option in shape.get("anyOf", [shape])} - {"integer", "null"}
    ]
    assert not inexact, "Count money in integer cents (funding.programmes.schemas.Cents)."


def test_every_list_is_paged() -> None:
    unpaged = []
    for method, path, operation in OPERATIONS:
        content = operation["responses"].get("200", {}).get("content", {})
        shape = resolved(CONTRACT, content.get("application/json", {}).get("schema", {}))
        is_page = {"items", "total", "next"} <= set(shape.get("properties", {}))
        asks = {parameter["name"] for parameter in operation.get("parameters", [])}
        items = shape if shape.get("type") == "array" else shape.get("properties", {}).get("items")
        is_long = method == "get" and items is not None and "maxItems" not in items
        if is_long and not (is_page and {"limit", "cursor"} <= asks):
            unpaged.append(path)
    assert not unpaged, (
        "Answer Page[…] with `limit` and `cursor`, from a Pager (core.paging), or bound the list."
    )


def routes_of(routes: list[Any]) -> Iterator[Any]:
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from routes_of(included.routes) if included else [route]


def test_every_route_is_in_the_contract_with_a_name_a_tag_and_prose() -> None:
    told = [operation["operationId"] for *_, operation in OPERATIONS]
    assert len(told) == len(set(told)), "Two functions of routes share a name: rename one."
    routes = [route for route in routes_of(APP.routes) if route.name not in HIDDEN]
    assert {route.name for route in routes} == set(told), (
        "Include the router in app.ROOMS, and let include_in_schema be."
    )
    for route in routes:
        assert route.description.strip().endswith("."), (
            f"Write for integrators what {route.name} does."
        )
        assert route.tags, f"Give the router of {route.name} a tag of app.TAGS."
        assert isinstance(route, Route), f"Make {route.name} a core.http.Route: it commits."
    listed = {tag["name"] for tag in CONTRACT["tags"]}
    used = {tag for *_, operation in OPERATIONS for tag in operation["tags"]}
    assert used <= listed, "Describe the tag in app.TAGS."


def dependencies_of(dependant: Dependant) -> Iterator[Any]:
    """Everything that a route has read before it runs."""
    for each in dependant.dependencies:
        yield each.call
        yield from dependencies_of(each)


def test_what_a_route_depends_on_is_read_in_the_loop() -> None:
    called = {
        call
        for route in routes_of(APP.routes)
        if isinstance(route, Route)
        for call in dependencies_of(route.dependant)
    }
    assert called
    assert [call.__name__ for call in called if not inspect.iscoroutinefunction(call)] == [], (
        "Write `async def`: FastAPI sends what is no coroutine to a thread and back."
    )


def test_files_stay_short() -> None:
    longest = dict.fromkeys(OUR_PYTHON, 500) | dict.fromkeys(OUR_TYPESCRIPT, 250)
    assert len(OUR_TYPESCRIPT) > 20, "The pages moved: say where they are."
    long = {
        short(path): count
        for path, limit in longest.items()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert not long, "Split the room by noun, or the file by idea (HOUSE rule 1)."


def test_a_room_has_the_files_that_rooms_have() -> None:
    strangers = [
        short(path)
        for room in BACKEND.iterdir()
        if room.is_dir() and room.name != "core"
        for path in room.rglob("*.py")
        if path.name not in ROOM_FILES | OWN_FILES.get(room.name, set())
    ]
    assert not strangers, "Put it in one of the files of a room, or split by noun (HOUSE rule 1)."


def test_core_holds_no_word_of_the_programme() -> None:
    words = re.compile(
        r"\b(registrations?|envelopes?|waves?|venues?|funders?|seats?|appels?)\b", re.IGNORECASE
    )
    said = [
        (place, line)
        for place, line in lines_of(sorted((BACKEND / "core").rglob("*.py")))
        if words.search(line)
    ]
    assert not said, "core knows no noun: move this to a room, or say it in general terms."


def test_every_problem_is_documented() -> None:
    documented = {
        code
        for *_, operation in OPERATIONS
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
        for code in content.get("examples", {})
    }
    unknown = {rule.code() for rule in problems()} - documented - WITHOUT_OPERATION
    assert not unknown, "Name it in responses=refusals(…) of the routes that may raise it."


def test_every_problem_speaks_both_languages() -> None:
    for rule in problems():
        assert rule.title.en, f"Say the title of {rule.__name__} in English too."
        detail = getattr(rule, "detail", None)
        assert detail is None or detail.en, f"Say the detail of {rule.__name__} in English too."
    silent = [
        f"{short(path)}:{node.lineno}"
        for path in sorted(BACKEND.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == Localized.__name__
        and {keyword.arg for keyword in node.keywords} != {"fr", "en"}
    ]
    assert not silent, "Every sentence of the code is Localized(fr=…, en=…)."


def test_every_string_that_comes_in_is_bounded_and_refuses_nul() -> None:
    for place, shape in inputs():
        for where, text in strings_in(shape, place):
            if "enum" in text or "const" in text or where.endswith(OPAQUE):
                continue
            pattern, form = text.get("pattern", ""), text.get("format")
            is_bounded = "maxLength" in text or re.search(r"\{[0-9,]+\}\$$", pattern)
            assert is_bounded or form in {"date", "date-time", "uuid"}, (
                f"Bound {where}: Line, Prose, Slug and SearchText of core.texts are."
            )
            refuses = pattern and not any(re.search(pattern, bad) for bad in ("\0", "a\0a"))
            assert refuses or form in {"date", "date-time", "email", "uuid"}, (
                f"Refuse NUL in {where}: PostgreSQL cannot store it (core.texts)."
            )


def closed(schema: dict[str, Any]) -> Iterator[str]:
    """The names of the shapes that would take a field that they do not know."""
    shape = resolved(CONTRACT, schema)
    if "properties" in shape and shape.get("additionalProperties") is not False:
        yield shape["title"]
    parts = [*shape.get("properties", {}).values(), *shape.get("anyOf", [])]
    for part in [*parts, *shape.get("oneOf", [])]:
        yield from closed(part)
    if "items" in shape:
        yield from closed(shape["items"])


def test_every_shape_that_comes_in_refuses_unknown_fields() -> None:
    open_shapes = {name for _, shape in inputs() for name in closed(shape)}
    assert not open_shapes, "Derive the shape from core.texts.Spoken."


@pytest.mark.parametrize("revision", sorted((ROOT / "migrations" / "versions").glob("*.py")))
def test_a_migration_is_one_sentence(revision: Path) -> None:
    prose = ast.get_docstring(ast.parse(revision.read_text(encoding="utf-8"))) or ""
    assert re.fullmatch(r"[A-Z][^\n]*\.", prose), "Open the revision with one sentence, one line."
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", revision.name), "Name it NNNN_what_it_does.py."


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    left = [place for place, line in lines_of(OUR_TEXTS) if later.search(line)]
    assert not left, "Do it, or open an issue that says why it waits."


def test_nothing_names_a_machine() -> None:
    machine = re.compile(
        r"(?<![\w.:/])/(?:home|work|root|Users)/\w|registry\.npm" r"js|files\.python" r"hosted"
    )
    left = [place for place, line in lines_of(OUR_TEXTS) if machine.search(line)]
    assert not left, "Say it relative to the repository; locks leave registries out (.npmrc)."


SUPPRESSION = re.compile(r"# noqa|# type: ignore|(?:es|ox)lint-disable|@ts-(?:expect-error|ignore)")
WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - \w|# type: ignore\[[\w-]+(?:, ?[\w-]+)*\] # \w"
    r"|(?:es|ox)lint-disable(?:-next-line|-line)? [^ ].* -- \w|@ts-expect-error:? \w"
)


def test_every_suppression_gives_its_reason() -> None:
    mute = [
        place
        for place, line in lines_of([*OUR_PYTHON, *OUR_TYPESCRIPT])
        if SUPPRESSION.search(line) and not WITH_REASON.search(line)
        if not place.startswith(short(Path(__file__)))
    ]
    assert not mute, "Say why on the line, after the code of the rule."


def test_two_shapes_do_not_share_a_name() -> None:
    shared = [name for name in SCHEMAS if "__" in name]
    assert not shared, "Clients read these names: rename one of the two shapes."


def test_two_files_of_tests_do_not_share_a_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    shared = {name for name in names if names.count(name) > 1}
    assert not shared, "pytest finds tests by their file's name: rename one."
