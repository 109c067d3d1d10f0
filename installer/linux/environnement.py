"""Run first in the frozen program: what it starts is the system's, and must not load the libraries it carries.

A portable program leaves nothing on the PC, not even what drawing libraries would keep for the next time.
"""

import os
import sys
from pathlib import Path

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
if before:
    os.environ["LD_LIBRARY_PATH"] = before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
if (Path(sys.executable).parent / "maillage.portable").exists():
    for cache in ("MESA_SHADER_CACHE_DISABLE", "QSG_RHI_DISABLE_DISK_CACHE", "QT_DISABLE_SHADER_DISK_CACHE"):
        os.environ.setdefault(cache, "1")
