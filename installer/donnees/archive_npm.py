"""Fetch one npm archive and refuse it unless its SHA-256 is the one expected: shared by the build scripts beside it."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
from pathlib import Path


def fetch(name: str, version: str, sha256: str, scratch: Path) -> Path:
    """The archive of a package, downloaded into `scratch` by npm as it is set up here, checked, unpacked."""
    subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=scratch,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    archive = next(scratch.glob("*.tgz"))
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{name} {version}: SHA-256 {found}, expected {sha256}")
    with tarfile.open(archive) as content:
        content.extractall(scratch, filter="data")
    return scratch / "package"
