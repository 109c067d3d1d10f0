"""Deux postes qui ne se parlent que par un dossier porté par deux vrais Syncthing, sur cette machine seulement.

    python installer/eprouver_syncthing.py [--duree 80]

Chaque Syncthing a son propre dossier personnel et n’écoute que sur 127.0.0.1 : ni découverte, ni relais, ni
statistiques. Les postes écrivent en même temps, l’un est coupé puis revient, une personne est effacée. Le script
échoue si les empreintes diffèrent à la fin, ou si le nom de la personne effacée se lit encore dans l’un des deux
dossiers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from appli.app import open_directory
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.exchange.chunks import unpack
from appli.exchange.reading import open_bundle
from appli.services import settling
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import giving, receiving, shared_folder
from appli.services.spaces import SpaceFacts, found, name_replica

NOT_HERE = 3
FOLDER = "maillage"
QUIET = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "startBrowser": "false",
    "crashReportingEnabled": "false",
    "urAccepted": "-1",
    "autoUpgradeIntervalH": "0",
    "announceLANAddresses": "false",
    "reconnectionIntervalS": "1",
    "setLowPriority": "false",
}
"""Rien ne sort de la machine ; ce qui est coupé revient vite."""


class Daemon:
    """Un Syncthing, dans un dossier personnel à lui."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.shared = home / "Partage"
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.shared.mkdir(parents=True)
        self._config = home / "syncthing"
        self._run("generate", "--no-default-folder", "--skip-port-probing")
        tree = ElementTree.parse(self._config / "config.xml")  # noqa: S314 — just made by our own Syncthing
        device = tree.find("device")
        if device is None:
            raise LookupError("Syncthing n’a pas fait sa clé")
        self.id = device.get("id", "")

    def know(self, other: Daemon) -> None:
        """Partager le dossier avec l’autre, et avec lui seul."""
        path = self._config / "config.xml"
        tree = ElementTree.parse(path)  # noqa: S314
        whole = tree.getroot()
        for old in whole.findall("device"):
            whole.remove(old)
        for one in (self, other):
            device = ElementTree.SubElement(whole, "device", id=one.id, name=one.home.name, compression="metadata")
            ElementTree.SubElement(device, "address").text = f"tcp://127.0.0.1:{one.port}"
        facts = {
            "id": FOLDER, "label": "Maillage", "path": str(self.shared), "type": "sendreceive", "rescanIntervalS": "5",
            "fsWatcherEnabled": "true", "fsWatcherDelayS": "1", "ignorePerms": "false", "autoNormalize": "true",
        }  # fmt: skip
        folder = ElementTree.SubElement(whole, "folder", facts)
        for one in (self, other):
            ElementTree.SubElement(folder, "device", id=one.id)
        ElementTree.SubElement(folder, "versioning")  # aucune : ce qui est effacé ne doit pas rester
        ElementTree.SubElement(folder, "markerName").text = ".stfolder"
        ElementTree.SubElement(folder, "minDiskFree", unit="%").text = "0"
        self._quiet(whole)
        tree.write(path, encoding="unicode")

    @staticmethod
    def _set(parent: ElementTree.Element, name: str, value: str) -> None:
        for old in parent.findall(name):
            parent.remove(old)
        ElementTree.SubElement(parent, name).text = value

    def _quiet(self, whole: ElementTree.Element) -> None:
        options, screen = whole.find("options"), whole.find("gui")
        if options is None or screen is None:
            raise LookupError("réglages de Syncthing illisibles")
        for name, value in {**QUIET, "listenAddress": f"tcp://127.0.0.1:{self.port}"}.items():
            self._set(options, name, value)
        self._set(options, "minHomeDiskFree", "0")
        screen.set("enabled", "false")

    def start(self) -> None:
        """Le lancer."""
        words = ["syncthing", "serve", f"--home={self._config}", "--no-browser", "--no-restart", "--no-upgrade"]
        log = (self.home / "syncthing.log").open("ab")
        with log:
            self.process = subprocess.Popen(words, env=self._world(), stdout=log, stderr=log)

    def stop(self) -> None:
        """L’arrêter, et attendre qu’il le soit."""
        process, self.process = self.process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _run(self, *words: str) -> None:
        command = ["syncthing", *words, f"--home={self._config}"]
        subprocess.run(command, env=self._world(), check=True, capture_output=True, timeout=30)

    def _world(self) -> dict[str, str]:
        own = {"HOME": str(self.home), "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1", "GOMAXPROCS": "1"}
        return {**{k: v for k, v in os.environ.items() if not k.startswith(("ST", "XDG_"))}, **own}


