"""Where a directory may lie: on a disk of this PC that can be written, and not in a folder that other programs copy.

A base under a network share or a synchronised folder gets damaged sooner or later: two PCs write it at once, or the
files of one moment are copied apart. Bundles are made for that; the directory itself stays on one disk.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from appli.errors import AppError, EnvironmentProblem, UserError
from appli.i18n import _
from appli.store.folder_files import MOVED_AWAY, is_directory, missing_file

MOUNTS = Path("/proc/self/mounts")
NETWORK_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs 9p coda davfs ceph glusterfs lustre gpfs gfs2 ocfs2 vboxsf fuse.sshfs"
    " fuse.rclone fuse.davfs2 fuse.gvfsd-fuse fuse.kio-fuse fuse.glusterfs fuse.s3fs fuse.smbnetfs fuse.vmhgfs-fuse"
    " fuse.onedriver fuse.google-drive-ocamlfuse".split()
)
MARKS = {
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".SynologyWorkingDirectory": "Synology Drive",
}
"""What synchronising programs leave in the folders they copy."""
SYNC_JOURNAL = re.compile(r"\._?sync_[0-9a-f]+\.db")
NAMES = {
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mon drive": "Google Drive",
    "my drive": "Google Drive",
    "google drive streaming": "Google Drive",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "kdrive": "kDrive",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "proton drive": "Proton Drive",
    "synologydrive": "Synology Drive",
    "mega": "MEGA",
    "seafile": "Seafile",
}
"""What they call their folder by default."""
REMOTE_DRIVE = 4
NETWORK, SYNCHRONISED, MOVED = "network_folder", "synchronised_folder", "moved_directory"


def refusal(folder: Path) -> AppError | None:
    """Why a new directory may not be made there; None when it may. Nothing is written."""
    if is_directory(folder):
        return UserError(
            "already_directory",
            _("Il y a déjà un annuaire dans ce dossier."),
            _("Ouvrez-le, ou choisissez-en un autre."),
        )
    if missing_file(folder) is not None:
        return UserError(
            "incomplete_directory",
            _("Il y a dans ce dossier un annuaire incomplet, à restaurer."),
            _("Choisissez un autre dossier."),
        )
    return unsafe(folder) or _unwritable(folder)


def unsafe(folder: Path) -> UserError | None:
    """Why no directory should be used there, new or not."""
    if is_on_network(folder):
        return UserError(
            NETWORK,
            _("Ce dossier est sur le réseau : un annuaire s’y abîmerait."),
            _("Choisissez un dossier de ce poste ; pour partager, on s’échange des paquets."),
        )
    by = synchronised_by(folder)
    if by:
        return UserError(
            SYNCHRONISED,
            _("Ce dossier est recopié par {program} : un annuaire s’y abîmerait.").format(program=by),
            _("Choisissez un dossier que rien ne recopie : Maillage fait ses propres sauvegardes."),
        )
    return None


def misplaced(folder: Path) -> EnvironmentProblem | None:
    """Why nobody should write in the directory that stands there; None when one may."""
    moved = moved_to(folder)
    if moved is not None:
        return EnvironmentProblem(
            MOVED,
            _("Cet annuaire a été déplacé sur le poste « {pc} », dans « {to} ». Ici, rien n’a été effacé.").format(
                **moved
            ),
            _("Ouvrez-le là-bas ; pour l’avoir aussi sur ce poste, demandez-en un paquet."),
        )
    danger = unsafe(folder)
    if danger is None:
        return None
    return EnvironmentProblem(
        danger.code,
        _("{danger} Il n’a pas été ouvert, et rien n’a changé.").format(danger=danger.message),
        _(
            "Ouvrez-le dans la fenêtre de Maillage : elle propose de le déplacer sur ce poste. "
            "Pour partager, on s’échange des paquets."
        ),
    )


def danger_words(folder: Path) -> str:
    """What is wrong with that place, in one sentence; empty when nothing is."""
    danger = unsafe(folder)
    return danger.message if danger else ""


def moved_to(folder: Path) -> dict[str, str] | None:
    """What the mark of a move says: `to`, `pc`, `at`; None without one."""
    try:
        said = json.loads((folder / MOVED_AWAY).read_text("utf-8"))
    except OSError:
        return None
    except ValueError:
        said = {}
    known = said if isinstance(said, dict) else {}
    return {name: str(known.get(name, "?")) for name in ("to", "pc", "at")}


def room_in(chosen: Path) -> Path:
    """The folder itself when it is empty or not there yet; else a new one inside, so that nothing gets mixed up."""
    if is_directory(chosen) or missing_file(chosen) is not None or not _holds_something(chosen):
        return chosen
    return free_beside(chosen / "annuaire")


def free_beside(folder: Path) -> Path:
    """That folder, or the first of annuaire-2, annuaire-3… that holds nothing."""
    found, number = folder, 2
    while _holds_something(found):
        found, number = folder.with_name(f"{folder.name}-{number}"), number + 1
    return found


def is_on_network(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether another machine keeps that folder."""
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    try:
        table = mounts.read_text("utf-8", "replace")
    except OSError:
        return False
    there = _resolved(folder)
    found = [(point, system) for point, system in _mounted(table) if there == point or point in there.parents]
    return bool(found) and max(found, key=lambda one: len(one[0].parts))[1] in NETWORK_SYSTEMS


def synchronised_by(folder: Path) -> str:
    """The program that copies that folder elsewhere; empty when none is known to."""
    there = _resolved(folder)
    for one in (there, *there.parents):
        name = NAMES.get(one.name.lower()) or ("OneDrive" if one.name.lower().startswith("onedrive") else "")
        name = name or next((program for mark, program in MARKS.items() if (one / mark).exists()), "")
        if name or _has_journal(one):
            return name or "Nextcloud"
    roots = (os.environ.get(name) for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"))
    return "OneDrive" if any(there.is_relative_to(_resolved(Path(root))) for root in roots if root) else ""


def _unwritable(folder: Path) -> UserError | None:
    existing = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not existing.is_dir():
        return UserError(
            "not_a_folder",
            _("« {name} » est un fichier, pas un dossier.").format(name=existing.name),
            _("Choisissez un dossier."),
        )
    try:
        with tempfile.TemporaryFile(dir=existing):
            return None
    except OSError:
        return UserError(
            "read_only_folder",
            _("Rien ne peut être écrit dans ce dossier."),
            _("Choisissez-en un autre, par exemple dans vos documents."),
        )


def _holds_something(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:
        return folder.absolute()


def _mounted(table: str) -> Iterator[tuple[Path, str]]:
    for line in table.splitlines():
        _device, point, system, *_rest = [*line.split(" "), "", ""]
        yield Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)), system


def _has_journal(folder: Path) -> bool:
    """The journal that Nextcloud keeps at the root of what it copies."""
    try:
        return any(SYNC_JOURNAL.fullmatch(name.name) for name in folder.glob(".*sync_*.db"))
    except OSError:
        return False


if sys.platform == "win32":

    def _is_remote_drive(folder: Path) -> bool:
        """A share by its name, or a letter that stands for one."""
        import ctypes

        drive = _resolved(folder).drive
        letter = f"{drive}\\"
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(letter) == REMOTE_DRIVE
