"""The page's files are served by name, and nothing else of the disk is."""

from __future__ import annotations

import pytest

from appli import resources
from appli.presenters.map_source import page_file


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("index.html", "carte/page/index.html"),
        ("vendor/leaflet/leaflet.js", "carte/vendor/leaflet/leaflet.js"),
        ("polices/AtkinsonHyperlegibleNext-400.ttf", "polices/AtkinsonHyperlegibleNext-400.ttf"),
    ],
)
def test_files_of_the_page_are_found(name: str, file: str) -> None:
    assert page_file(name) == resources.path(file).read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "absent.js",
        "vendor",
        "vendor/../page/index.html",
        "../theme/tokens.json",
        "vendor/../../theme/tokens.json",
        "/etc/hostname",
        "vendor//etc/hostname",
        "C:/Windows/win.ini",
        "vendor/leaflet\\leaflet.js",
        "index.html\n",
        "index.html\0",
        "fonds/fr.pmtiles",
    ],
)
def test_nothing_else_is(name: str) -> None:
    assert page_file(name) is None
