"""What the installed program for Linux leaves out is needed by nothing, and what it keeps is all there."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import re
import struct
import sys
from itertools import accumulate
from types import ModuleType

from appli.exchange.moving_file import FAMILY, SUFFIX
from appli.presenters.given_files import MOVED
from appli.presenters.shell import BUNDLES
from tests.architecture.sources import ROOT, modules

LINUX = ROOT / "installer/linux"
QT = "PySide6/Qt"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"linux_{name}", LINUX / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tri, icu = _load("tri"), _load("icu")

BINARIES = {
    f"{QT}/plugins/platforms/libqxcb.so": ["libQt6XcbQpa.so.6"],
    f"{QT}/lib/libQt6XcbQpa.so.6": ["libQt6Gui.so.6", "libxcb-cursor.so.0", "libGL.so.1"],
    f"{QT}/lib/libQt6Gui.so.6": ["libc.so.6"],
    f"{QT}/lib/libQt6Quick3D.so.6": ["libQt6Gui.so.6"],
    f"{QT}/qml/QtQuick/libqml.so": ["libQt6Quick3D.so.6"],
    f"{QT}/plugins/sqldrivers/libqsqlmysql.so": ["libmysql.so.21"],
    f"{QT}/libexec/QtWebEngineProcess": ["libQt6Gui.so.6"],
    "PySide6/QtQuick3D.abi3.so": ["libQt6Quick3D.so.6"],
    "libxcb-cursor.so.0": ["libxcb.so.1"],
    "libGL.so.1": [],
    "libunused.so.1": [],
}
DATA = [f"{QT}/translations/qtbase_fr.qm", f"{QT}/translations/qtbase_de.qm", "ressources/geo/communes.json"]
SYSTEM = ["libGL.so.1", "libc.so.6", "libxcb.so.1"]


def _collected() -> list[tuple[str, str, str]]:
    links = [
        ("libQt6Gui.so.6", f"{QT}/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6Quick3D.so.6", f"{QT}/lib/libQt6Quick3D.so.6", "SYMLINK"),
    ]
    return [*((name, name, "BINARY") for name in BINARIES), *((name, name, "DATA") for name in DATA), *links]


def test_what_is_wanted_stays_with_what_it_needs_in_turn() -> None:
    kept = tri.tidy(_collected(), BINARIES.__getitem__, SYSTEM)
    assert sorted(name for name, _file, _kind in kept) == sorted([
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/lib/libQt6XcbQpa.so.6",
        f"{QT}/lib/libQt6Gui.so.6",
        f"{QT}/libexec/QtWebEngineProcess",
        f"{QT}/translations/qtbase_fr.qm",
        "libxcb-cursor.so.0",
        "libQt6Gui.so.6",
        "ressources/geo/communes.json",
    ])  # fmt: skip
    assert tri.missing(kept, BINARIES.get, SYSTEM) == {}
    assert tri.missing(kept, BINARIES.get, ["libc.so.6", "libGL.so.1"]) == {"libxcb.so.1": ["libxcb-cursor.so.0"]}


def test_a_package_depends_on_who_brings_its_libraries() -> None:
    headers = {"a": "GLIBC_2.9 GLIBC_2.34", "b": "GLIBC_2.17"}
    needs = {"a": ["libGL.so.1", "libc.so.6"], "b": ["libasound.so.2", "libours.so.1"]}
    system = {"libGL.so.1": "libgl1", "libasound.so.2": "libasound2 | libasound2t64", "libX11.so.6": "libx11-6"}
    told = tri.depends(["a", "b"], needs.__getitem__, headers.__getitem__, system)
    assert told == "libc6 (>= 2.34), libasound2 | libasound2t64, libgl1, tzdata, xkb-data"


def test_what_is_left_out_is_imported_by_nothing_of_ours() -> None:
    asked = {
        (path, name)
        for path, tree in modules().items()
        if path.removesuffix(".py").replace("/", ".") not in tri.COMPOSING
        for node in ast.walk(tree)
        for name in _names(node)
    }
    left_out = set(tri.UNUSED)
    found = {
        (path, name) for path, name in asked if any(part in left_out for part in accumulate(name.split("."), _join))
    }
    assert {path for path, name in found if not name.startswith("sqlite3")} == set()
    assert {path for path, _name in found} <= {"appli/store/engine.py"}  # sqlite3, for its types alone


def _join(before: str, part: str) -> str:
    return f"{before}.{part}"


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{one.name}" for one in node.names]
    return []


def _items(data: bytes) -> dict[str, bytes]:
    size = struct.unpack_from("<H", data)[0]
    body = data[size:]
    count = struct.unpack_from("<I", body)[0]
    entries = [struct.unpack_from("<II", body, 4 + 8 * i) for i in range(count)]
    ends = [*(at for _name, at in entries[1:]), len(body)]
    assert all((size + at) % 16 == 0 for _name, at in entries)
    return {
        body[name : body.index(b"\0", name)].decode(): body[at:end].rstrip(b"\0")
        for (name, at), end in zip(entries, ends, strict=True)
    }


def test_only_our_languages_stay_in_qts_table() -> None:
    header = struct.pack("<H", 32).ljust(32, b"\0")
    items = {
        name.encode(): name.upper().encode()
        for name in (
            "t/coll/de.res t/coll/fr.res t/coll/root.res t/curr/zh_Hant.res t/de_AT.res"
            " t/fr_CA.res t/latin.cnv t/pool.res t/thai.dict t/ucadata.icu"
        ).split()
    }
    lean = icu.without_others(header + icu._table(list(items.items()), len(header)))
    kept = ["t/coll/fr.res", "t/coll/root.res", "t/fr_CA.res", "t/latin.cnv", "t/pool.res", "t/ucadata.icu"]
    assert _items(lean) == {name: name.upper().encode() for name in kept}


def test_the_desktop_opens_every_kind_of_file_with_maillage() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / "maillage.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    described = (LINUX / "maillage.xml").read_text("utf-8")
    types = re.findall(r'<mime-type type="([^"]+)">', described)
    assert said["MimeType"].removesuffix(";").split(";") == types
    facts = (LINUX / "maillage.metainfo.xml").read_text("utf-8")
    assert re.findall(r"<mediatype>([^<]+)</mediatype>", facts) == types
    assert re.findall(r'<glob pattern="\*([^"]+)"/>', described) == [*BUNDLES, MOVED]
    drawn = re.findall(r'icones/([^"]+)" "\$1" ([^ ]+) mimetypes', (LINUX / "construire.sh").read_text("utf-8"))
    assert [icon for _drawing, icon in drawn] == [kind.replace("/", "-") for kind in types]
    assert re.findall(r'<icon name="([^"]+)"/>', described) == [icon for _drawing, icon in drawn]
    assert all((ROOT / "ressources/icones" / drawing).is_file() for drawing, _icon in drawn)
    assert f'setDesktopFileName("{said["Icon"]}")' in (ROOT / "ui/main.py").read_text("utf-8")


def test_a_directory_that_changes_pc_is_known_by_its_name_and_by_its_first_bytes() -> None:
    described = (LINUX / "maillage.xml").read_text("utf-8")
    assert f'<match type="string" value="{FAMILY.decode()}" offset="0"/>' in described
    assert SUFFIX == MOVED
