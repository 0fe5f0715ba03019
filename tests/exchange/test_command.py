"""`etape import`: what it says, how it ends, and what a kill leaves of it."""

import csv
import os
import signal
from pathlib import Path

import psycopg
import pytest

from support.command import ETAPE, Place, Process, happens, running
from support.imports import SAMPLES, sample

AIDS = SAMPLES / "aides-territoires.csv"
SCHEMES = SAMPLES / "etalab.csv"


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Place:
    return Place(tmp_path, {"ETAPE_DATABASE_URL": database_url})


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row is not None
        return int(row[0])


def test_what_was_imported_and_what_was_not_is_told_and_the_exit_status_says_it(
    place: Place, database_url: str, tmp_path: Path
) -> None:
    report = tmp_path / "report.csv"
    done = place.run("import", "etalab", str(SCHEMES), "--report", str(report))
    assert done.returncode == 3, done.stderr
    assert "Nouvelles : 3 ; changées : 0 ; inchangées : 0 ; refusées : 5" in done.stderr
    assert (
        "Ligne 6 (3f0c1c52-5f0e-4a44-9f0a-0a8c1f5f7a04), date_cloture « 03/04/27 »" in done.stderr
    )
    assert count(database_url, "call") == 3
    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 12
    assert {"line": "6", "kind": "refused", "value": "03/04/27"}.items() <= rows[1].items()
    assert rows[1]["sentence_en"].startswith("The year has two digits")


def test_an_import_in_which_every_line_is_in_ends_well(place: Place, database_url: str) -> None:
    tried = place.run("import", "aides-territoires", str(AIDS), "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert "Rien n’a été écrit." in tried.stderr
    assert count(database_url, "call") == 0
    done = place.run("import", "aides-territoires", str(AIDS))
    assert (done.returncode, count(database_url, "call")) == (0, 18)


def test_nothing_of_another_file_is_imported(place: Place, database_url: str) -> None:
    refused = place.run("import", "fonds-vert", str(AIDS))
    assert refused.returncode == 1
    assert "Les colonnes ne sont pas celles de ce format" in refused.stderr
    assert "Rien n’a été importé." in refused.stderr
    assert count(database_url, "aggregate") == 0


def test_no_value_of_a_file_is_a_formula_in_the_report(place: Place, tmp_path: Path) -> None:
    file, report = tmp_path / "aids.csv", tmp_path / "report.csv"
    header, _, rest = sample("aides-territoires").partition("\n")
    line = rest.partition("\n")[0].rpartition(",")[0] + ",=1+1"
    file.write_text(f"{header}\n{line}\n", encoding="utf-8")
    place.run("import", "aides-territoires", str(file), "--report", str(report))
    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["value"] for row in rows] == ["'=1+1"]


def test_what_is_exported_is_imported_elsewhere_as_it_was(
    place: Place, demo_url: str, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    there = Place(tmp_path, {"ETAPE_DATABASE_URL": demo_url})
    assert there.run("export", str(file)).returncode == 0
    done = place.run("import", "etape", str(file))
    assert done.returncode == 0, done.stderr
    assert published(database_url) == published(demo_url)
    again = place.run("import", "etape", str(file))
    assert f"inchangées : {len(published(demo_url))} ;" in again.stderr


def test_an_import_killed_in_the_middle_leaves_nothing(place: Place, database_url: str) -> None:
    """The file is a pipe: the command has published the first lines and waits for the others."""
    pipe = place.folder / "awards.csv"
    os.mkfifo(pipe)
    header, *lines = sample("fonds-vert").splitlines(keepends=True)
    many = [lines[0].replace(";12487592;", f";{number};") for number in range(1200)]
    process = Process(place, *ETAPE, "import", "fonds-vert", str(pipe))
    with running(process), pipe.open("w", encoding="utf-8") as half:
        half.write(header + "".join(many))
        half.flush()
        assert happens(lambda: holds_awards(database_url)), process.said
        assert process.popen.poll() is None, process.said
        process.send(signal.SIGKILL)
        process.popen.wait()
    pipe.unlink()
    assert happens(lambda: not holds_awards(database_url))
    for table in ("award", "aggregate", "revision", "reference", "journal", "call", "source"):
        assert count(database_url, table) == 0, table
    pipe.write_text(header + "".join(many), encoding="utf-8")
    again = place.run("import", "fonds-vert", str(pipe))
    assert (again.returncode, count(database_url, "award")) == (0, 1200), again.stderr


def published(url: str) -> list[tuple[object, ...]]:
    """Return every published thing and its content."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT aggregate.noun, slug, content FROM aggregate"
            " JOIN revision USING (subject_id, version) WHERE is_published ORDER BY 1, 2"
        ).fetchall()


def holds_awards(url: str) -> bool:
    """Whether a transaction under way has written awards."""
    with psycopg.connect(url) as connection:
        locks = connection.execute(
            "SELECT 1 FROM pg_locks WHERE relation = 'award'::regclass"
            " AND mode = 'RowExclusiveLock'"
        )
        return locks.fetchone() is not None
