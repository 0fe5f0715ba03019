"""The demo's files: each fact with its source, what sources contradict kept, fiction marked."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from etape.core.moments import Day, Moment
from etape.core.texts import Localized, Spoken
from etape.demo.attendance import read_attendance
from etape.demo.files import DATA
from etape.demo.service import Demo, read_demo
from etape.funding.calls.schemas import CallContent
from etape.sources.schemas import Relation, Stated, Statement
from etape.tour.stops.schemas import StopContent

DEMO = read_demo(date(2026, 11, 22))
NOUNS: list[Any] = [noun for nouns in vars(DEMO).values() for noun in nouns]
REAL_CALLS = [call for call in DEMO.calls if not call.fictitious]
REAL_STOPS = [stop for stop in DEMO.stops if not stop.fictitious]


def within(value: Any, kind: type[Spoken]) -> Iterator[Any]:
    """Return the shapes of one kind that a value holds, itself included."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, Spoken):
        value = [getattr(value, name) for name in type(value).model_fields]
    if isinstance(value, list):
        for item in value:
            yield from within(item, kind)


def slugs(nouns: Any) -> set[str]:
    return {noun.slug for noun in nouns}


def call(slug: str) -> CallContent:
    return next(each for each in DEMO.calls if each.slug == slug)


def stop(slug: str) -> StopContent:
    return next(each for each in DEMO.stops if each.slug == slug)


