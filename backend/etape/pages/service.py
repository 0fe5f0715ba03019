"""Where each page is, its document with what the API answers to its first questions, their map."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy import Select, func, literal, null, select, union_all
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.inside import Ask
from etape.core.pages import Tell, Told, pattern_of
from etape.core.problems import NotFound
from etape.core.settings import Settings, page_url
from etape.core.texts import Language, Localized
from etape.pages import rules
from etape.pages.schemas import Address, Face, Line
from etape.site.service import site_in

DOORS = {
    "/appels": rules.CALLS,
    "/calendrier": Localized(fr="Calendrier", en="Deadlines"),
    "/laureats": Localized(fr="Lauréats", en="Awards"),
    "/tour": rules.TOUR,
    "/budgets": rules.BUDGETS,
}
"""The pages that every page leads to."""

_DRAWN = re.compile(r"(?:^|&)(?:by|pages|view)=[^&]*")
"""What of an address says how the page draws its answers: it is not asked of the API."""

HOME = Localized(
    fr="Trouver un financement, rencontrer ceux qui le portent",
    en="Find funding, meet those who run it",
)
PROMISE = Localized(
    fr="Les appels ouverts et à venir, l’heure exacte de leur clôture, et les étapes du tour près "
    "de chez vous.",
    en="Open and coming calls, the exact hour at which they close, and the stops of the tour near "
    "you.",
)
NOWHERE = rules.plain(
    Localized(fr="Cette page n’existe pas", en="This page does not exist"),
    Localized(
        fr="L’adresse est fausse, ou la page n’est plus là.",
        en="The address is wrong, or the page is gone.",
    ),
    is_listed=False,
)
SILENT = rules.plain(
    Localized(fr="À ouvrir dans un navigateur", en="To open in a browser"),
    Localized(fr="Cette page s’ouvre dans un navigateur.", en="This page opens in a browser."),
    is_listed=False,
)
"""What is told of a page that is somebody’s own, or that could not be read."""
DEVELOPERS = rules.plain(
    Localized(fr="Pour les développeurs", en="For developers"),
    Localized(
        fr="Tout ce que montrent ces pages vient d’une API ouverte et documentée, que chacun peut "
        "réutiliser sans compte.",
        en="All that these pages show comes from an open and documented API, that anybody may "
        "reuse without an account.",
    ),
)
LABELS = ("/api/v1/themes", "/api/v1/regions")
_SITE = ("/api/v1/site",)
ADDRESSES = [
    Address(
        path="/",
        code="index",
        words=("home", "structure"),
        face=rules.listing_calls(HOME, PROMISE),
        asks=(
            f"{rules.LIST}?status=open&sort=closes&limit=3",
            f"{rules.LIST}?status=announced&status=between_waves&sort=opens&limit=3",
            "/api/v1/stops?limit=100",
            *LABELS,
        ),
    ),
    Address(
        path="/appels",
        code="appels/index",
        words=("structure",),
        face=rules.listing_calls(
            Localized(fr="Appels à projets et financements", en="Calls and funding"),
            Localized(
                fr="Tous les appels : leur état, leur clôture, le montant et le taux de l’aide, "
                "et qui peut candidater.",
                en="All the calls: their state, when they close, the amount and the rate of the "
                "aid, and who may apply.",
            ),
        ),
        asks=(f"{rules.LIST}{{query}}", *LABELS),
    ),
    Address(
        path="/appels/{slug}",
        code="appels/$slug",
        words=("budget", "call", "deadlines", "figures", "structure"),
        face=rules.of_call,
        asks=("/api/v1/calls/{slug}", "/api/v1/calls/{slug}/budget", *LABELS),
    ),
    Address(
        path="/calendrier",
        code="calendrier",
        words=("call", "deadlines", "figures", "structure"),
        face=rules.plain(
            Localized(fr="Calendrier des clôtures", en="Calendar of deadlines"),
            Localized(
                fr="Chaque date limite, avec son heure quand elle est connue.",
                en="Every deadline, with its hour where it is known.",
            ),
        ),
        asks=LABELS,
    ),
    Address(
        path="/laureats",
        code="laureats",
        words=("awards",),
        face=rules.plain(
            Localized(fr="Lauréats", en="Laureates"),
            Localized(
                fr="À qui l’argent est allé, pour quel projet, à l’issue de quel appel ; chaque "
                "ligne dit sa source.",
                en="Who received the money, for which project, after which call; each line tells "
                "its source.",
            ),
        ),
        asks=("/api/v1/awards{query}", "/api/v1/regions"),
    ),
    Address(
        path="/budgets",
        code="budgets/index",
        words=("budget",),
        face=rules.plain(
            rules.BUDGETS,
            Localized(
                fr="Où va l’argent de chaque programme : chaque montant, sa date et sa source.",
                en="Where the money of each programme goes: every amount, its date, its source.",
            ),
        ),
        asks=("/api/v1/programmes?limit=100",),
    ),
    Address(
        path="/budgets/{slug}",
        code="budgets/$programme",
        words=("budget", "figures"),
        face=rules.of_programme,
        asks=("/api/v1/programmes/{slug}", "/api/v1/programmes/{slug}/budget"),
    ),
    Address(
        path="/tour",
        code="tour/index",
        words=("tour",),
        face=rules.plain(
            rules.TOUR,
            Localized(
                fr="Les étapes du tour, leurs dates, leurs villes, et comment s’inscrire.",
                en="The stops of the tour, their dates, their towns, and how to register.",
            ),
        ),
        asks=("/api/v1/tours",),
    ),
    Address(
        path="/tour/{slug}",
        code="tour/$edition",
        words=("deadlines", "figures", "tour"),
        face=rules.of_tour,
        asks=("/api/v1/tours/{slug}", "/api/v1/tours"),
    ),
    Address(
        path="/etapes/{slug}",
        code="etapes/$slug",
        words=("deadlines", "figures", "tour", "registration"),
        face=rules.of_stop,
        asks=("/api/v1/stops/{slug}", "/api/v1/privacy-notice"),
    ),
    Address(path="/developpeurs", face=DEVELOPERS),
    Address(path="/developpeurs/{operation}", face=DEVELOPERS),
    Address(
        path="/confidentialite",
        code="confidentialite",
        words=("registration",),
        face=rules.plain(
            Localized(fr="Vos données", en="Your data"),
            Localized(
                fr="Qui tient les données de qui s’inscrit, pourquoi, et combien de temps.",
                en="Who holds the data of those who register, why, and for how long.",
            ),
        ),
        asks=("/api/v1/privacy-notice",),
    ),
    Address(
        path="/accessibilite",
        code="accessibilite",
        words=("site",),
        face=rules.plain(
            Localized(fr="Accessibilité", en="Accessibility"),
            Localized(
                fr="Ce qui est vérifié sur ces pages, ce qui ne l’est pas, et à qui signaler un "
                "obstacle.",
                en="What is checked on these pages, what is not, and whom to tell of a barrier.",
            ),
        ),
        asks=_SITE,
    ),
    Address(
        path="/mentions-legales",
        code="mentions-legales",
        words=("site",),
        face=rules.plain(
            Localized(fr="Mentions légales", en="Legal notice"),
            Localized(
                fr="Qui publie ce site, qui en répond et qui l’héberge.",
                en="Who publishes this site, who answers for it and who hosts it.",
            ),
        ),
        asks=_SITE,
    ),
    Address(
        path="/contact",
        code="contact",
        words=("registration", "site"),
        face=rules.plain(
            Localized(fr="Contact", en="Contact"),
            Localized(
                fr="À qui écrire, et où retrouver ce que l’on cherche le plus souvent.",
                en="Whom to write to, and where what people look for most often is.",
            ),
        ),
        asks=_SITE,
    ),
    *(
        Address(path=path, face=SILENT)
        for path in (
            "/inscription/{secret}",
            "/groupe/{secret}",
            "/transfert/{secret}",
            "/demo/courrier",
            "/gestion",
            "/gestion/{rest:path}",
        )
    ),
]

_ENGLISH = "/en"
_LOCALES = {Language.FR: "fr_FR", Language.EN: "en_GB"}
_PATTERNS = [(pattern_of(address.path), address) for address in ADDRESSES]
_NOUNS = {
    "/appels": SQLModel.metadata.tables["call"],
    "/etapes": SQLModel.metadata.tables["stop"],
    "/tour": SQLModel.metadata.tables["tour"],
    "/budgets": SQLModel.metadata.tables["programme"],
}
"""The tables whose rows have a page, by where those pages are."""
MAPPED_AT_ONCE = 10_000
_templates = Environment(
    loader=PackageLoader("etape.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Seen(NamedTuple):
    """How a page is told now, with the answers that it will ask for."""

    status: HTTPStatus
    face: Face
    answers: Mapping[str, bytes]
    sources: Sequence[str] = ()


def teller(settings: Settings) -> Tell:
    """Return what tells of the page at an address."""

    async def tell(path: str, query: str, ask: Ask) -> Told:
        language, path = language_of(path)
        return _told(path, language, await seen_at(path, query, language, ask=ask), settings)

    return tell


def language_of(path: str) -> tuple[Language, str]:
    """Return the language that an address is in, and the same page's in French."""
    if path == _ENGLISH or path.startswith(f"{_ENGLISH}/"):
        return Language.EN, path.removeprefix(_ENGLISH) or "/"
    return Language.FR, path