class Trial:
    """Les deux postes, leurs deux Syncthing, et le temps qui reste."""

    def __init__(self, home: Path, seconds: float) -> None:
        self.until = time.monotonic() + seconds
        self.daemons = [Daemon(home / name) for name in ("accueil", "gite")]
        self.daemons[0].know(self.daemons[1])
        self.daemons[1].know(self.daemons[0])
        self.pcs = [open_directory(home / name / "annuaire") for name in ("accueil", "gite")]
        self._home = home

    def close(self) -> None:
        """Tout laisser propre."""
        for daemon in self.daemons:
            daemon.stop()
        for directory in self.pcs:
            directory.close()

    def begin(self) -> None:
        """Fonder le réseau, le rejoindre par un paquet, choisir le dossier de chaque côté."""
        one, other = self.pcs
        found(one, SpaceFacts("Réseau d’essai", replica_label="Accueil"))
        giving.give(one, self._home / "premier.maille")
        receiving.receive(other, self._home / "premier.maille", confirmed=True)
        name_replica(other, "Gîte")
        for daemon, directory in zip(self.daemons, self.pcs, strict=True):
            daemon.start()
            shared_folder.choose(directory, daemon.shared)

    def until_agreed(self, *, alone: int | None = None, person: bool = False) -> None:
        """Relever chaque dossier jusqu’à ce que tous s’accordent, ou que le poste `alone` n’ait plus rien à dire.

        `person` : quelqu’un, à chaque poste, accepte ce qui attend.
        """

        def is_so() -> bool:
            busy = False
            for n, directory in enumerate(self.pcs):
                if alone is None or alone == n:
                    busy |= self._round(directory, person=person)
            if busy or alone is not None:
                return not busy
            return self.digests_agree() and _listing(self.daemons[0].shared) == _listing(self.daemons[1].shared)

        self.wait(is_so)

    def _round(self, directory: Directory, *, person: bool) -> bool:
        standing = shared_folder.look(directory)
        if standing is None or not standing.begun:
            return True
        if standing.has_work:
            shared_folder.go_round(directory)
            return True
        if person and standing.waiting:
            receiving.receive(directory, standing.waiting[0].paths[0], confirmed=True)
            return True
        return False

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Attendre que ce soit vrai, jusqu’à l’heure dite et pas au-delà."""
        while not is_so():
            if time.monotonic() > self.until:
                raise TimeoutError(self._told())
            time.sleep(0.05)

    def digests_agree(self) -> bool:
        """Si les deux postes ont le même contenu."""
        return len({directory.store.digest() for directory in self.pcs}) == 1

    def reads(self, word: str) -> list[Path]:
        """Les fichiers des deux dossiers où ce mot se lit, paquets ouverts."""
        files = [p for d in self.daemons for p in sorted(d.shared.rglob("*")) if p.is_file()]
        return [path for path in files if _holds(path, word.encode())]

    def _told(self) -> str:
        lines = [f"{d.home.name} : {sorted(_listing(d.shared))}" for d in self.daemons]
        lines += [f"{shared_folder.look(directory)}" for directory in self.pcs]
        for daemon in self.daemons:
            lines += (daemon.home / "syncthing.log").read_text("utf-8", "replace").splitlines()[-15:]
        return "\n".join(lines)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _listing(root: Path) -> set[tuple[str, int]]:
    """Les paquets d’un dossier, avec leur taille."""
    try:
        return {(str(p.relative_to(root)), p.stat().st_size) for p in root.glob("maillage-*/*/*")}
    except FileNotFoundError:  # retiré pendant qu’on regardait
        return set()


def _holds(path: Path, word: bytes) -> bool:
    if word in path.read_bytes():
        return True
    if path.suffix != ".maille":
        return False
    with open_bundle(path) as bundle:
        data = [m for m in bundle.manifest.members if m.name.startswith("data/")]
        return any(word in unpack(bundle._content(member), member.raw) for member in data)


def _person(directory: Directory, name: str) -> RecordId:
    record_id = new_id()
    directory.do("Essai", [Create(record_id, "person", {"name": {"display": name}})])
    return record_id


def _says(directory: Directory, record_id: RecordId, occupation: str) -> None:
    directory.do("Essai", [Put(record_id, "occupation", occupation)])


def story(trial: Trial) -> None:
    """Ce qui arrive aux deux postes."""
    one, other = trial.pcs
    trial.begin()
    zoe, elise = _person(one, "Zoé Dissoute"), _person(other, "Élise Roumégas")
    trial.until_agreed(person=True)
    _tell("Les deux postes se sont trouvés", trial)

    _says(one, elise, "Menuisière")
    _says(other, elise, "Ébéniste")
    _says(other, zoe, "Funambule")
    trial.until_agreed(person=True)
    question = next(q for q in settling.questions(one) if q.record == elise)
    settling.choose(one, elise, question.name, question.choices[0].value)
    trial.until_agreed()
    if settling.questions(other):
        raise AssertionError("un choix fait ici reste à faire là-bas")
    _tell("Écrits en même temps, tranchés d’un côté", trial)

    trial.daemons[1].stop()
    _says(one, zoe, "Funambule de nuit")
    _person(other, "Aimé Foulquier")
    trial.until_agreed(alone=0)
    trial.until_agreed(alone=1)
    if trial.digests_agree():
        raise AssertionError("un Syncthing arrêté a tout de même porté quelque chose")
    trial.daemons[1].start()
    trial.until_agreed()
    _tell("Un Syncthing arrêté puis revenu", trial)

    if len(trial.reads("Dissoute")) < 2:
        raise AssertionError("le nom devrait se lire dans les deux dossiers avant l’effacement")
    erase(one, zoe)
    trial.until_agreed()
    if other.reads.entry(zoe) is not None:
        raise AssertionError("la personne effacée est encore là-bas")
    trial.wait(lambda: not [p for word in ("Dissoute", "Funambule") for p in trial.reads(word)])
    if [p for d in trial.daemons for p in d.shared.rglob(".stversions")]:
        raise AssertionError("Syncthing a gardé d’anciens fichiers")
    _tell("Une personne effacée : son nom n’est plus dans aucun des deux dossiers", trial)


def _tell(words: str, trial: Trial) -> None:
    files = _listing(trial.daemons[0].shared)
    size = sum(size for _name, size in files)
    left = trial.until - time.monotonic()
    digest = trial.pcs[0].store.digest()[:12]
    say(f"{words} : {len(files)} fichiers, {size} octets, empreinte {digest}, reste {left:.0f} s")


def say(words: str) -> None:
    """À qui lance ce script."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """Raconter l’histoire ; 0 si tout va bien, 3 si Syncthing n’est pas sur cette machine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--duree", type=float, default=80)
    chosen = parser.parse_args()
    if shutil.which("syncthing") is None:
        say("Syncthing n’est pas installé sur cette machine : rien n’a été éprouvé.")
        return NOT_HERE
    with tempfile.TemporaryDirectory(prefix="maillage-syncthing-") as name:
        home = Path(name)
        os.environ.update(MAILLAGE_CONFIG=str(home / "config"), MAILLAGE_CACHE=str(home / "cache"))
        trial = Trial(home, chosen.duree)
        try:
            story(trial)
        finally:
            trial.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
