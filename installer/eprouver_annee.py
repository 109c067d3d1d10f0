"""Une année entre cinq postes qui ne se voient jamais : paquets, pertes, copie, restauration, effacements, versions.

    python installer/eprouver_annee.py [--graine 48] [--semaines 52]

Le cinquième poste est d’une version plus ancienne jusqu’à sa mise à jour. Le premier est référent : ses ordres
d’effacer prennent effet partout ; celui d’un autre attend son accord. À la fin, les postes encore en vie échangent une
dernière fois. Le script échoue si leurs empreintes diffèrent, ou si le nom d’une personne effacée se lit encore dans un
fichier d’un poste ou dans un paquet resté là où il fut écrit, tel quel ou décompressé. Les sauvegardes sont comptées à
part : elles gardent ce qu’elles gardaient, et la plus vieille est restaurée pour voir que personne n’en revient.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import zstandard

from appli import config
from appli.app import open_directory
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import giving, receiving
from appli.services.exchanging.roles import am_referent
from appli.services.spaces import SpaceFacts, found
from tests.older import OlderPc
from tests.store.network import hasty_disk

CLONED, RESTORED, UPDATED, ERASED = 17, 30, 35, (12, 25, 40)
"""Les semaines où quelqu’un copie un dossier, revient à une sauvegarde, met à jour, demande à disparaître."""
BEYOND = ("person.availability", "line:statement")
"""Ce que la version ancienne ne connaît pas : un champ, et les ordres signés."""
LETTERS = "bcdfghjklmnpqrstvwxz"


class Year:
    """Les postes, ce qu’ils écrivent et ce qui circule."""

    def __init__(self, home: Path, rng: Random) -> None:
        self.home = home
        self.rng = rng
        self.pcs: list[Directory] = []
        self.people: list[RecordId] = []
        self.forgotten: dict[RecordId, str] = {}
        self.told = Counter[str]()
        self.older: OlderPc | None = None
        self._written = 0

    def start(self, count: int = 5) -> None:
        """Le premier fonde le réseau, les autres le rejoignent par son paquet."""
        self.pcs.append(open_directory(self.home / "poste0"))
        found(self.pcs[0], SpaceFacts("Réseau d’essai", replica_label="Poste 0"))
        for n in range(40):
            self._create(self.pcs[0], n)
        giving.give(self.pcs[0], self.home / "accueil.maille")
        for n in range(1, count - 1):
            pc = open_directory(self.home / f"poste{n}")
            receiving.receive(pc, self.home / "accueil.maille", confirmed=True)
            self.pcs.append(pc)
        self.older = OlderPc(self.home / f"poste{count - 1}", BEYOND)
        self._older_takes(self.home / "accueil.maille")

    def week(self, number: int) -> None:
        """Chacun écrit, puis donne un paquet à un autre ; un paquet sur cinq se perd."""
        for pc in self.pcs:
            for _turn in range(self.rng.randint(0, 3)):
                self._write(pc)
        if number == CLONED:
            self._clone()
        if number == RESTORED - 4:
            self.pcs[2].store.backup("manuelle")
        if number == RESTORED:
            self._restore(self.pcs[2])
        if number in ERASED:
            self._forget(self.pcs[0] if number == ERASED[0] else self.rng.choice(self.pcs[1:]))
        if number == UPDATED:
            self._update()
        if self.older and number % 6 == 0:
            self._older_week(number)
        for rank, pc in enumerate(self.pcs):
            file = self.home / f"semaine{number}-{rank}.maille"
            giving.give(pc, file)
            if self.rng.random() < 0.2:
                self.told["perdus"] += 1
                continue
            other = self.rng.choice([p for p in self.pcs if p is not pc])
            self._take(other, file)
            if self.rng.random() < 0.1:
                self._take(other, self.rng.choice(sorted(self.home.glob("*.maille"))))
            self._agree_to_forget()

    def end(self) -> None:
        """Trois tours où chacun reçoit tout de tous."""
        if self.older:
            self._update()
        for turn in range(3):
            self._agree_to_forget()
            for rank, pc in enumerate(self.pcs):
                file = self.home / f"fin{turn}-{rank}.maille"
                giving.give(pc, file)
                for other in self.pcs:
                    if other is not pc:
                        self._take(other, file)

    def problems(self) -> list[str]:
        """Ce qui ne va pas, en français ; vide si tout va bien."""
        wrong = []
        digests = {pc.store.digest() for pc in self.pcs}
        if len(digests) != 1:
            wrong.append(f"{len(digests)} empreintes différentes")
        for pc in self.pcs:
            pc.store.folder.checkpoint()
            wrong += pc.store.problems()
            wrong += [f"{one.hex()} est revenue" for one in self.forgotten if pc.reads.entry(one)]
        wrong += self._after_restoring(self.pcs[3])
        for pc in self.pcs:
            pc.close()
        for path in sorted(p for p in self.home.rglob("*") if p.is_file()):
            kept = "sauvegardes" in path.parts
            self.told["sauvegardes" if kept else "fichiers lus"] += 1
            names = [name for name in self.forgotten.values() if any(name in one for one in contents(path))]
            if kept:
                self.told["sauvegardes qui nomment un effacé"] += bool(names)
            else:
                wrong += [f"« {name} » se lit encore dans {path.relative_to(self.home)}" for name in names]
        return wrong

    def _after_restoring(self, pc: Directory) -> list[str]:
        """Sa plus vieille sauvegarde est restaurée : les effacés n’en reviennent pas."""
        oldest = min(pc.store.backups(), key=lambda b: b.name, default=None)
        if oldest is None:
            return ["aucune sauvegarde à restaurer"]
        pc.store.restore(oldest.name)
        pc.ensure_index()
        pc.store.folder.checkpoint()
        return [f"{one.hex()} est revenue d’une sauvegarde" for one in self.forgotten if pc.reads.entry(one)]

    def _name(self) -> str:
        """Un nom qui ne ressemble à aucun mot, qu’on puisse chercher par un morceau."""
        return "".join(self.rng.choices(LETTERS, k=12)).title() + " Inventée"

    def _create(self, pc: Directory, number: int) -> None:
        one = new_id()
        pc.do("Essai", [Create(one, "person", {"name": {"display": self._name()}})])
        phone = {"owner": one.hex(), "type": "phone", "value": f"06 39 98 {number % 100:02} 00"}
        pc.do("Essai", [Create(new_id(), "contact_point", phone)])
        self.people.append(one)

    def _write(self, pc: Directory) -> None:
        self._written += 1
        here = [one for one in self.people if one not in self.forgotten and pc.reads.entry(one) is not None]
        if self.rng.random() < 0.2 or not here:
            self._create(pc, 1000 + self._written)
        else:
            field = self.rng.choice(("occupation", "summary", "availability"))
            pc.do("Essai", [Put(self.rng.choice(here), field, f"Valeur {self._written}")])

    def _take(self, pc: Directory, file: Path) -> None:
        try:
            receipt = receiving.receive(pc, file, confirmed=True, safe=self.rng.random() < 0.8)
        except UserError as refusal:
            self.told[refusal.code] += 1
            return
        self.told["reçus"] += 1
        self.told["à trancher"] += receipt.conflicts
        if receipt.seq is not None and self.rng.random() < 0.05:
            receiving.take_back(pc, receipt.seq)
            self.told["annulés"] += 1

    def _clone(self) -> None:
        """Le dossier du poste 1 est copié sur une nouvelle machine, et les deux continuent."""
        self.pcs[1].close()
        shutil.copytree(self.home / "poste1", self.home / "poste9")
        self.pcs[1] = open_directory(self.home / "poste1")
        self.pcs.append(open_directory(self.home / "poste9"))

    def _restore(self, pc: Directory) -> None:
        chosen = next(b for b in pc.store.backups() if b.reason == "manuelle")
        pc.store.restore(chosen.name)
        pc.ensure_index()

    def _forget(self, pc: Directory) -> None:
        one = self.rng.choice([i for i in self.people if i not in self.forgotten and pc.reads.entry(i) is not None])
        self.forgotten[one] = pc.title_of(one).split()[0][3:].casefold()
        erase(pc, one)
        self.told["effacements" if am_referent(pc) else "effacements demandés par un autre"] += 1

    def _agree_to_forget(self) -> None:
        """Le référent dit oui à ce que d’autres demandent."""
        for waiting in self.pcs[0].store.orders.waiting():
            erase(self.pcs[0], waiting.id)
            self.told["accords du référent"] += 1

    # ---- la version ancienne

    def _older_takes(self, file: Path) -> None:
        assert self.older is not None
        done = self.older("paquet", "appliquer", file, "--oui")
        self.told["reçus par la version ancienne" if done.code == 0 else "refusés par la version ancienne"] += 1

    def _older_week(self, number: int) -> None:
        assert self.older is not None
        file = self.home / f"semaine{number}-ancien.maille"
        giving.give(self.rng.choice(self.pcs), file)
        self._older_takes(file)
        made = self.older("fiche", "creer", "person", f"name={self._name()}").document
        self.people.append(uuid.UUID(made["id"]).bytes)
        mine = self.home / f"semaine{number}-de-l-ancien.maille"
        assert self.older("paquet", "creer", mine).code == 0
        self._take(self.rng.choice(self.pcs), mine)

    def _update(self) -> None:
        """Le poste ancien reçoit la version d’aujourd’hui."""
        assert self.older is not None
        self.pcs.append(open_directory(self.older.folder))
        self.older = None


def contents(path: Path) -> Iterator[str]:
    """Ce qu’un fichier contient, tel quel puis décompressé, en minuscules."""
    raw = path.read_bytes()
    yield raw.decode("utf-8", "ignore").casefold()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                body = archive.read(name)
                body = zstandard.decompress(body) if name.endswith(".zst") else body
                yield body.decode("utf-8", "ignore").casefold()


def say(words: str) -> None:
    """To whoever runs this."""
    sys.stdout.write(words + "\n")


def main() -> int:
    """Jouer l’année et dire ce qu’il en est."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graine", type=int, default=48)
    parser.add_argument("--semaines", type=int, default=52)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maillage-annee-") as name:
        os.environ["MAILLAGE_CONFIG"] = str(Path(name) / "config")
        config.config_dir().mkdir(parents=True, exist_ok=True)
        year = Year(Path(name), Random(chosen.graine))  # noqa: S311 — a history, not a secret
        with hasty_disk():
            year.start()
            for number in range(chosen.semaines):
                year.week(number)
            year.end()
            wrong = year.problems()
    say(", ".join(f"{word} {count}" for word, count in sorted(year.told.items())))
    say(
        "\n".join(wrong)
        if wrong
        else f"{len(year.pcs)} postes, même empreinte ; aucun nom effacé ne se lit, "
        "hors des sauvegardes ; d’une sauvegarde restaurée, personne ne revient."
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
