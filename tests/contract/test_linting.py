"""What `make check` holds the contract to is really held: faults are found, breaks are caught."""

import copy
import json
import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from etape.app import create_app
from etape.core import openapi
from etape.core.settings import Settings

ROOT = Path(__file__).parents[2]
CONTRACT = openapi.document(create_app(Settings(database_url="postgresql://nobody@localhost/no")))
CALLS, TERMS = "/api/v1/calls", "/api/v1/terms"
REGISTER = "/api/v1/stops/{slug}/registrations"

Change = Callable[[dict[str, Any]], object]


def run(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool of ours as `make check` does, from the root."""
    return subprocess.run(
        [ROOT / "node_modules" / ".bin" / name, *arguments],
        cwd=ROOT,
        env=os.environ | {"REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def redocly(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run("redocly", *arguments, "--config", "docs/contract/redocly.yaml")


def spectral(path: str | Path) -> subprocess.CompletedProcess[str]:
    return run("spectral", "lint", path, "--ruleset", ".spectral.yaml", "--fail-severity", "warn")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contract of today, as if it had been released."""
    path = tmp_path_factory.mktemp("contract") / "released.json"
    path.write_text(json.dumps(CONTRACT, indent=1), encoding="utf-8")
    return path


def shape(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def asked(document: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The parameters of a list, which are its own from now on."""
    operation = document["paths"][path]["get"]
    operation["parameters"] = copy.deepcopy(openapi.components.whole(document, operation))[
        "parameters"
    ]
    found: list[dict[str, Any]] = operation["parameters"]
    return found


NEEDED = {"name": "since", "in": "query", "required": True, "schema": {"type": "string"}}
BREAKS: dict[str, tuple[str, Change]] = {
    "an operation that is gone": (
        "path-removed",
        lambda it: it["paths"].pop("/api/v1/themes"),
    ),
    "an operation that has another name": (
        "operation-id-changed",
        lambda it: it["paths"][TERMS]["get"].update(operationId="terms"),
    ),
    "a parameter that is gone": ("parameter-removed", lambda it: asked(it, TERMS).pop()),
    "a parameter that is needed now": (
        "parameter-became-required",
        lambda it: asked(it, "/api/v1/regions")[0].update(required=True),
    ),
    "a new parameter that is needed": (
        "parameter-became-required",
        lambda it: asked(it, "/api/v1/tours").append(NEEDED),
    ),
    "a parameter that allows less": (
        "schema-constraint-changed",
        lambda it: asked(it, "/api/v1/sources")[0]["schema"].update(maximum=10),
    ),
    "a field of an answer that is gone": (
        "property-removed",
        lambda it: shape(it, "CallRead")["properties"].pop("slug"),
    ),
    "a field of an answer that may be left out": (
        "required-properties-removed",
        lambda it: shape(it, "StopRead")["required"].remove("slug"),
    ),
    "a field of an answer of another type": (
        "schema-type-changed",
        lambda it: shape(it, "TourRead")["properties"].update(slug={"type": "integer"}),
    ),
    "a value that an answer may hold now": (
        "enum-values-added",
        lambda it: shape(it, "SourceKind")["enum"].append("lost"),
    ),
    "a value that a body may not hold any more": (
        "enum-values-removed",
        lambda it: shape(it, "IfFull")["enum"].pop(),
    ),
    "a field of a body that is needed now": (
        "required-properties-added",
        lambda it: shape(it, "RegistrationRequest")["required"].append("organisation"),
    ),
    "a field of a body that is refused now": (
        "property-removed",
        lambda it: shape(it, "RegistrationChange")["properties"].pop("organisation"),
    ),
    "a status that is gone": (
        "response-removed",
        lambda it: it["paths"][REGISTER]["post"]["responses"].pop("200"),
    ),
    "a media type that is gone": (
        "media-type-removed",
        lambda it: it["paths"]["/api/v1/search"]["get"]["responses"]["200"].update(content={}),
    ),
    "a key that is needed now": (
        "security-requirement-changed",
        lambda it: it["paths"]["/api/v1/suggest"]["get"].update(security=[{"key": ["read"]}]),
    ),
}
ADDITIONS: dict[str, Change] = {
    "an operation": lambda it: it["paths"].update({"/api/v1/new": it["paths"][CALLS]}),
    "a parameter": lambda it: asked(it, TERMS).append({**NEEDED, "required": False}),
    "a field of an answer": lambda it: shape(it, "CallRead")["properties"].update(
        colour={"type": "string"}
    ),
    "a field of a body": lambda it: shape(it, "RegistrationRequest")["properties"].update(
        colour={"type": "string"}
    ),
}


def compare(before: Path, after: Path, changes: Iterable[Change]) -> Any:
    """Return what the tool says of these changes, all made to the contract of today."""
    document = copy.deepcopy(CONTRACT)
    for change in changes:
        change(document)
    after.write_text(json.dumps(document), encoding="utf-8")
    told = redocly("diff", before, after, "--format", "json")
    report = json.loads(told.stdout)
    assert told.returncode == (1 if report["summary"]["major"] else 0)
    return report


def test_each_kind_of_change_that_would_break_a_client_is_told(
    before: Path, tmp_path: Path
) -> None:
    report = compare(before, tmp_path / "openapi.json", [change for _, change in BREAKS.values()])
    told = {
        verdict["ruleId"]
        for change in report["changes"]
        for verdict in change["verdicts"]
        if verdict["impact"] == "major"
    }
    missed = {what: rule for what, (rule, _) in BREAKS.items() if rule not in told}
    assert not missed, " ".join(sorted(told))


def test_what_is_added_breaks_nobody(before: Path, tmp_path: Path) -> None:
    report = compare(before, tmp_path / "openapi.json", ADDITIONS.values())
    assert report["summary"]["major"] == 0, report
    assert report["summary"]["minor"] >= len(ADDITIONS)


def test_the_contract_breaks_nobody_since_the_last_release() -> None:
    released = json.loads((ROOT / "docs" / "contract" / "released.json").read_text())
    assert released["openapi"].startswith("3.1")
    told = redocly("diff", "docs/contract/released.json", "openapi.json")
    assert told.returncode == 0, told.stdout


def test_both_linters_find_nothing_in_the_contract() -> None:
    told = spectral("openapi.json")
    assert told.returncode == 0, told.stdout
    told = redocly("lint", "openapi.json")
    assert told.returncode == 0, told.stdout + told.stderr


def test_both_linters_find_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    document = copy.deepcopy(CONTRACT)
    document["paths"][TERMS]["get"]["responses"].pop("200")
    document["paths"]["/api/v1/calls/{name}"] = document["paths"].pop("/api/v1/calls/{slug}")
    document["servers"][0]["url"] = "http://etape.example"
    path.write_text(json.dumps(document), encoding="utf-8")
    told = spectral(path)
    assert told.returncode == 1
    assert "owasp:api8:2023-no-server-http" in told.stdout
    told = redocly("lint", path)
    assert told.returncode == 1
    assert "path-parameters-defined" in told.stdout + told.stderr
