"""The one file the gazetteer is read from: columns of communes, the most populous first, compressed.

Columns of text are one string each, a line per commune: read in a few milliseconds and searched as they are.
`installer/donnees/construire_gazetteer.py` writes the file, `Gazetteer` reads it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import zstandard

from appli.errors import EnvironmentProblem
from appli.i18n import _


class Columns(msgspec.Struct, forbid_unknown_fields=True):
    """What the file holds. From `insee` to `sources`, every column has one line or cell per commune."""

    regions: list[tuple[str, str]]
    """(code, name)"""
    departments: list[tuple[str, str, str]]
    """(code, name, code of the region)"""
    epcis: list[tuple[str, str]]
    """(SIREN, name)"""
    insee: str
    kinds: str
    """One digit each: the place in `appli.geo.commune.KINDS`."""
    names: str
    keys: str
    """The names folded, so that reading the file folds nothing."""
    parents: str
    """INSEE code of the commune of today a part belongs to; empty for a commune of today."""
    postcodes: str
    """Separated by spaces; empty where the parent's hold."""
    epci: list[int]
    """The place in `epcis`, or NOWHERE."""
    populations: list[int]
    """NOWHERE where nobody counted."""
    latitudes: list[int]
    """In hundred-thousandths of a degree, about a metre."""
    longitudes: list[int]
    sources: str
    """One digit each: the place in `appli.geo.commune.POSITION_SOURCES`."""
    old_names: str
    old_keys: str
    old_name_rows: list[int]
    """Which commune bore each old name."""
    old_codes: str
    """INSEE codes out of use."""
    old_code_rows: list[int]
    """Which commune took each over."""


def read(file: Path) -> Columns:
    """The columns of a gazetteer file."""
    try:
        content = zstandard.ZstdDecompressor().decompress(file.read_bytes())
        return msgspec.json.decode(content, type=Columns)
    except (OSError, zstandard.ZstdError, msgspec.DecodeError) as problem:
        raise EnvironmentProblem(
            "gazetteer_unreadable",
            _("La liste des communes livrée avec Maillage est illisible. Votre annuaire n’est pas touché."),
            _("Réinstallez Maillage."),
        ) from problem


def write(columns: Columns, file: Path) -> None:
    """Write the columns; the same columns always give the same bytes."""
    compressor = zstandard.ZstdCompressor(level=22)
    file.write_bytes(compressor.compress(msgspec.json.encode(columns)))
