"""Publishing a version: what stops it, what it says, and that anybody can check the signature."""

from __future__ import annotations

import importlib.util
import json
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SCRIPT = ROOT / "installer" / "publication" / "publier.py"
found = importlib.util.spec_from_file_location("publier", SCRIPT)
assert found
assert found.loader
publier = importlib.util.module_from_spec(found)
found.loader.exec_module(publier)

CHANGELOG = """# Journal

## [Non publié]

## [0.12.0] - 2026-12-01

### Ajouté

- Deux choses.

## [0.1.0] - 2026-01-01

- La première.
"""


def test_the_notes_are_the_part_of_this_version() -> None:
    assert publier.notes(CHANGELOG, "0.12.0") == "### Ajouté\n\n- Deux choses.\n"
    assert publier.notes(CHANGELOG, "0.1.0") == "- La première.\n"


@pytest.mark.parametrize("version", ["0.1", "0.12", "0.2.0", "Non publié"])
def test_a_version_that_the_journal_does_not_tell_is_not_published(version: str) -> None:
    with pytest.raises(publier.NotReadyError, match="CHANGELOG"):
        publier.notes(CHANGELOG, version)


def test_the_version_is_the_one_of_the_project() -> None:
    with pytest.raises(publier.NotReadyError, match=r"et non 99\.0\.0"):
        publier.check_tree("99.0.0")


def test_a_key_is_kept_out_of_the_project(tmp_path: Path) -> None:
    for missing in (None, tmp_path / "absente", tmp_path):
        with pytest.raises(publier.NotReadyError, match="Il manque la clé"):
            publier.check_key(missing)
    with pytest.raises(publier.NotReadyError, match="gardez-la ailleurs"):
        publier.check_key(ROOT / "README.md")
    mine = tmp_path / "cle"
    mine.write_text("", "utf-8")
    publier.check_key(mine)


def test_a_library_that_could_not_be_audited_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip-audit itself is installed when publishing only; here something that answers as it does."""
    program = tmp_path / "pip-audit"
    program.write_text('#!/bin/sh\ncase "$*" in *--strict*) echo "segno : introuvable" >&2; exit 1 ;; esac\n', "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(publier.NotReadyError, match=r"pip-audit, requirements\.lock : segno : introuvable"):
        publier.audit([ROOT / "requirements.lock"])


def test_a_package_too_big_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "Maillage.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zéros", bytes(3_000_000))
    assert publier.check_sizes([packed]) == ["Maillage.zip : 0 Mo, 3 Mo une fois installé"]
    monkeypatch.setattr(publier, "MOST_INSTALLED", 2)
    with pytest.raises(publier.NotReadyError, match=r"Maillage\.zip : 0 Mo, 3 Mo"):
        publier.check_sizes([packed])


def test_the_components_have_names_versions_and_licences() -> None:
    listed = json.loads(publier.components())
    assert listed["bomFormat"] == "CycloneDX"
    assert all(one["name"] and one["version"] and one["licenses"][0]["expression"] for one in listed["components"])
    assert len(listed["components"]) > 40


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not on this machine")
def test_the_signature_holds_for_these_files_alone(tmp_path: Path) -> None:
    key = tmp_path / "clés à part" / "maillage"
    key.parent.mkdir()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    place = tmp_path / "0.1.0"
    place.mkdir()
    (place / "maillage.deb").write_bytes(b"un programme")
    listed = place / "SHA256SUMS"
    listed.write_text(publier.sums([place / "maillage.deb"]), "utf-8")
    publier.sign(listed, key)
    checked = publier.how_to_check().split("    ")[-1].strip().partition(" < ")[0].split()

    def holds() -> bool:
        return not subprocess.run(
            checked, cwd=place, input=listed.read_bytes(), capture_output=True, check=False
        ).returncode

    subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=place, capture_output=True, check=True)
    assert holds()
    listed.write_text(listed.read_text("utf-8").replace("a", "b"), "utf-8")
    assert not holds()


def test_what_speaks_against_publishing_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    publication = publier.Publication("99.0.0", None, trial=False)
    publication._ask(publier.check_tree, "99.0.0")
    publication._ask(publier.check_key, None)
    assert publication._stop() == 1
    told = capsys.readouterr().err
    assert "et non 99.0.0" in told
    assert "Il manque la clé" in told
