"""Takes out of the libraries what Maillage never opens: Qt's packages hold twice what a window and a map need.

    python elaguer.py DOSSIER…        folders of libraries and of the interpreter; the first one is pruned

Then says which libraries the files left ask for and that neither they nor Windows bring: there must be none.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

MODULES = "Core Gui Widgets Network Pdf PrintSupport Svg WebChannel WebEngineCore WebEngineWidgets".split()
"""Those that `ui` imports, and QtWebChannel, which QtWebEngineCore loads by itself."""
PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qgif", "qico", "qjpeg", "qsvg", "qwebp"),
    "networkinformation": ("qnetworklistmanager",),
    "platforms": ("qoffscreen", "qwindows"),
    "styles": ("qmodernwindowsstyle",),
    "tls": ("qcertonlybackend", "qschannelbackend"),
}
QT_KEPT = (
    "PySide6/QtWebEngineProcess.exe",
    "PySide6/__init__.py",
    "PySide6/_config.py",
    "PySide6/_git_pyside_version.py",
    "PySide6/support/__init__.py",
    "PySide6/support/deprecated.py",
    "PySide6/resources/icudtl.dat",
    "PySide6/resources/qtwebengine_resources.pak",
    "PySide6/resources/qtwebengine_resources_100p.pak",
    "PySide6/resources/qtwebengine_resources_200p.pak",
    "PySide6/resources/v8_context_snapshot.bin",
    "PySide6/translations/qtbase_en.qm",
    "PySide6/translations/qtbase_fr.qm",
    "PySide6/translations/qtwebengine_locales/en-US.pak",
    "PySide6/translations/qtwebengine_locales/fr.pak",
)
COMPOSING = "branca certifi folium jinja2 numpy numpy.libs requests urllib3 xyzservices".split()
"""What composes the pages of the map before Maillage is built: an installed one opens what was composed."""
USELESS = (
    *COMPOSING,
    *(f"{name}-*.dist-info" for name in COMPOSING),
    "bin",
    "test",
    "share",
    "**/__pycache__",
    "**/*.pyi",
    "**/*.pxd",
    "**/*.pyx",
    "**/*.h",
    "**/*.hpp",
    "**/*.c",
    "**/*.cpp",
    "**/*.lib",
    "**/*.pdb",
    "PIL/_avif.*.pyd",  # formats that appli.formats.pictures refuses
    "PIL/_imagingft.*.pyd",
    "icalendar/tests",
    "phonenumbers/carrierdata",
    "phonenumbers/geodata",
    "phonenumbers/tzdata",
    "sqlalchemy/testing",
    "pydantic/v1",
    "shiboken6/*140*.dll",
    "*.dist-info/RECORD",
    "*.dist-info/direct_url.json",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
)
SYSTEM = """
advapi32 api-ms-win- authz avrt bcrypt bcryptprimitives bthprops.cpl cabinet cfgmgr32 combase comctl32 comdlg32 credui
crypt32 cryptui d2d1 d3d11 d3d12 d3d9 d3dcompiler_47 dbghelp dcomp dhcpcsvc dnsapi dwmapi dwrite dxgi dxva2 esent
fontsub gdi32 gdi32full hid icuuc imm32 iphlpapi kernel32 mf mfplat mfreadwrite mmdevapi mpr mscms msi
msimg32 msvcrt ncrypt netapi32 normaliz ntdll ole32 oleacc oleaut32 opengl32 pdh powrprof propsys psapi rpcrt4 secur32
setupapi shcore shell32 shlwapi synchronization tbs uiautomationcore urlmon user32 userenv uxtheme version wevtapi
winhttp winmm winscard winspool winspool.drv wintrust winusb wlanapi wpcapi ws2_32 wsock32 wtsapi32 xinput1_4
""".split()
"""What every Windows since 10 (version 1903) brings; names that end with a dash stand for a family."""


@cache
def asked(file: Path) -> tuple[str, ...]:
    """The libraries that a program or library loads, in small letters."""
    said = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", file],
        capture_output=True,
        text=True,
        check=True,
        errors="replace",
    ).stdout
    return tuple(line.split("DLL Name:")[1].strip().lower() for line in said.splitlines() if "DLL Name:" in line)


def binaries(folder: Path) -> Iterator[Path]:
    """Programs and libraries."""
    return (f for f in folder.rglob("*") if f.suffix.lower() in {".exe", ".dll", ".pyd"})


def prune_qt(folder: Path) -> None:
    """Keep of Qt what is named above, and the libraries that it needs in turn."""
    qt = folder / "PySide6"
    kept = {folder / name for name in QT_KEPT} | {qt / f"Qt{module}.pyd" for module in MODULES}
    kept |= {qt / "plugins" / group / f"{name}.dll" for group, names in PLUGINS.items() for name in names}
    lost = [file for file in kept if not file.is_file()]
    if lost:
        sys.exit(f"Introuvable : {', '.join(str(file.relative_to(folder)) for file in sorted(lost))}")
    libraries = {file.name.lower(): file for file in qt.glob("*.dll")}
    waiting = [file for file in kept if file.suffix in {".exe", ".dll", ".pyd"}]
    while waiting:
        for name in asked(waiting.pop()):
            if name in libraries and libraries[name] not in kept:
                kept.add(libraries[name])
                waiting.append(libraries[name])
    for file in [*qt.rglob("*")]:
        if file.is_file() and file not in kept:
            file.unlink()


def prune(folder: Path) -> None:
    """Take out what is never opened, then the folders that are left empty."""
    for pattern in USELESS:
        for found in [*folder.glob(pattern)]:
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink(missing_ok=True)
    for found in sorted((f for f in folder.rglob("*") if f.is_dir()), reverse=True):
        if not any(found.iterdir()):
            found.rmdir()


def lacking(folders: Iterable[Path]) -> dict[str, list[str]]:
    """Libraries that nobody brings, and the files that ask for them."""
    files = [file for folder in folders for file in binaries(folder)]
    there = {file.name.lower() for file in files}
    families = tuple(name for name in SYSTEM if name.endswith("-"))
    wanted: dict[str, list[str]] = {}
    for file in files:
        for name in asked(file):
            if name not in there and name.removesuffix(".dll") not in SYSTEM and not name.startswith(families):
                wanted.setdefault(name, []).append(file.name)
    return wanted


def main(folders: list[Path]) -> int:
    """Prune the first folder, look at all."""
    prune_qt(folders[0])
    prune(folders[0])
    wanted = lacking(folders)
    for name, files in sorted(wanted.items()):
        sys.stderr.write(f"{name} manque à {', '.join(sorted(files))}\n")
    return 1 if wanted else 0


if __name__ == "__main__":
    sys.exit(main([Path(word) for word in sys.argv[1:]]))
