"""The file behind the search: what is erased leaves it, damage costs nothing, a cancelled task changes nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from appli.errors import Cancelled, EnvironmentProblem
from appli.store import engine, index_schema
from appli.store.index import Index, IndexDoc, Query
from tests.builders_index import index_doc, index_docs

SECRET = {
    "title": "Zébulon Quatrefages",
    "second_line": "Prestidigitateur à Xaintrailles",
    "skills": ("Ventriloquie",),
    "commune": "Xaintrailles",
    "place": "Chemin du Kiosque-Vert 47999",
    "body": "Téléphone 06 39 98 77 55, clef sous le pot",
    "facets": (("kind", "person", "Personnes"), ("tag", "wagnérien", "Wagnérien"), ("email", "zebu@exemple.org", "Z")),
    "initials": "ZQ",
}
TRACES = (
    "Zébulon|zebulon|Quatrefages|quatref|Prestidi|prestidi|Ventriloq|ventriloq|Xaintra|xaintra|Kiosque|kiosque|47999|"
    "clef|98 77 55|wagnér|wagner|Wagnér|zebu@exemple"
).split("|")


def content(path: Path) -> bytes:
    """All SQLite keeps of the index."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def traces(path: Path, doc: IndexDoc) -> list[str]:
    kept = content(path)
    found = [trace for trace in TRACES if trace.encode() in kept]
    return found + (["id"] if doc.id in kept else [])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture(scope="module")
def many() -> list[IndexDoc]:
    return list(index_docs(3_000))


@pytest.mark.parametrize("way", ["rebuilt", "added"])
def test_an_erased_record_leaves_no_byte(path: Path, many: list[IndexDoc], way: str) -> None:
    secret = index_doc(**SECRET)
    with Index(path) as index, Index(path) as reader:
        index.rebuild([*many, secret] if way == "rebuilt" else many, 1)
        if way == "added":
            index.update([secret], [], 2)
        assert len(traces(path, secret)) > 15
        assert reader.total(Query("zebulon")) == 1
        index.update([], [secret.id], 3)
        assert traces(path, secret) == []
        assert reader.total(Query("zebulon")) == 0
        assert reader.suggest("ventriloquei") is None
        assert reader.ids(Query()) == [i for i in index.ids(Query()) if i != secret.id]


def test_erased_records_leave_no_byte_however_often_others_grew(path: Path, many: list[IndexDoc]) -> None:
    rng = Random(9)
    marked = [replace(doc, second_line=f"{doc.second_line} zq{doc.id.hex()}") for doc in many[:800]]

    def grown(doc: IndexDoc) -> IndexDoc:
        return replace(doc, second_line=doc.second_line + "".join(f" {n}" for n in range(rng.randint(1, 99))))

    with Index(path) as index:
        index.rebuild(marked, 1)
        for _round in range(3):
            index.update([grown(doc) for doc in rng.sample(marked, 250)], [], 2)
        gone = [doc.id for doc in rng.sample(marked, 300)]
        index.update([], gone, 3)
        assert [record_id for record_id in gone if f"zq{record_id.hex()}".encode() in content(path)] == []


def test_a_corrected_record_keeps_nothing_of_what_it_said(path: Path, many: list[IndexDoc]) -> None:
    secret = index_doc(**SECRET)
    with Index(path) as index:
        index.rebuild([*many, secret], 1)
        index.update([replace(index_doc("Autre nom"), id=secret.id)], [], 2)
        assert [trace for trace in traces(path, secret) if trace != "id"] == []
        assert [row.title for row in index.rows([secret.id])] == ["Autre nom"]


def test_a_rebuild_keeps_nothing_of_what_was_there(path: Path, many: list[IndexDoc]) -> None:
    secret = index_doc(**SECRET)
    with Index(path) as index:
        index.rebuild([*many, secret], 1)
        index.rebuild(many, 2)
        assert traces(path, secret) == []


def test_a_new_index_has_no_stamp(path: Path) -> None:
    with Index(path) as index:
        assert index.stamp() is None
        assert index.first_page(Query()) == index.ids(Query()) == index.facets(Query()) == []
        index.update([index_doc("Une fiche")], [], 41)
        assert index.stamp() == 41
    with Index(path) as index:
        assert index.stamp() == 41
        assert index.total(Query("fiche")) == 1


def test_a_file_deleted_under_an_open_index_is_made_again(path: Path) -> None:
    with Index(path) as index:
        index.rebuild([index_doc("Une fiche")], 1)
        index_schema.remove(path)
        assert index.stamp() is None
        index.rebuild([index_doc("Une fiche")], 2)
        assert index.total(Query("fiche")) == 1


@pytest.mark.parametrize("rest", [b"", b"not a database at all" * 400])
def test_a_file_that_is_no_database_gives_way(path: Path, rest: bytes) -> None:
    path.write_bytes(rest)
    with Index(path) as index:
        assert index.stamp() is None
        index.rebuild([index_doc("Une fiche")], 1)
        assert index.total(Query("fiche")) == 1