def values(stated: Stated, key: str) -> list[Any]:
    """Return what is stated under a key, each value in euros or units, or day."""
    return [
        f.day.on if f.day else (f.value // 100 if f.unit == "eur_cents" else f.value)
        for f in stated.figures
        if f.key == key
    ]


def relation(stated: Stated, key: str) -> Relation | None:
    return next((note.relation for note in stated.notes if note.key == key), None)


def test_every_file_is_read() -> None:
    read = len(DEMO.calls) + len(DEMO.stops)
    one_by_one = [p for p in DATA.glob("*/*/*.yaml") if p.parent.name in {"calls", "stops"}]
    assert read == len(one_by_one)
    assert {path.stem for path in DATA.glob("*/*.yaml")} == {
        *("sources", "themes", "terms", "organisations", "people", "programmes"),
        *("envelopes", "tour", "venues", "attendance", "awards", "ledger", "notice", "site"),
    }


def test_no_slug_names_two_things() -> None:
    for nouns in vars(DEMO).values():
        assert len(slugs(nouns)) == len(nouns)


def test_what_is_fictitious_says_so_and_what_is_real_does_not() -> None:
    for edition, is_fictitious in (("real", False), ("fictitious", True)):
        written = "\n".join(p.read_text("utf-8") for p in (DATA / edition).rglob("*.yaml"))
        found = set(re.findall(r"^(?:- )?(?:\{)?slug: \"?([a-z0-9-]+)", written, re.MULTILINE))
        marked = [noun for noun in NOUNS if noun.slug in found and hasattr(noun, "fictitious")]
        assert len(marked) > 20
        assert {noun.slug for noun in marked if noun.fictitious is not is_fictitious} == set()


def test_a_fictitious_tour_body_or_place_says_so_in_its_name() -> None:
    for noun in (*DEMO.tours, *DEMO.organisations, *DEMO.venues):
        if noun.fictitious:
            name = noun.name.fr if isinstance(noun.name, Localized) else noun.name
            assert "ficti" in name, noun.slug


def test_a_fictitious_call_or_stop_is_of_a_programme_that_does_not_exist() -> None:
    for noun in (*DEMO.calls, *DEMO.stops):
        assert noun.slug.startswith("azimut-") is noun.fictitious
    assert all(
        contact.email.endswith(".example") and contact.phone.startswith("01 99 00 ")
        for noun in (*DEMO.calls, *DEMO.stops)
        if noun.fictitious and (contact := noun.contact)
    )


@pytest.mark.parametrize("noun", REAL_CALLS + REAL_STOPS, ids=lambda noun: noun.slug)
def test_each_real_sentence_wave_session_and_role_names_its_source(
    noun: CallContent | StopContent,
) -> None:
    unsourced = [s.text.fr for s in within(noun, Statement) if s.source is None]
    assert unsourced == []
    assert noun.stated.sources
    if isinstance(noun, CallContent):
        assert all(each.source for each in (*noun.waves, *noun.funders))
    else:
        assert all(each.source for each in (*noun.sessions, *noun.calls))
        assert all(each.source for session in noun.sessions for each in session.appearances)


def test_every_source_cited_exists() -> None:
    known = slugs(DEMO.sources)
    for noun in NOUNS:
        for shape in within(noun, Spoken):
            cited = [getattr(shape, "source", None), *getattr(shape, "sources", [])]
            assert {slug for slug in cited if slug} <= known, noun.slug


def test_every_noun_referred_to_exists_and_is_published_before() -> None:
    programmes = [programme.slug for programme in DEMO.programmes]
    for rank, programme in enumerate(DEMO.programmes):
        assert set(programme.parents) <= set(programmes[:rank])
    envelopes = [envelope.slug for envelope in DEMO.envelopes]
    for rank, envelope in enumerate(DEMO.envelopes):
        assert {envelope.programme} <= {*programmes, None}
        assert {envelope.parent} <= {*envelopes[:rank], None}
    calls = [each.slug for each in DEMO.calls]
    bodies = slugs(DEMO.organisations)
    for rank, each in enumerate(DEMO.calls):
        assert {each.successor} <= {*calls[:rank], None}
        assert {each.programme} <= {*programmes, None}
        assert {each.envelope} <= {*envelopes, None}
        assert {each.operator} <= {*bodies, None}
        assert set(each.themes) <= slugs(DEMO.themes)
        assert {funder.programme for funder in each.funders} <= set(programmes)
    for each in DEMO.stops:
        sessions = each.sessions
        assert each.tour in slugs(DEMO.tours)
        assert {link.call for link in each.calls} <= set(calls)
        assert {host.organisation for host in each.hosts} <= bodies
        places = {place.venue for place in each.venues}
        assert places | {s.venue for s in sessions if s.venue} <= slugs(DEMO.venues)
        assert {slug for s in sessions for slug in s.calls} <= set(calls)
        roles = [role for session in sessions for role in session.appearances]
        assert {role.person for role in roles} <= slugs(DEMO.people)
        assert {role.organisation for role in roles} <= {*bodies, None}


def test_the_budget_of_the_strategy_keeps_its_three_amounts_and_says_why() -> None:
    strategy = next(p for p in DEMO.programmes if p.acronym == "SASN")
    assert set(values(strategy.stated, "budget")) == {650_000_000, 670_000_000}
    assert relation(strategy.stated, "budget") is Relation.CONFLICT
    assert set(values(strategy.stated, "budget-with-top-up")) == {670_000_000, 718_400_000}
    assert relation(strategy.stated, "budget-with-top-up") is Relation.UPDATED


def test_the_audience_of_the_first_stop_keeps_both_counts() -> None:
    stated = stop("ile-de-france-2022").stated
    assert values(stated, "participants") == [500, 500, 600]
    assert [f.qualifier for f in stated.figures] == ["more_than", "more_than", "nearly"]
    assert relation(stated, "participants") is Relation.CONFLICT


def test_a_contested_deadline_keeps_each_day() -> None:
    stated = call("competences-metiers-avenir").stated
    assert set(values(stated, "cutoff-1")) == {date(2022, 2, 24), date(2022, 2, 28)}
    assert relation(stated, "cutoff-1") is Relation.CONFLICT
    assert set(values(stated, "cutoff-3")) == {date(2022, 10, 31), date(2022, 11, 2)}


def test_two_programmes_fund_the_data_warehouses_with_their_shares() -> None:
    shares = {f.programme: f.share_cents for f in call("entrepots-donnees-sante").funders}
    assert shares == {"france-2030": 40_000_000_00, "ondam": 35_000_000_00}


def test_an_ambiguous_midnight_stays_a_day_without_hour() -> None:
    first, third = call("tiers-lieux-experimentation").waves
    assert first.closes == Moment.model_validate({"at": "2022-05-25T12:00"})
    assert third.closes == Moment(on=date(2024, 5, 31))


def test_the_tour_of_2022_has_its_nine_stops_and_the_days_that_do_not_follow() -> None:
    assert [each.slug for each in REAL_STOPS] == [
        *("ile-de-france-2022", "nimes-montpellier-2022", "grenoble-2022", "bordeaux-2022"),
        *("marseille-sophia-antipolis-2022", "lille-2022", "la-reunion-2022", "rennes-2022"),
        "strasbourg-2022",
    ]
    assert [day.on.isoformat() for day in stop("ile-de-france-2022").days] == [
        "2022-02-01",
        "2022-02-03",
    ]
    assert stop("la-reunion-2022").zone == "Indian/Reunion"
    launched = [(link.call, link.link) for link in stop("nimes-montpellier-2022").calls]
    assert launched == [("tiers-lieux-experimentation", "launched")]
    assert {s.slug for s in REAL_STOPS if s.region_inferred} == {
        *("nimes-montpellier-2022", "lille-2022", "rennes-2022", "strasbourg-2022"),
    }


def test_no_link_to_a_real_replay_is_invented() -> None:
    sessions = [session for each in REAL_STOPS for session in each.sessions]
    assert sum(session.has_replay is True for session in sessions) == 5
    assert not any(session.replay_url or session.join_url for session in sessions)


def test_a_source_whose_day_is_unknown_does_not_invent_one() -> None:
    review = next(source for source in DEMO.sources if source.slug == "bilan-tour-2022")
    assert review.published == Day.model_validate({"on": "2022-06-29", "precision": "after"})


@pytest.mark.parametrize(
    "each", [each for each in DEMO.calls if each.fictitious], ids=lambda each: each.slug
)
def test_a_fictitious_call_is_as_deep_as_a_rulebook(each: CallContent) -> None:
    for name in ("promise", "description", "operator", "contact", "amount_max_cents"):
        assert getattr(each, name), name
    for name in ("funds", "excludes", "costs", "conditions", "documents", "aids", "stages"):
        assert getattr(each, name), name
    assert 5 <= len(each.questions) <= 8
    assert all(text.en for text in within(each, Localized))


def test_the_fictitious_tour_offers_every_kind_of_session() -> None:
    stops = [each for each in DEMO.stops if each.fictitious]
    sessions = [session for each in stops for session in each.sessions]
    assert all(6 <= len(each.sessions) <= 10 for each in stops)
    assert {s.access for s in sessions} == {"open", "on_request", "invited", "delegation"}
    assert any(s.on_site and s.on_site.capacity and s.online == type(s.online)() for s in sessions)
    assert any(s.needs_identity and s.list_closes_at for s in sessions)
    meetings = [s for s in sessions if s.kind == "meeting"]
    assert len(meetings) > 5
    for meeting in meetings:
        assert meeting.starts_at
        assert meeting.ends_at
        assert (meeting.ends_at - meeting.starts_at).total_seconds() == 900
        assert [p.capacity for p in (meeting.on_site, meeting.online) if p] == [1]
    assert [len(each.days) for each in stops].count(2) == 2
    assert any((each.days[-1].on - each.days[0].on).days > 1 for each in stops)


def test_people_come_to_sessions_that_exist_and_some_wait() -> None:
    attendance = read_attendance()
    assert len(set(attendance.names)) == len(attendance.names) >= 120
    waits = 0
    for slug, sessions in attendance.stops.items():
        offered = {session.slug: session for session in stop(slug).sessions}
        for name, modes in sessions.items():
            assert sum(modes.values()) <= len(attendance.names)
            for mode, people in modes.items():
                seats = getattr(offered[name], mode)
                assert seats is not None, (slug, name, mode)
                waits += seats.capacity is not None and people > seats.capacity
    assert waits >= 2
    assert attendance.stops.keys() < slugs(each for each in DEMO.stops if each.fictitious)


def prose(demo: Demo) -> Iterator[str]:
    for nouns in vars(demo).values():
        for noun in nouns:
            yield from (text.fr for text in within(noun, Localized))


def test_french_texts_have_french_typography() -> None:
    faults = [
        text for text in prose(DEMO) if re.search(r"\w'\w| [;:!?»%€]|« |\d \d{3}\b|\.\.\.", text)
    ]
    assert faults == []
