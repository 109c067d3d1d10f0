"""What only the system can do for an exchange: open a draft with files attached, tell a stick from a disk.

Every call of the platform is here. What cannot be done is told, never raised: there is always another way to send.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

_PATIENCE = 30
"""Seconds a mail program may take to show its draft."""
_STICKS = ("/media/", "/run/media/", "/Volumes/")
"""Where Linux and macOS mount what one plugs in."""
_REMOVABLE = 2
"""What Windows calls a drive of that sort."""
_MAPI_SHOWN = (0, 1)
"""Sent, or closed by the person: either way the draft was shown."""

Run = Callable[[Sequence[str]], int]
"""Runs a program; its exit code."""


def draft_mail(subject: str, body: str, files: Sequence[Path], run: Run | None = None) -> bool:
    """Open a draft with these files attached, in whatever program sends mail here; whether one was opened."""
    try:
        if sys.platform == "win32":
            return _by_mapi(subject, body, files) or _by_draft_file(subject, body, files)
        return _by_xdg(subject, body, files, run or _run)
    except (OSError, subprocess.SubprocessError):
        return False


def is_stick(root: Path) -> bool:
    """Whether what is mounted there can be pulled out."""
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{root}") == _REMOVABLE)
    return f"{root.as_posix()}/".startswith(_STICKS)


def _run(command: Sequence[str]) -> int:
    return subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE).returncode


def _by_xdg(subject: str, body: str, files: Sequence[Path], run: Run) -> bool:
    program = shutil.which("xdg-email")
    if program is None:
        return False
    attached = [word for file in files for word in ("--attach", str(file))]
    return run([program, "--utf8", "--subject", subject, "--body", body, *attached]) == 0


def draft_text(subject: str, body: str, files: Sequence[Path]) -> bytes:
    """The draft as a file that mail programs open to be completed."""
    message = EmailMessage()
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(body)
    for file in files:
        message.add_attachment(file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name)
    return message.as_bytes()


def _by_draft_file(subject: str, body: str, files: Sequence[Path]) -> bool:
    draft = files[0].with_suffix(".eml")
    draft.write_bytes(draft_text(subject, body, files))
    start: Callable[[Path], None] | None = getattr(os, "startfile", None)
    if start is None:
        return False
    start(draft)
    return True


class _File(ctypes.Structure):
    """MapiFileDescW."""

    _fields_ = [
        ("reserved", ctypes.c_ulong),
        ("flags", ctypes.c_ulong),
        ("position", ctypes.c_ulong),
        ("path", ctypes.c_wchar_p),
        ("name", ctypes.c_wchar_p),
        ("type", ctypes.c_void_p),
    ]


class _Message(ctypes.Structure):
    """MapiMessageW."""

    _fields_ = [
        ("reserved", ctypes.c_ulong),
        ("subject", ctypes.c_wchar_p),
        ("body", ctypes.c_wchar_p),
        ("type", ctypes.c_wchar_p),
        ("received", ctypes.c_wchar_p),
        ("conversation", ctypes.c_wchar_p),
        ("flags", ctypes.c_ulong),
        ("originator", ctypes.c_void_p),
        ("recipient_count", ctypes.c_ulong),
        ("recipients", ctypes.c_void_p),
        ("file_count", ctypes.c_ulong),
        ("files", ctypes.POINTER(_File)),
    ]


def _by_mapi(subject: str, body: str, files: Sequence[Path]) -> bool:
    """Simple MAPI, which Outlook and Thunderbird answer; the program they open decides what to do with it."""
    attached = (_File * len(files))(*(_File(0, 0, 0xFFFFFFFF, str(f), f.name, None) for f in files))
    message = _Message(0, subject, body, None, None, None, 0, None, 0, None, len(files), attached)
    here = Path.cwd()
    try:
        library = ctypes.WinDLL("mapi32.dll")  # type: ignore[attr-defined, unused-ignore]
        log_on_and_show = 0x1 | 0x8
        return library.MAPISendMailW(None, None, ctypes.byref(message), log_on_and_show, 0) in _MAPI_SHOWN
    except (AttributeError, OSError):
        return False
    finally:
        os.chdir(here)  # mail programs change it
