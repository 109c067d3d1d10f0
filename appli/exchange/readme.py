"""LISEZMOI.txt: what somebody reads who finds a bundle and has no Maillage, in twenty years too.

Its text is part of the file, not of the screen: French whatever the language of the window, and the same on every PC.
"""

from __future__ import annotations

from datetime import UTC, datetime

from appli.exchange.manifest import Counts, Heading, Volume
from appli.i18n import NBSP, number

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_TEXT = """\
PAQUET DE MAILLAGE

Ce fichier apporte des fiches d’un annuaire local à un autre poste.

Annuaire{nbsp}: {space}
De{nbsp}: {label}
Préparé le {day} à {hour} (temps universel), avec Maillage {version}
Contenu{nbsp}: {content}
{volume}
POUR L’OUVRIR
Dans Maillage, page «{nbsp}Échanges{nbsp}», choisissez «{nbsp}Ouvrir un paquet{nbsp}».
Vous verrez ce qu’il apporte avant d’accepter.

SANS MAILLAGE
Ce fichier est une archive ZIP{nbsp}: renommez-le en .zip. Les fiches sont dans le dossier data, une par ligne, en JSON
compressé par zstd («{nbsp}zstdcat data/*.zst{nbsp}» les affiche). manifest.json dit ce que désignent les numéros
(legend). manifest.sig est la signature Ed25519 de l’expéditeur.

Il peut contenir des données personnelles{nbsp}: ne le laissez pas traîner.
"""


def text(heading: Heading, counts: Counts, volume: Volume | None) -> bytes:
    """The file's bytes, as Notepad likes them."""
    made = datetime.fromtimestamp(heading.made_at / 1000, UTC)
    words = _TEXT.format(
        nbsp=NBSP,
        space=_plain(heading.space_name),
        label=_plain(heading.label),
        day=f"{made.day if made.day > 1 else '1er'} {_MONTHS[made.month - 1]} {made.year}",
        hour=f"{made.hour:02d}{NBSP}h{NBSP}{made.minute:02d}",
        version=_plain(heading.app_version),
        content=_content(counts),
        volume=""
        if volume is None
        else f"Volume {volume.number} sur {volume.of}, à ouvrir dans n’importe quel ordre\n",
    )
    return b"\xef\xbb\xbf" + words.replace("\n", "\r\n").encode()


def _content(counts: Counts) -> str:
    named = (
        (counts.records, "fiche ou partie de fiche", "fiches ou parties de fiches"),
        (counts.erasures, "effacement", "effacements"),
        (counts.statements, "ordre signé", "ordres signés"),
        (counts.photos, "photo", "photos"),
        (counts.unknown, "ligne d’une version plus récente", "lignes d’une version plus récente"),
    )
    said = [f"{number(n)} {one if n == 1 else many}" for n, one, many in named if n]
    return ", ".join(said) or "aucune nouveauté"


def _plain(words: str) -> str:
    """Words of others on one line, without signs that would turn the text around."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
