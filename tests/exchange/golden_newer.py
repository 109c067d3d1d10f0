"""Bundles as a later version may write them, with all that this one does not know: sorts of lines, kinds, fields, keys,
statements. They are read for ever, and what is not understood is handed on byte for byte.

    .venv/bin/python -m tests.exchange.golden_newer tests/data/paquets/plus-recents

`version-1-7.maille` only adds; `besoin-inconnu.maille` needs a reader that understands votes, and is refused.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import zstandard

from appli.domain.statements import Statement
from appli.exchange import canonical
from appli.exchange.gathering import Contents
from appli.exchange.statements import PURPOSE, line_of
from tests.exchange.bundles import ALICE, BOB, HEADING, KEYS, NOW, members_of, put, signed_again, written

READABLE, REFUSED = "version-1-7.maille", "besoin-inconnu.maille"
_IDS = [f"0193a0000000700080000000001{n:05x}" for n in range(1, 8)]
PERSON, TOWN, VOTE, MEETING, GONE, PART, CHAIR = _IDS

_STAMP = f'["{ALICE.hex()}",5,{NOW},"AD"]'
_LONGER = f'["{ALICE.hex()}",5,{NOW},"AD","signed"]'
_WRITTEN = f'["{BOB.hex()}",4,{NOW},null,null,"Tourneuse","by hand"]'
_VOTE = canonical.encode(
    {"statement": "vote", "on": PERSON, "at": NOW, "space": HEADING.space.hex(), "author": ALICE.hex()}
)
STATEMENT = Statement(_VOTE, KEYS.public, KEYS.sign(PURPOSE, _VOTE))

# each alone makes its line one of a later version; the line is kept as it stands, and taken as far as it is known
FIRST = [
    msgspec.json.encode(line_of(STATEMENT)).decode(),
    f'{{"line":"erasure","id":"{GONE}","by":{_STAMP},"why":"asked"}}',
]
RECORDS = [
    # a field that this version has not declared, in a kind that it has
    (
        f'{{"line":"record","id":"{PERSON}","kind":1,"base":{_STAMP},"values":{{"1":{{"display":"Maëlle Œuvrard"}},'
        f'"9900":{{"shoe":39}}}}}}'
    ),
    # a kind that it has not
    f'{{"line":"record","id":"{MEETING}","kind":90002,"base":{_STAMP},"values":{{"1":"Assemblée","2":[1.5]}}}}',
    # new keys of a line, of a field, and longer stamps and versions
    f'{{"line":"record","id":"{TOWN}","kind":4,"base":{_LONGER},"values":{{"1":"Le Fournil"}},"mood":"gai"}}',
    f'{{"line":"record","id":"{PART}","kind":1,"fields":{{"40":{{"versions":[{_WRITTEN}],"weight":2}}}}}}',
    # lines of a sort that it has never heard of, one about somebody, one about nobody
    f'{{"line":"vote","id":"{VOTE}","on":"{PERSON}","by":{_STAMP}}}',
    '{"line":"weather","says":"rain"}',
]
UNREAD = [FIRST[1], *RECORDS[2:]]
"""What stays a line; the statement and the first two records are kept in their own ways."""


def write(folder: Path) -> None:
    """Both bundles."""
    written(folder / "plain.maille", Contents(), HEADING)
    members = members_of(folder / "plain.maille")
    (folder / "plain.maille").unlink()
    sizes = {}
    for rank, lines in enumerate((FIRST, RECORDS)):
        text = "".join(line + "\n" for line in lines).encode()
        name = f"data/{rank:04d}.jsonl.zst"
        members[name], sizes[name] = zstandard.ZstdCompressor(level=3).compress(text), len(text)
    counts = {"records": 5, "erasures": 1, "statements": 1, "unknown": 2, "photos": 0, "votes": 1}
    know = {ALICE.hex(): [[1, 5]], BOB.hex(): [[1, 4]]}
    newer = {"format": "maille/1.7", "app": "9.9.0", "schema": 999_999, "counts": counts, "mood": "gai"}
    newer |= {"claim": know, "know": know, "digest": "7-" + "0" * 32}
    put(folder / READABLE, signed_again(members, sizes, **newer))
    put(folder / REFUSED, signed_again(members, sizes, **newer, needs=["votes"]))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
