"""Makes one version out of one commit: builds, measures, audits, signs, and says in French what changed.

Run by `installer/publier.sh`. Whatever speaks against publishing stops it, all of it named at once; `--essai` goes
through with everything all the same and says that the result is for nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

from appli.services.guide import guide_pdf

ROOT = Path(__file__).resolve().parents[2]
MOST_TO_CARRY, MOST_INSTALLED = 200, 450
"""Megabytes of a file that is given, and of what it becomes on a PC."""
WHO = "maillage"
"""The name under which the key signs, and the namespace of its signatures."""


class NotReadyError(Exception):
    """A reason not to publish."""


def notes(changelog: str, version: str) -> str:
    """The part of CHANGELOG.md that tells this version. Raises NotReadyError if it tells none."""
    parts = re.split(r"^## ", changelog, flags=re.MULTILINE)
    for part in parts[1:]:
        head, _, body = part.partition("\n")
        named = re.match(r"\[?([^]\s]+)", head)
        if named and named[1] == version and body.strip():
            return body.strip() + "\n"
    raise NotReadyError(f"CHANGELOG.md ne dit rien de la version {version}.")


def check_tree(version: str) -> None:
    """One commit, whole, and of this version."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if declared != version:
        raise NotReadyError(f"pyproject.toml dit {declared}, et non {version}.")
    if said("git", "status", "--porcelain"):
        raise NotReadyError("Des fichiers ont changé depuis le dernier enregistrement dans git.")


def check_key(key: Path | None) -> None:
    """A key that is there, and that nobody could commit by mistake."""
    if key is None or not key.is_file():
        raise NotReadyError("Il manque la clé de signature : --cle FICHIER.")
    if key.resolve().is_relative_to(ROOT):
        raise NotReadyError("La clé de signature est dans le dossier du projet : gardez-la ailleurs.")


