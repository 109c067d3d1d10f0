"""Saying of two sheets that they are one, or that they are two: remembered, shared, and taken back like any edit."""

from __future__ import annotations

from appli.domain import catalogue
from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.grouping import Pair, group
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.kinds.judgement import DIFFERENT, SAME, judgement_ends
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.grouping import KIND, Verdicts, groups_of, verdicts

UNITE, KEEP_APART, SEPARATE = N_("Réunir deux fiches"), N_("Garder deux fiches distinctes"), N_("Séparer des fiches")


def judgement_id(one: RecordId, other: RecordId) -> RecordId:
    """The id of a judgement, the same on every PC and from whichever side."""
    return id_for(catalogue.kind(KIND), {"one": one.hex(), "other": other.hex()})


def unite(directory: Directory, one: RecordId, other: RecordId) -> Changes:
    """They are the same: shown as one from now on. Raises UserError when that would contradict somebody."""
    _refuse_unlike(directory, one, other)
    known = verdicts(directory)
    pair = min(one, other), max(one, other)
    before = Verdicts(known.same - {pair}, known.apart - {pair}, known.undecided - {pair})
    torn = group(before.same | {pair}, before.apart | before.undecided).contradicted
    if any(one in members for members in torn):
        raise UserError(
            "contradicted",
            _("Une des fiches déjà réunies a été jugée différente de l’autre. Rien n’a changé."),
            _("Séparez d’abord celle qui n’est pas la même, puis recommencez."),
        )
    return directory.do(_(UNITE), _judged(directory, one, other, SAME))


def keep_apart(directory: Directory, one: RecordId, other: RecordId) -> Changes:
    """They are two: no longer suggested. Raises UserError when they are one through others."""
    _refuse_unlike(directory, one, other)
    known = verdicts(directory)
    pair = min(one, other), max(one, other)
    rest = group(known.same - {pair})
    if any(one in members and other in members for members in rest.groups):
        raise UserError(
            "united",
            _("Ces deux fiches sont réunies par une autre. Rien n’a changé."),
            _("Séparez d’abord l’une d’elles."),
        )
    return directory.do(_(KEEP_APART), _judged(directory, one, other, DIFFERENT))


def separate(directory: Directory, record_id: RecordId) -> Changes:
    """Take one sheet out of its group: it is not the same as those it was judged the same as; the others stay one."""
    members = groups_of(directory, [record_id]).of(record_id)
    if len(members) == 1:
        raise UserError("alone", _("Cette fiche n’est réunie à aucune autre. Rien n’a changé."), "")
    pairs = {pair for pair in verdicts(directory).same if record_id in pair}
    changes = [c for one, other in sorted(pairs) for c in _judged(directory, one, other, DIFFERENT)]
    rest = [m for m in members if m != record_id]
    for one, other in _loose(rest, verdicts(directory).same - pairs):
        changes += _judged(directory, one, other, SAME)
    return directory.do(_(SEPARATE), changes)


def _loose(members: list[RecordId], same: frozenset[Pair]) -> list[Pair]:
    """What keeps members together that only the one that leaves held."""
    parts = {m: c for c in group(same).groups for m in c}
    pieces = sorted({parts.get(m, (m,)) for m in members})
    return [(pieces[0][0], piece[0]) for piece in pieces[1:]]


def _judged(directory: Directory, one: RecordId, other: RecordId, verdict: str) -> list[Change]:
    first, second = judgement_ends(one.hex(), other.hex())
    found = judgement_id(one, other)
    changes: list[Change] = [Create(found, KIND, {"one": first, "other": second, "verdict": verdict})]
    if directory.reads.kind_of(found) is not None:
        changes.append(Put(found, "trashed", None))
    return changes


def _refuse_unlike(directory: Directory, one: RecordId, other: RecordId) -> None:
    for record_id in (one, other):
        directory.reads.require(record_id)
    if one == other or directory.reads.kind_of(one) is not directory.reads.kind_of(other):
        raise UserError(
            "unlike",
            _("Seules deux fiches du même genre peuvent être la même. Rien n’a changé."),
            _("Choisissez deux personnes, deux structures ou deux lieux."),
        )