async def seen_at(path: str, query: str, language: Language, *, ask: Ask) -> Seen:
    """Return how the page at a path is told, as the API answers."""
    for pattern, address in _PATTERNS:
        if match := pattern.match(path):
            slug = match.groupdict().get("slug", "")
            return await _seen(address, slug, query, language, ask=ask)
    return Seen(HTTPStatus.NOT_FOUND, NOWHERE({}, language), {})


async def _seen(address: Address, slug: str, query: str, language: Language, *, ask: Ask) -> Seen:
    answers: dict[str, bytes] = {}
    query = _DRAWN.sub("", query).removeprefix("&")
    for target in address.asks:
        asked = target.format(slug=quote(slug, safe=""), query=f"?{query}" if query else "")
        status, answer = await ask(asked, language)
        if status == HTTPStatus.OK:
            answers[asked] = answer
        elif slug and not answers:  # its subject: gone, or not to be read now, which the page says
            if status in {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}:  # no such name
                return Seen(HTTPStatus.NOT_FOUND, NOWHERE({}, language), {})
            return Seen(HTTPStatus.OK, SILENT({}, language), {})
    return Seen(
        HTTPStatus.OK, address.face(answers, language), answers, _sources(address, language)
    )


def _sources(address: Address, language: Language) -> list[str]:
    words = [f"src/i18n/{language}/{room}.ts" for room in ("common", *address.words)]
    return [*words, *([f"src/routes/{address.code}.tsx?"] if address.code else [])]


