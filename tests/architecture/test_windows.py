"""What Windows gets is what is tested: the same versions of the same libraries."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHEELS = ROOT / "installer" / "windows" / "roues.txt"


def _versions(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==([^ ;]+)", file.read_text("utf-8"), re.MULTILINE))


def test_windows_gets_the_versions_that_are_tested() -> None:
    tested = _versions(ROOT / "requirements.lock")
    given = _versions(WHEELS)
    assert given
    assert {name: version for name, version in given.items() if tested.get(name) != version} == {}


def test_wheels_for_windows_are_pinned_and_name_no_registry() -> None:
    text = WHEELS.read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
