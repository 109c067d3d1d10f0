"""`maillage paquet …`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from appli.cli.opening import writing
from appli.cli.output import Output, TerminalProgress
from appli.domain.audience import Audience, parse_audience
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.services import clocks, erasing
from appli.services.directory import Directory
from appli.services.exchanging import giving, peers, receiving, requests
from appli.services.exchanging.peers import Peer
from appli.services.exchanging.receiving import Receipt


def create(options: argparse.Namespace, out: Output) -> None:
    """Make a packet."""
    audience = parse_audience(options.audience) if options.audience else Audience.SHARED
    if audience is None:
        raise UserError(
            "bad_audience",
            _("« {word} » n’est pas un niveau de partage. Aucun paquet n’a été fait.").format(word=options.audience),
            _("Écrivez « partage » ou « public »."),
        )
    with writing(options) as directory:
        to = _receiver(directory, options.depuis) if options.depuis else None
        given = giving.give(directory, options.sortie, to=to, audience=audience, progress=TerminalProgress())
        _beside(out, directory)
    paths = [str(path) for path in given.paths]
    document = {
        "paths": paths,
        "records": given.records,
        "bytes": given.bytes,
        "audience": given.audience.code,
    }
    words = _n("{n} élément écrit et vérifié.", "{n} éléments écrits et vérifiés.", given.records)
    out.answer(document, [words.format(n=number(given.records)), *paths])


def _receiver(directory: Directory, word: str) -> Peer:
    """A PC by its name, or by the request it made."""
    if word.endswith(requests.SUFFIX):
        return requests.read(directory, Path(word)).peer
    return peers.peer_named(directory, word)


def examine(options: argparse.Namespace, out: Output) -> None:
    """Tell what a packet would do."""
    with writing(options) as directory:
        opened, preview = receiving.examine(directory, options.fichier, progress=TerminalProgress())
        with opened:
            receipt = receiving.receipt_of(directory, opened, preview.received)
        _beside(out, directory, receipt.remarks)
    out.answer(_document(receipt), [_("Essai : rien n’a changé."), *_lines(receipt)])


def apply(options: argparse.Namespace, out: Output) -> None:
    """Receive a packet."""
    if options.essai:
        examine(options, out)
        return
    with writing(options) as directory:
        receipt = receiving.receive(directory, options.fichier, confirmed=options.oui, progress=TerminalProgress())
        erasing.accept(directory, receipt.asked)  # without --oui, a packet that asks is refused
        receipt = replace(receipt, erased=receipt.erased + len(receipt.asked), asked=())
        _beside(out, directory, receipt.remarks)
    done = _("Paquet n° {id} : tout peut être annulé, sauf un effacement.").format(id=receipt.seq)
    if receipt.imported is not None:
        done = _("Copies publiques, import n° {id} : « maillage imports annuler {id} » les enlève.")
        done = done.format(id=receipt.imported)
    out.answer(_document(receipt), [done, *_lines(receipt)])


def cancel(options: argparse.Namespace, out: Output) -> None:
    """Take a packet back."""
    with writing(options) as directory:
        seq = int(options.id) if options.id.isdecimal() else -1
        result = receiving.take_back(directory, seq)
        kept = [directory.title_of(one) or one.hex() for one in sorted(result.kept)]
    document = {"removed": len(result.removed), "restored": len(result.restored), "kept": kept}
    lines = [_("Paquet annulé.")]
    if kept:
        lines.append(_("Restent, parce qu’elles ont été écrites depuis : {names}.").format(names=", ".join(kept)))
    out.answer(document, lines)


def _beside(out: Output, directory: Directory, remarks: Iterable[str] = ()) -> None:
    """What one should know and no key of the answer tells."""
    doubt = clocks.doubt_of(directory, directory.store.folder.clock())
    for words in (*remarks, *(clocks.own_words(doubt) if doubt else ())):
        out.say(words)


def _number(receipt: Receipt) -> str | None:
    found = receipt.imported if receipt.seq is None else receipt.seq
    return None if found is None else str(found)


def _document(receipt: Receipt) -> dict[str, Any]:
    return {
        "import_id": _number(receipt),
        "sender": receipt.sender,
        "space": receipt.space,
        "new": receipt.new,
        "changed": receipt.changed,
        "conflicts": receipt.conflicts,
        "erased": receipt.erased,
        "ignored": receipt.ignored,
        "gaps": receipt.gaps,
    }


def _lines(receipt: Receipt) -> list[str]:
    lines = [_("De « {sender} », réseau « {space} »").format(sender=receipt.sender, space=receipt.space)]
    for label, count in (
        (_("nouveaux"), receipt.new),
        (_("modifiés"), receipt.changed),
        (_("à trancher"), receipt.conflicts),
        (_("effacés"), receipt.erased),
        (_("déjà effacés ici"), receipt.ignored),
    ):
        lines.append(f"  {label} : {number(count)}")
    if receipt.asked:
        lines.append("  " + _("effacements demandés, sans référent : {n}").format(n=number(len(receipt.asked))))
    if receipt.refused:
        lines.append("  " + _("ordres signés non reconnus, sans effet : {n}").format(n=number(receipt.refused)))
    missing = _("Il manque les modifications {low} à {high} du poste « {name} » : demandez-lui un paquet complet.")
    return lines + [missing.format(low=g["from"], high=g["to"], name=g["replica"]) for g in receipt.gaps]