def _told(path: str, language: Language, seen: Seen, settings: Settings) -> Told:
    def address(path: str, language: Language = language) -> str:
        return _whole(path, language, settings)

    face, site = seen.face, site_in(settings)
    head = _templates.get_template("head.html").render(
        face=face,
        site=site,
        here=address(path),
        versions={each: address(path, each) for each in Language},
        locale=_LOCALES[language],
        card=f"{address(f'/cards{path}.png', Language.FR)}?lang={language}" if face.trail else None,
        linked=[*face.linked, *([rules.breadcrumb(face.trail, address)] if face.trail else [])],
    )
    doors = [Line(label.in_language(language), path) for path, label in DOORS.items()]
    body = _templates.get_template("body.html").render(
        face=face,
        name=site.name,
        doors=doors,
        address=address,
        answers=_embedded(seen.answers),
    )
    style = site.stylesheet
    return Told(
        language=language,
        head=head,
        body=body,
        foot=f'<link rel="stylesheet" href="{style}" />' if style else "",
        status=seen.status,
        sources=seen.sources,
    )


def _whole(path: str, language: Language, settings: Settings) -> str:
    return page_url(path.strip("/"), settings=settings, language=language).rstrip("/")


def _embedded(answers: Mapping[str, bytes]) -> Markup:
    """Return answers as JSON by what was asked, with nothing in it that ends a script."""
    pairs = (f"{json.dumps(asked)}:{answer.decode()}" for asked, answer in answers.items())
    text = "{" + ",".join(pairs) + "}"
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - JSON, whose only danger is taken out


def robots(settings: Settings) -> str:
    """Return what robots may visit: every page but those that are somebody’s own."""
    hidden = sorted(
        f"Disallow: {prefix}{address.path.partition('{')[0]}"
        for address in ADDRESSES
        for prefix in ("", _ENGLISH)
        if address.face is SILENT
    )
    index = _whole("/sitemap.xml", Language.FR, settings)
    return "\n".join(["User-agent: *", *hidden, "", f"Sitemap: {index}", ""])


async def sitemap(session: AsyncSession, settings: Settings) -> str:
    """Return where the maps of the pages are, as XML (sitemaps.org)."""
    connection = await session.connection()
    counted = select(func.count()).select_from(_listed().subquery())
    parts = (await connection.execute(counted)).scalar_one() // MAPPED_AT_ONCE + 1
    maps = [_whole(f"/sitemaps/{part}.xml", Language.FR, settings) for part in range(parts)]
    return _templates.get_template("sitemaps.xml").render(maps=maps)


async def sitemap_part(session: AsyncSession, part: int, settings: Settings) -> str:
    """Return one map of the pages, each in both languages. Raises NotFound past the last."""
    connection = await session.connection()
    wanted = _listed().limit(MAPPED_AT_ONCE).offset(part * MAPPED_AT_ONCE)
    found = [tuple(row) for row in await connection.execute(wanted)]
    if part == 0:  # those that are about nothing published
        plain = [
            each.path for each in ADDRESSES if "{" not in each.path and each.face is not SILENT
        ]
        found = [(path, None) for path in plain] + found
    if not found:
        raise NotFound
    places = [
        ({each: _whole(path, each, settings) for each in Language}, changed)
        for path, changed in found
    ]
    return _templates.get_template("sitemap.xml").render(places=places)


def _listed() -> Select[Any]:
    """Select the path of each page of what exists and when that last changed, in order."""
    found = union_all(
        *(
            select(
                (literal(f"{place}/") + table.c.slug).label("path"),
                (table.c.updated_at if "updated_at" in table.c else null()).label("changed"),
            ).where(~table.c.fictitious)
            for place, table in _NOUNS.items()
        )
    ).subquery()
    return select(found.c.path, found.c.changed).order_by(found.c.path)