def audit(lists: Iterable[Path]) -> None:
    """Look every library up among known vulnerabilities; one that cannot be looked up counts as one that has some."""
    for pinned in lists:
        done = subprocess.run(
            ["pip-audit", "--strict", "--disable-pip", "--require-hashes", "--requirement", str(pinned)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            why = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise NotReadyError(f"pip-audit, {pinned.name} : {' '.join(why)}")


def installed_size(file: Path) -> int | None:
    """Megabytes that a package takes once it is there; None if the file does not say."""
    if file.suffix == ".deb":
        return int(said("dpkg-deb", "--field", str(file), "Installed-Size")) // 1024
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            return sum(one.file_size for one in packed.infolist()) // 1_000_000
    return None


def check_sizes(files: Iterable[Path]) -> list[str]:
    """A line a file, once none is too big."""
    lines, heavy = [], []
    for file in files:
        size, opened = file.stat().st_size // 1_000_000, installed_size(file)
        lines.append(f"{file.name} : {size} Mo" + (f", {opened} Mo une fois installé" if opened else ""))
        if size > MOST_TO_CARRY or (opened or 0) > MOST_INSTALLED:
            heavy.append(lines[-1])
    if heavy:
        raise NotReadyError(
            f"Au-delà de {MOST_TO_CARRY} Mo, ou {MOST_INSTALLED} une fois installé : " + " ; ".join(heavy)
        )
    return lines


def components() -> str:
    """What the version is made of, as a CycloneDX list for programs that watch over such things."""
    listed = json.loads((ROOT / "ressources/licences/composants.json").read_text("utf-8"))
    made = [
        {
            "type": "library",
            "name": one["name"],
            "version": one["version"],
            "licenses": [{"expression": one["licence"]}],
        }
        for one in listed
    ]
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": made}, indent=1)


def sums(files: Iterable[Path]) -> str:
    """As `sha256sum --check` reads them."""
    lines = []
    for file in sorted(files):
        with file.open("rb") as opened:
            lines.append(f"{hashlib.file_digest(opened, 'sha256').hexdigest()}  {file.name}\n")
    return "".join(lines)


def sign(file: Path, key: Path) -> None:
    """Beside the file: its signature, and the public key under the name that a check wants."""
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", WHO, str(file)], check=True)
    kind, public = said("ssh-keygen", "-y", "-f", str(key)).split()[:2]
    (file.parent / "SIGNATAIRES").write_text(f'{WHO} namespaces="{WHO}" {kind} {public}\n', "utf-8")


def how_to_check() -> str:
    """What the notes say of it."""
    return (
        "\n## Vérifier ces fichiers\n\n"
        "`sha256sum --check SHA256SUMS` dit s’ils sont entiers. "
        "Pour savoir de qui ils viennent, gardez le fichier SIGNATAIRES de votre première version, puis :\n\n"
        f"    ssh-keygen -Y verify -f SIGNATAIRES -I {WHO} -n {WHO} -s SHA256SUMS.sig < SHA256SUMS\n"
    )


def build(version: str) -> list[Path]:
    """Make the packages of both systems; those in `dist` that bear this version."""
    for system in ("linux", "windows"):
        subprocess.run(["sh", str(ROOT / "installer/construire.sh"), system, version], check=True)
    kinds = (".deb", ".zst", ".exe", ".zip")
    return sorted(f for f in (ROOT / "dist").iterdir() if f.suffix in kinds and version in f.name)


def said(*words: str) -> str:
    """What a program answers."""
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


class Publication:
    """The steps, and what they found to object."""

    def __init__(self, version: str, key: Path | None, trial: bool) -> None:
        self.version, self.key, self.trial = version, key, trial
        self.objections: list[str] = []

    def run(self) -> int:
        """Everything, in this order; returns the exit code."""
        self._ask(check_tree, self.version)
        self._ask(check_key, self.key)
        told = self._ask(notes, (ROOT / "CHANGELOG.md").read_text("utf-8"), self.version) or ""
        self._ask(audit, (ROOT / "requirements.lock", ROOT / "installer/windows/roues.txt"))
        if self.objections and not self.trial:
            return self._stop()
        packages = build(self.version)
        sizes = self._ask(check_sizes, packages) or []
        if self.objections and not self.trial:
            return self._stop()
        place = self._lay_out(packages, told, sizes)
        print(f"\nMaillage {self.version} est dans {place.relative_to(ROOT)} :")
        print("".join(f"  {file.name}\n" for file in sorted(place.iterdir())), end="")
        return self._stop() if self.objections else 0

    def _ask(self, check, *given):
        try:
            return check(*given)
        except NotReadyError as reason:
            self.objections.append(str(reason))
            return None

    def _lay_out(self, packages: list[Path], told: str, sizes: list[str]) -> Path:
        place = ROOT / "dist" / self.version
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for package in packages:
            (place / package.name).hardlink_to(package)
        (place / "Guide de Maillage.pdf").write_bytes(guide_pdf())
        (place / "COMPOSANTS.json").write_text(components(), "utf-8")
        listed = "\n".join(f"- {line}" for line in sizes)
        head = f"# Maillage {self.version}\n\n{told}\n## Fichiers\n\n{listed}\n{how_to_check()}"
        (place / "NOTES.md").write_text(head, "utf-8")
        (place / "SHA256SUMS").write_text(sums(place.iterdir()), "utf-8")
        if self.key is not None and not self.trial:
            sign(place / "SHA256SUMS", self.key)
        return place

    def _stop(self) -> int:
        print("\nCe n’est pas à donner :" if self.trial else "\nRien n’a été publié :", file=sys.stderr)
        print("".join(f"  - {reason}\n" for reason in self.objections), end="", file=sys.stderr)
        return 1


def main(words: list[str]) -> int:
    """Read the words of the command line."""
    asked = argparse.ArgumentParser(prog="publier.sh", description="Fabrique, vérifie et signe une version.")
    asked.add_argument("version")
    asked.add_argument("--cle", type=Path, help="clé SSH Ed25519 qui signe")
    asked.add_argument("--essai", action="store_true", help="aller au bout quoi qu’il manque")
    chosen = asked.parse_args(words)
    return Publication(chosen.version, chosen.cle, chosen.essai).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
