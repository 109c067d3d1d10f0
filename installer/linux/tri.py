"""What goes into the frozen program: Qt's packages hold twice what a window and a map need.

Read by `maillage.spec`. Everything here works on PyInstaller's lists of (name inside, file, kind).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
Needs = Callable[[str], Iterable[str]]
"""The names of the libraries that a binary file asks for."""

QT = "PySide6/Qt"
PLUGINS = {
    "iconengines": ("svg",),
    "imageformats": ("gif", "ico", "jpeg", "svg", "webp"),
    "platforminputcontexts": ("compose", "ibus"),
    "platforms": ("offscreen", "wayland", "xcb"),
    "platformthemes": ("xdgdesktopportal",),
    "printsupport": ("cups",),
    "tls": ("certonly", "openssl"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("wayland-egl",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("egl", "glx"),
}
"""Folders of plugins, and words of those that serve."""
DATA = (
    f"{QT}/resources/icudtl.dat",
    f"{QT}/resources/qtwebengine_resources.pak",
    f"{QT}/resources/qtwebengine_resources_100p.pak",
    f"{QT}/resources/qtwebengine_resources_200p.pak",
    f"{QT}/resources/v8_context_snapshot.bin",
    f"{QT}/translations/qtbase_fr.qm",
    f"{QT}/translations/qtwebengine_fr.qm",
    f"{QT}/translations/qtwebengine_locales/en-US.pak",
    f"{QT}/translations/qtwebengine_locales/fr.pak",
)
"""All the data of Qt that is read: the map's engine, and French."""
NOT_READ = ("ressources/captures/",)
"""Folders of our own that only the README shows."""
HELPER = f"{QT}/libexec/QtWebEngineProcess"
BINDINGS = "Core Gui Network Pdf PrintSupport Svg WebChannel WebEngineCore WebEngineWidgets Widgets".split()
"""The parts of Qt that Python speaks to; the map's engine needs others, without Python."""
COMPOSING = ("appli.documents.exported_frame", "appli.documents.map_page")
"""What runs when the program is built, with folium: an installed Maillage opens what it composed."""
UNUSED = """
    IPython ast_serialize branca dns doctest folium hypothesis matplotlib mypy numpy pandas pdb pip pydoc pygments
    pytest pytz readline requests rich setuptools sqlite3 tkinter unittest urllib3 xyzservices
    PIL._avif PIL._imagingft PIL._imagingtk zstandard._cffi
    PySide6.QtDBus PySide6.QtOpenGL PySide6.QtPositioning PySide6.QtQml PySide6.QtQuick PySide6.QtQuickWidgets
    phonenumbers.carrier phonenumbers.carrierdata phonenumbers.geocoder phonenumbers.geodata phonenumbers.timezone
    phonenumbers.tzdata rapidfuzz.fuzz_cpp_avx2 rapidfuzz.distance.metrics_cpp_avx2
""".split()
"""What libraries would import for somebody else; the system's SQLite is refused everywhere."""
HIDDEN = ("_cffi_backend",)
"""What only compiled code imports (PyNaCl's)."""
UNUSED_HOOKS = ("pyi_rth_pyside6",)
"""Qt's packages know by themselves where they lie; this one would load Qt for every verb."""
BY_NAME = {"tzdata", "xkb-data"}
"""Packages that no library names: time zones, and what keyboards mean, are read from files."""
_GLIBC = re.compile(r"GLIBC_(\d+(?:\.\d+)+)")
LIBC = tuple(
    "libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 libresolv.so.2 librt.so.1 libutil.so.1 ld-linux-x86-64.so.2".split()
)


def wanted(name: str) -> bool:
    """Whether a file is of use by itself; libraries of Qt are kept by `tidy` when something wanted needs them."""
    path = PurePosixPath(name)
    if path.parent.name == "PySide6" and path.name.startswith("Qt"):
        return path.name.partition(".")[0].removeprefix("Qt") in BINDINGS
    if not name.startswith(f"{QT}/"):
        return not name.startswith(NOT_READ) and path.suffix != ".chk"
    match path.parts[2]:
        case "plugins":
            return any(word in path.name for word in PLUGINS.get(path.parts[3], ()))
        case "lib":
            return False
    return name in DATA or name == HELPER


def is_languages(name: str) -> bool:
    """Whether it is Qt's table of all languages, which `icu` makes again with ours."""
    return PurePosixPath(name).name.startswith("libicudata.")


def is_library(entry: Entry) -> bool:
    """Whether nobody asks for the file but other binary files."""
    return entry[2] == "BINARY" and ("/" not in entry[0] or entry[0].startswith(f"{QT}/lib/"))


def tidy(entries: Sequence[Entry], needs: Needs, system: Iterable[str], opened: Iterable[str] = ()) -> list[Entry]:
    """What is wanted, and the libraries it needs in turn, but for those that every system brings itself.

    `opened` names the libraries that are opened at run time, and that no file asks for.
    """
    every = [entry for entry in entries if entry[2] != "SYMLINK"]
    theirs = set(system)
    libraries = {PurePosixPath(entry[0]).name: entry for entry in every if is_library(entry)}
    kept = {entry[0]: entry for entry in every if wanted(entry[0]) and not is_library(entry)}
    waiting = [*kept.values(), *(libraries[name] for name in opened)]
    while waiting:
        entry = waiting.pop()
        kept[entry[0]] = entry
        if entry[2] in {"BINARY", "EXTENSION"}:
            found = (libraries.get(library) for library in needs(entry[1]) if library not in theirs)
            waiting += [entry for entry in found if entry is not None and entry[0] not in kept]
    links = [entry for entry in entries if entry[2] == "SYMLINK" and _target(entry) in kept]
    return [*kept.values(), *links]


def beside_qt(entries: Iterable[Entry]) -> list[Entry]:
    """Links to the system's libraries that are carried: the map's processes look for them beside Qt's own."""
    names = [name for name, _file, kind in entries if kind == "BINARY" and "/" not in name]
    return [(f"{QT}/lib/{name}", f"../../../{name}", "SYMLINK") for name in names]


def _target(link: Entry) -> str:
    """What a link inside the program points to, by its name there."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(link[0]), link[1]))


def missing(entries: Iterable[Entry], needs: Needs, system: Iterable[str]) -> dict[str, list[str]]:
    """Libraries that are neither inside nor the system's, and the files that ask for them."""
    every = list(entries)
    there = {PurePosixPath(name).name for name, _file, _kind in every} | set(system)
    asked: dict[str, list[str]] = {}
    for name, file, kind in every:
        if kind in {"BINARY", "EXTENSION"}:
            for library in needs(file):
                if library not in there:
                    asked.setdefault(library, []).append(name)
    return asked


def depends(files: Iterable[str], needs: Needs, headers: Callable[[str], str], system: Mapping[str, str]) -> str:
    """What a Debian package of these binary files depends on; `system` names who brings each library."""
    every = list(files)
    asked = {library for file in every for library in needs(file)}
    versions = {tuple(map(int, found.split("."))) for file in every for found in _GLIBC.findall(headers(file))}
    libc = ".".join(map(str, max(versions)))
    return ", ".join([f"libc6 (>= {libc})", *sorted({system[library] for library in asked & set(system)} | BY_NAME)])
