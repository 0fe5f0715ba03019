"""Records the examples of the contract: what the service really answers about the demo.

It goes by the routes, whatever they are: an operation that somebody adds is asked too. Lists are
cut to their first item, so that the contract stays readable.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from etape.core import openapi
from etape.core.components import operations_of, resolved
from etape.core.moments import PARIS
from etape.demo.service import read_demo
from etape.identity.members.schemas import Role
from etape.tour.mailbox.schemas import Meaning, Receipt
from support.app import Client
from support.desk import READ, Desk, wishes
from support.documents import PDF, uploaded
from support.editor import Editor
from support.files import a_pdf
from support.team import Browser, sign_in

API = "/api/v1"
REAL = ("competences-metiers-avenir", "la-reunion-2022", "strategie-sante-numerique", "2022")
"""What an example is taken from, where there is a choice; else from the first of a list."""
OPEN_STOP = "azimut-lille"
ADA = {
    "name": "Ada Lenoir",
    "email": "ada.lenoir@example.org",
    "organisation": "CHU de Lille",
    "consent": READ,
    "seats": wishes("ouverture"),
}
GROUP = {
    "name": "CHU de Lille",
    "size": 4,
    "seats": wishes("ouverture"),
    "claim_until": "2026-12-10T18:00:00+01:00",
}
BODIES: dict[str, Any] = {
    "RegistrationRequest": ADA,
    "RegistrationChange": {"seats": wishes("ouverture:online")},
    "DelegationRequest": GROUP,
    "DelegationChange": {"together": False},
    "OpinionContent": {"useful": 4, "missing": "Du temps pour les questions.", "next_step": None},
    "RequestAnswer": {"accepted": True, "if_full": "wait"},
    "GroupInvitation": {**GROUP, "name": "Directions", "seats": wishes("dejeuner-directions")},
    "ApiKeyRequest": {"email": "ada.lenoir@example.org", "name": "Tableau de bord régional"},
    "EligibilityQuestion": {
        "structure": {"kind": "university", "region": "76"},
        "partners": [],
        "project": {"stage": "prototype"},
    },
    "LedgerEntryContent": {
        "call": "competences-metiers-avenir",
        "wave": 1,
        "kind": "awarded",
        "amount_cents": 22_000_000_00,
        "effective": {"on": "2022-07-28"},
        "source": "dsih-2022",
    },
    "ReversalContent": {
        "effective": {"on": "2022-07-28"},
        "source": "dsih-2022",
        "note": {"fr": "Les attributions sont publiées une à une."},
    },
    "NeedRequest": {"kind": "captioning", "words": "Je lis mieux que je n’entends."},
    "NeedAnswer": {
        "state": "impossible",
        "alternative": "Le texte des interventions, remis à l’accueil.",
    },
    "Rotation": {"overlap_hours": 24},
    "CopyRequest": {"slug": "competences-metiers-avenir-2027", "days": 365},
}
AIDS = """\
Nom,Lien,Financeurs,Bénéficiaire,Types d'aides,AAP/AMI,Récurrence,Descriptif,Date Clôture
Équiper un tiers-lieu,https://aides.example.org/aides/tiers-lieu/,Région,Communes,Subvention,,,,31/5/27
"""
EDITED = "competences-metiers-avenir"
JUDGED = "tiers-lieux-experimentation"
SECRETS = {"token", "code"}
"""Parameters that open something: no example is a real one."""
IDENTIFIER = "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11"
CODE = "7Q2M-K9ZD-T4XA"
A_CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\b")
AN_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CURSOR = "2p3IbGU4ttHo0kEXWyJhbnMiXQ"
NOTHING = object()

Operation = tuple[str, str, dict[str, Any]]


def cut(value: Any) -> Any:
    """Return an answer with its lists cut to their first item; what is drawn is always the same."""
    if isinstance(value, dict):
        drawn = {"next": CURSOR} if value.get("next") else {}
        return {name: cut(item) for name, item in value.items()} | drawn
    if isinstance(value, str):
        return A_CODE.sub(CODE, AN_IDENTIFIER.sub(IDENTIFIER, value))
    return [cut(item) for item in value[:1]] if isinstance(value, list) else value


def json_shape(told: Mapping[str, Any]) -> str:
    """Return the name of the shape of a body or an answer, if it is JSON and has one."""
    schema = told.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


class Recorder:
    """Asks one running application, filled with the demo, for all that it can answer."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.document = openapi.document(client.app)
        self.operations = list(operations_of(self.document))
        self.shapes: dict[str, Any] = {}
        self.parameters: dict[str, dict[str, Any]] = {}
        self._contents = self._demo_contents()
        self._known: dict[str, Any] = {}

    async def record(self, *, team: bool = True) -> dict[str, Any]:
        """Return the examples: of shapes by their names, of parameters by operation.

        Without the `team`, only what anybody may ask, which is the same each time.
        """
        desk = Desk.of(self.client, stop=OPEN_STOP)
        answer = await desk.post(ADA)
        assert answer.status_code == 201, answer.text
        self._known = {"registrations": await desk.token(str(ADA["name"]))}
        path = f"{await desk.path(str(ADA['name']))}/needs"
        asked = await self.client.post(path, json=BODIES["NeedRequest"])
        assert asked.status_code == 201, asked.text
        self.shapes["NeedAsked"] = cut(asked.json())
        self.shapes["Receipt"] = Receipt(meaning=Meaning.DECLINED).model_dump(mode="json")
        until = (self.client.clock.now() + timedelta(days=7)).isoformat()
        group = (await desk.bring(str(ADA["name"]), 4, "ouverture", claim_until=until)).json()
        self.shapes["DelegationRead"] = cut(group)
        self._known["groups"] = group["code"]
        self._known["transfers"] = await desk.offer(str(ADA["name"]), "Bruno")
        browser = await sign_in(self.client, Role.COORDINATOR)
        for path, method, operation in self.operations:
            is_public = operation["x-allowed"]["level"] == "anybody"
            if is_public or team:
                who = self.client if is_public else browser
                await self._record(who, (path, method, operation))
        if team:
            self.shapes["RegistrationLine"] = self.shapes["Page_RegistrationLine_"]["items"][0]
            await self._edit(Editor(browser))
            await self._take_key(browser)
            await self._write_entry(browser)
            document = await uploaded(browser, a_pdf(), PDF, name="rulebook.pdf")
            self.shapes["DocumentRead"] = cut(document)
            self.shapes["ImportReport"] = cut(await self._import(browser))
        judged = await self.client.post(
            f"{API}/calls/{JUDGED}/eligibility", json=BODIES["EligibilityQuestion"]
        )
        self.shapes["EligibilityAnswer"] = cut(judged.json())
        self.shapes["RegistrationOutcome"] = cut(
            (await desk.post({**ADA, "email": "a@example.org"}, simulate=True)).json()
        )
        for *_, operation in self.operations:
            name = json_shape(operation.get("requestBody", {}))
            if name and (body := self._compose({"$ref": f"#/components/schemas/{name}"})) != {}:
                self.shapes[name] = body
        return {"shapes": _sorted(self.shapes), "parameters": _sorted(self.parameters)}

    async def _take_key(self, browser: Browser) -> None:
        """Make an API key, and ask with it what it is."""
        wanted = {"name": "Import des appels", "scopes": ["manage:funding"]}
        made = await browser.post("/me/api-keys", json=wanted)
        assert made.status_code == 201, made.text
        shown = {"Authorization": f"Bearer {made.json()['key']}"}
        read = await self.client.get(f"{API}/api-keys/self", headers=shown)
        assert read.status_code == 200, read.text
        self.shapes["ApiKeyRead"] = cut(read.json())

    async def _import(self, browser: Browser) -> Any:
        """Ask what an import would do of a file that has a day which nobody can be sure of."""
        tried = await browser.post(
            "/manage/imports",
            params={"format": "aides-territoires", "dry_run": True},
            content=AIDS.encode(),
            headers={"Content-Type": "text/csv"},
        )
        assert tried.status_code == 200, tried.text
        return tried.json()

    async def _write_entry(self, browser: Browser) -> None:
        """Write an entry in the ledger."""
        written = await browser.post("/manage/ledger", json=BODIES["LedgerEntryContent"])
        assert written.status_code == 201, written.text
        self.shapes["LedgerEntryRead"] = cut(written.json())

    async def _edit(self, editor: Editor) -> None:
        """Draft a change of a call, and ask what is wrong with it and what would come of it."""
        path = f"calls/{EDITED}"
        read = await editor.browser.read(f"/manage/{path}")
        changed = {**read["published"], "name": {**read["published"]["name"], "en": "New skills"}}
        drafted = await editor.draft(path, changed)
        assert drafted.status_code == 200, drafted.text
        self.shapes["DraftCheck"] = cut(await editor.browser.read(f"/manage/{path}/draft/problems"))
        simulated = await editor.act(path, simulate=True)
        assert simulated.status_code == 200, simulated.text
        self.shapes["Published"] = cut(simulated.json())

    async def _record(self, who: httpx.AsyncClient, asked: Operation) -> None:
        path, method, operation = asked
        known = await self._fill(who, path)
        if known is None:
            return
        query = dict(self._query(operation))
        told = {name: value for name, value in known.items() if name not in SECRETS} | query
        if told:
            self.parameters[operation["operationId"]] = {name: cut(told[name]) for name in told}
        shape = json_shape(operation["responses"].get("200", {}))
        if method != "get" or not shape or shape in self.shapes:
            return
        answer = await _get(who, path.format(**known), **query)
        if answer.status_code == 200:
            self.shapes[shape] = cut(answer.json())

    def _query(self, operation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for parameter in operation.get("parameters", ()):
            whole = resolved(self.document, parameter)
            if whole["in"] != "query":
                continue
            if whole["name"] == "edition":
                yield "edition", ["real"]
            elif whole["name"] not in {"limit", "cursor"}:
                yield from ((whole["name"], it) for it in whole["schema"].get("examples", ())[:1])

    async def _fill(self, who: httpx.AsyncClient, path: str) -> dict[str, Any] | None:
        """Return something that exists for each place in a path; None where nothing is known."""
        known: dict[str, Any] = {}
        for place in re.finditer(r"/(\w[\w-]*)/\{(\w+)\}", path):
            collection, name = place.groups()
            if name in SECRETS and collection in self._known:
                known[name] = self._known[collection]
                continue
            listed = path[: place.start()].format(**known) + f"/{collection}"
            answer = await _get(who, listed, limit=100)
            items = answer.json().get("items", ()) if answer.status_code == 200 else ()
            found = [item.get(name, item.get("id")) for item in items]
            if path.endswith("/registrations"):  # the real stops are over
                found = [OPEN_STOP]
            if not found or found[0] is None:
                return None
            known[name] = next((slug for slug in found if slug in REAL), found[0])
        return known

    def _demo_contents(self) -> dict[str, Any]:
        """Return one real content of each noun, as its shape is written."""
        today = self.client.clock.now().astimezone(ZoneInfo(PARIS)).date()
        demo = read_demo(today)
        contents = {}
        for field in fields(demo):
            nouns = getattr(demo, field.name)
            noun = next((it for it in nouns if getattr(it, "slug", None) in REAL), nouns[0])
            name = type(noun).__name__.replace("Entry", "Content")
            contents[name] = cut(noun.model_dump(mode="json", exclude_unset=True))
        return contents

    def _compose(self, schema: dict[str, Any]) -> Any:
        """Return a value of a body's shape, made of what is known; NOTHING when that is short."""
        name = schema.get("$ref", "").rpartition("/")[2]
        name = name.removesuffix("-Input")
        content = self._contents.get(name.replace("Draft", "Content"))
        if name in BODIES or content is not None:
            return BODIES.get(name, content)
        whole = resolved(self.document, schema)
        for told in (*whole.get("examples", ())[:1], *whole.get("enum", ())[:1]):
            return told
        if whole.get("type") != "object":
            return whole.get("default", whole.get("const", NOTHING))
        parts = {
            name: self._compose(part)
            for name, part in whole.get("properties", {}).items()
            if name in whole.get("required", ()) or "examples" in part
        }
        return NOTHING if NOTHING in parts.values() else parts


async def _get(who: httpx.AsyncClient, path: str, **query: Any) -> httpx.Response:
    """Ask for a path of the contract; a browser of the team already stands before `/api/v1`."""
    is_inside = who.base_url.path.startswith(API)
    return await who.get(path.removeprefix(API) if is_inside else path, params=query)


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in sorted(found) if found[name] is not NOTHING}


def as_text(recorded: dict[str, Any]) -> str:
    """Return what is recorded as it is kept."""
    return json.dumps(recorded, ensure_ascii=False, indent=1) + "\n"
