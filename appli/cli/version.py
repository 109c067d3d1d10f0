"""`maillage --version`: which program this is; no directory is looked at."""

from __future__ import annotations

import argparse

from appli import config
from appli.cli.output import Output
from appli.i18n import _


def show(_options: argparse.Namespace, out: Output) -> None:
    """Its name and its version, as people write them down when they ask for help."""
    version = config.program_version()
    out.answer({"name": "maillage", "version": version}, [_("Maillage {version}").format(version=version).rstrip()])