def test_an_index_of_another_version_gives_way(path: Path) -> None:
    with Index(path) as index:
        index.rebuild([index_doc("Une fiche")], 1)
    connection = index_schema.open_file(path)
    connection.execute(f"PRAGMA user_version = {index_schema.VERSION + 1}")
    connection.close()
    with Index(path) as index:
        assert index.stamp() is None


def test_damage_met_while_reading_is_told_once_then_mended(path: Path, many: list[IndexDoc]) -> None:
    with Index(path) as index:
        index.rebuild(many, 1)
    whole = path.read_bytes()
    page = 4096
    path.write_bytes(whole[: 2 * page] + b"\xa5" * (len(whole) - 2 * page))
    with Index(path) as index:
        with pytest.raises(EnvironmentProblem) as told:
            index.ids(Query("menuiserie"))
        assert told.value.code == "index_damaged"
        assert index.stamp() is None
        index.rebuild(many, 2)
        assert index.total(Query()) == len(index.ids(Query())) > 2_900


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentProblem):
        Index(tmp_path / "file" / "index.db").stamp()


class StopAt:
    """Somebody who stops a task at its n-th step."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int, label: str = "") -> None:
        assert 0 <= done <= total
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4, 5])
def test_a_cancelled_rebuild_changes_nothing(path: Path, many: list[IndexDoc], steps: int) -> None:
    with Index(path) as index:
        index.rebuild(many[:50], 1)
        before = index.ids(Query())
        with pytest.raises(Cancelled):
            index.rebuild(iter(many), 2, StopAt(steps))
        assert (index.stamp(), index.ids(Query())) == (1, before)
        index.rebuild(many[:60], 3)
        assert index.stamp() == 3


def test_a_cancelled_update_changes_nothing(path: Path, many: list[IndexDoc]) -> None:
    with Index(path) as index:
        index.rebuild(many[:50], 1)
        before = index.facets(Query())
        with pytest.raises(Cancelled):
            index.update(many[50:900], [many[0].id], 2, StopAt(3))
        assert (index.stamp(), index.facets(Query())) == (1, before)


def test_a_statement_that_runs_long_is_stopped_too(path: Path) -> None:
    with Index(path) as index:
        index.stamp()
        with pytest.raises(Cancelled), index._writing(StopAt(0)) as (connection, _watched):
            connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")


def test_a_cancelled_query_stops_and_the_next_one_answers(path: Path, many: list[IndexDoc]) -> None:
    with Index(path) as index:
        index.rebuild(many, 1)
        queries = (
            index.ids,
            index.total,
            index.facets,
            index.points,
            index.relaxations,
            index.without_position,
            index.doubtful,
        )
        for ask in queries:
            with pytest.raises(Cancelled):
                ask(Query("menuiserie"), lambda: True)
        started = perf_counter()
        with pytest.raises(Cancelled), index._reading(lambda: perf_counter() - started > 0.1) as (connection, _search):
            connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
        assert index.total(Query("menuiserie"), lambda: False) == index.total(Query("menuiserie")) > 0


def test_readers_see_the_old_index_until_the_new_one_is_whole(path: Path, many: list[IndexDoc]) -> None:
    seen: list[tuple[int | None, int]] = []
    filling, filled = threading.Event(), threading.Event()

    class Signals:
        def step(self, done: int, total: int, label: str = "") -> None:
            filling.set()

    def fill() -> None:
        with Index(path) as writer:
            writer.rebuild(many, 2, Signals())
        filled.set()

    with Index(path) as reader:
        with Index(path) as writer:
            writer.rebuild(many[:100], 1)
        before = reader.total(Query())
        thread = threading.Thread(target=fill)
        thread.start()
        assert filling.wait(20)
        while not filled.is_set():
            seen.append((reader.stamp(), len(reader.ids(Query("e")))))
            assert len(reader.first_page(Query())) == 50
        thread.join()
        assert seen[0][0] == 1
        assert {stamp for stamp, _count in seen} <= {1, 2}
        assert reader.total(Query()) > before


def test_the_first_page_loads_nothing_heavy(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from appli.store.index import Index, Query\n"
        "Index(Path(sys.argv[1])).first_page(Query())\n"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"pydantic", "sqlalchemy", "sqlmodel", "msgspec", "asyncio", "hypothesis"}


SCHEMAS = {1: "92e549b360fa85e4", 2: "286591a9fbb7cc6b", 3: "286591a9fbb7cc6b"}
"""What each version of the index looks like; a released line never changes. 3 reads positions otherwise than 2."""


def test_another_schema_is_another_version(tmp_path: Path) -> None:
    """An index made by the program of yesterday would be read as if it were today's."""
    with Index(tmp_path / "index.db") as index:
        index.stamp()
    base = engine.connect(tmp_path / "index.db", read_only=True)
    rows = base.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    base.close()
    looks = [[kind, name, " ".join(sql.split())] for kind, name, sql in rows]
    looks.append(["document", "", " ".join(f.name for f in fields(IndexDoc))])
    digest = hashlib.sha256(json.dumps(looks).encode()).hexdigest()[:16]
    assert SCHEMAS.get(index_schema.VERSION) == digest, "the schema changed: give index_schema.VERSION the next number"
