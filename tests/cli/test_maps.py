"""`maillage carte`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_the_map_leaves_with_what_is_public_alone(maillage: Run, tmp_path: Path) -> None:
    maillage("fiche", "creer", "place", "title=Halle", "position=44.5,3.5")
    maillage("fiche", "creer", "organization", "title=Atelier", "commune=Mende")
    maillage("fiche", "creer", "place", "title=Cave secrète", "position=44.5,3.5", "--audience", "partage")
    file = tmp_path / "carte.html"
    answer = maillage("carte", file, "--json").document("carte")
    assert answer == {
        "path": str(file), "records": 2, "placed": 2, "bytes": file.stat().st_size, "audience": "public", "left_out": 1,
    }  # fmt: skip
    assert "Cave secrète" not in file.read_text("utf-8")
    inside = maillage("carte", file, "--audience", "shared", "--genre", "lieu", "--json").document("carte")
    assert (inside["records"], inside["audience"], inside["left_out"]) == (2, "shared", 0)
    assert maillage("carte", file, "--recherche", "introuvable", "--json").code == 1
