"""Une année entre cinq postes qui ne se voient jamais : paquets, pertes, copie, restauration, effacements.

    python installer/eprouver_annee.py [--graine 48] [--semaines 52]

À la fin, les postes encore en vie échangent une dernière fois. Le script échoue si leurs empreintes diffèrent, ou si le
nom d’une personne effacée se lit encore dans un fichier d’un poste.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from appli import config
from appli.app import open_directory
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import giving, receiving
from appli.services.spaces import SpaceFacts, found

CLONED, RESTORED, ERASED = 17, 30, (12, 25, 40)
"""Les semaines où quelqu’un copie un dossier, revient à une sauvegarde, demande à disparaître."""


class Year:
    """Les postes, ce qu’ils écrivent et ce qui circule."""

    def __init__(self, home: Path, rng: Random) -> None:
        self.home = home
        self.rng = rng
        self.pcs: list[Directory] = []
        self.people: list[RecordId] = []
        self.forgotten: dict[RecordId, str] = {}
        self.told = Counter[str]()
        self._written = 0

    def start(self, count: int = 5) -> None:
        """Le premier fonde le réseau, les autres le rejoignent par son paquet."""
        self.pcs.append(open_directory(self.home / "poste0"))
        found(self.pcs[0], SpaceFacts("Réseau d’essai", replica_label="Poste 0"))
        for n in range(40):
            self._create(self.pcs[0], n)
        giving.give(self.pcs[0], self.home / "accueil.maille")
        for n in range(1, count):
            pc = open_directory(self.home / f"poste{n}")
            receiving.receive(pc, self.home / "accueil.maille", confirmed=True)
            self.pcs.append(pc)

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
            self._forget(self.rng.choice(self.pcs))
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

    def end(self) -> None:
        """Deux tours où chacun reçoit tout de tous."""
        for turn in range(2):
            for rank, pc in enumerate(self.pcs):
                file = self.home / f"fin{turn}-{rank}.maille"
                giving.give(pc, file)
                for other in self.pcs:
                    if other is not pc:
                        self._take(other, file)

    def problems(self) -> list[str]:
        """Ce qui ne va pas, en français ; vide si tout va bien."""
        found_here = []
        digests = {pc.store.digest() for pc in self.pcs}
        if len(digests) != 1:
            found_here.append(f"{len(digests)} empreintes différentes")
        for pc in self.pcs:
            pc.store.folder.checkpoint()
            found_here += pc.store.problems()
            found_here += [f"{one.hex()} est revenue" for one in self.forgotten if pc.reads.entry(one)]
        for pc in self.pcs:
            pc.close()
        for name in self.forgotten.values():
            found_here += [
                f"« {name} » se lit encore dans {path.relative_to(self.home)}"
                for path in self.home.glob("poste*/**/*")
                if path.is_file() and "sauvegardes" not in path.parts and name.encode() in path.read_bytes()
            ]
        return found_here

    def _create(self, pc: Directory, number: int) -> None:
        one = new_id()
        pc.do("Essai", [Create(one, "person", {"name": {"display": f"Personne{number:04} Inventée"}})])
        phone = {"owner": one.hex(), "type": "phone", "value": f"06 39 98 {number % 100:02} 00"}
        pc.do("Essai", [Create(new_id(), "contact_point", phone)])
        self.people.append(one)

    def _write(self, pc: Directory) -> None:
        self._written += 1
        here = [one for one in self.people if one not in self.forgotten and pc.reads.entry(one) is not None]
        if self.rng.random() < 0.2 or not here:
            self._create(pc, 1000 + self._written)
        else:
            field = self.rng.choice(("occupation", "summary"))
            pc.do("Essai", [Put(self.rng.choice(here), field, f"Valeur {self._written}")])

    def _take(self, pc: Directory, file: Path) -> None:
        try:
            receipt = receiving.receive(pc, file, confirmed=True)
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
        self.forgotten[one] = pc.title_of(one)
        erase(pc, one)
        self.told["effacements"] += 1


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
        year.start()
        for number in range(chosen.semaines):
            year.week(number)
        year.end()
        wrong = year.problems()
    say(", ".join(f"{word} {count}" for word, count in sorted(year.told.items())))
    say("\n".join(wrong) if wrong else f"{len(year.pcs)} postes, même empreinte ; aucun nom effacé ne se lit.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
