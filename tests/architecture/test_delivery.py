"""What is delivered agrees with itself: version, lock file, addresses."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib

import pytest

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_changelog_opens_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert first
    assert first[1] == PROJECT["project"]["version"]


def test_the_lock_pins_every_dependency_with_its_hashes() -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    pinned = {re.split("==", entry)[0] for entry in entries if "--hash=sha256:" in entry}
    assert len(entries) == sum("==" in e and "--hash=sha256:" in e for e in entries)
    assert {re.split(r"[<>=!~]", name)[0] for name in wanted} <= pinned


def test_the_components_listed_are_those_of_the_lock() -> None:
    """installer/composants.py writes the list; it is run again when a version changes."""

    def plain(name: str) -> str:
        return name.lower().replace("_", "-")

    pinned = {(plain(name), version) for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.MULTILINE)}
    known = {name for name, _version in pinned}
    listed = json.loads((ROOT / "ressources/licences/composants.json").read_text(encoding="utf-8"))
    named = {(plain(one["name"]), one["version"]) for one in listed if plain(one["name"]) in known}
    assert named <= pinned
    assert {re.split(r"[<>=!~]", one)[0] for one in PROJECT["project"]["dependencies"]} <= {name for name, _v in named}


def test_no_tracked_file_names_a_package_registry() -> None:
    addresses = r"py[p]i\.org|pyth[o]nhosted|registry\.np[m]js|deb\.deb[i]an\.org"
    try:
        found = subprocess.run(
            ["git", "grep", "-IlE", addresses],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("git is not on this machine")
    if found.returncode > 1:
        pytest.skip(f"not a git checkout: {found.stderr}")
    assert not found.stdout.split()
