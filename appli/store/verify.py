"""Looking a base over: is it sound, and does it hold the same content as another PC's?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from appli.domain.causality import RecordState
from appli.i18n import _, _n
from appli.store import erase as erasing
from appli.store.engine import Connection, damaged, scalar
from appli.store.folder import Folder, raw
from appli.store.packets import ABOUT
from appli.store.registers import Registers, binding_fields
from appli.store.rows import SHARED, all_tables, columns, dump
from appli.store.states import every_state


def problems(folder: Folder) -> list[str]:
    """French sentences, empty when all is sound."""
    with folder.reading() as connection:
        base = raw(connection)
        return [*_integrity(base), *_versions(base), *_dangling(base)]


def damage(folder: Folder) -> list[str]:
    """The same without what is only worth knowing: pages that cannot be read, rows that do not fit each other."""
    with folder.reading() as connection:
        base = raw(connection)
        return [*_integrity(base), *_versions(base)]


def look_over(folder: Folder) -> None:
    """A quick look through every page. Raises EnvironmentProblem if one is damaged."""
    with folder.reading() as connection:
        base = raw(connection)
        for name in ("main", SHARED):
            if scalar(base, f"PRAGMA {name}.quick_check(1)") != "ok":
                raise damaged()


def _integrity(base: Connection) -> Iterator[str]:
    for name, title in (("main", "prive.db"), (SHARED, "partage.db")):
        answer = [row[0] for row in base.execute(f"PRAGMA {name}.integrity_check(20)")]
        if answer != ["ok"]:
            yield _("Le fichier {name} est abîmé : {count} défauts trouvés.").format(name=title, count=len(answer))


def _versions(base: Connection) -> Iterator[str]:
    stray = scalar(base, f"SELECT count(*) FROM {SHARED}.fv WHERE id NOT IN (SELECT id FROM {SHARED}.ver)")
    if stray:
        yield _n("{n} version sans fiche.", "{n} versions sans fiche.", stray).format(n=stray)
    back = scalar(base, f"SELECT count(*) FROM {SHARED}.erased WHERE id IN (SELECT id FROM {SHARED}.ver)")
    if back:
        yield _n("{n} fiche effacée est revenue.", "{n} fiches effacées sont revenues.", back).format(n=back)
    for number, table in all_tables().items():
        sql = (
            f"SELECT (SELECT count(*) FROM {SHARED}.{table.name} t WHERE NOT EXISTS "
            f"(SELECT 1 FROM {SHARED}.ver v WHERE v.id=t.id AND v.kind=?1)) + (SELECT count(*) FROM {SHARED}.ver v "
            f"WHERE v.kind=?1 AND NOT EXISTS (SELECT 1 FROM {SHARED}.{table.name} t WHERE t.id=v.id))"
        )
        lost = scalar(base, sql, number)
        if lost:
            yield _("La table « {name} » et ses versions diffèrent sur {n} lignes.").format(name=table.name, n=lost)


def _dangling(base: Connection) -> Iterator[str]:
    """Links whose end has not arrived are hidden, not wrong; still worth knowing."""
    lost = 0
    for kind, field in binding_fields():
        if kind.code in ABOUT:
            continue
        sql = (
            f"SELECT count(*) FROM {SHARED}.{kind.code} t WHERE t.{columns(field)} IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {SHARED}.ver v WHERE v.id=unhex(t.{columns(field)}))"
        )
        lost += scalar(base, sql)
    if lost:
        yield _n("{n} lien mène à une fiche absente.", "{n} liens mènent à des fiches absentes.", lost).format(n=lost)


def digest(folder: Folder) -> str:
    """SHA-256 over (record, field, dots, values) of all that is shared and over erased ids.

    Equal on two PCs exactly when they hold the same content, whatever way it came.
    """
    total = hashlib.sha256()
    with folder.reading() as connection:
        registers = Registers(raw(connection))
        for state in every_state(registers):
            for line in _lines(state):
                total.update(line.encode())
        for one in erasing.forgotten(registers):
            total.update(dump(["erased", one.hex()]).encode())
    return total.hexdigest()


def _lines(state: RecordState) -> Iterator[str]:
    for number in sorted(state.values.keys() | state.registers.keys()):
        versions = state.register(number).versions.values()
        said = sorted(
            (v.stamp.replica.hex(), v.stamp.counter, v.audience if v.audience is not None else -1, dump(v.value))
            for v in versions
        )
        yield dump([state.id.hex(), number, said])


def latest_times(base: Connection) -> dict[bytes, int]:
    """The latest wall time each PC wrote at, in ms."""
    every = " UNION ALL ".join(f"SELECT r, max(h) AS h FROM {SHARED}.{t} GROUP BY r" for t in ("ver", "fv", "erased"))
    sql = f"SELECT w.uid, max(e.h) FROM ({every}) e JOIN {SHARED}.writer w ON w.i=e.r GROUP BY w.uid"
    return dict(base.execute(sql).fetchall())
