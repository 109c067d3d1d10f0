"""The content of the golden bundles: invented people, fixed keys and clock, every sort of line.

Each released format keeps its file in tests/data/paquets and is read for ever. When what is written changes on purpose,
add a file under a new name (`.venv/bin/python -m tests.exchange.golden tests/data/paquets/NOM.maille`), let `LATEST`
name it, and leave the older ones alone.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

from msgspec.structs import replace as replace_

from appli.domain.causality import Erasure, RecordState, Register, Stamp, Version
from appli.domain.unknown import Unknown
from appli.exchange.gathering import Contents, Photo
from appli.exchange.statements import ErasureOrder, KnowledgeRequest, RoleOrder, signed
from tests.exchange.bundles import ALICE, BOB, HEADING, KEYS, NOW, SPACE, written

LATEST = "maille-1-ordres.maille"
ZSTD = (1, 5, 7)
"""The compressor that wrote it: another one may choose other bytes for the same lines."""

CAROLE = bytes.fromhex("0193a0000000700080000000000000c4")
_IDS = [bytes.fromhex(f"0193a0000000700080000000000{n:05x}") for n in range(1, 9)]
PERSON, TOWN, PHONE, GONE, STRANGE, LISTING, GONE_TOO = _IDS[:7]
_IMPORT = Stamp(ALICE, 1, NOW - 86_400_000, "AD")
_VISIT = Stamp(BOB, 3, NOW - 3_600_000)

PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")

_PERSON = RecordState(
    PERSON,
    1,
    _IMPORT,
    {
        1: {"display": "Maëlle Œuvrard", "given": "Maëlle", "family": "Œuvrard"},
        4: "Soude, répare, « bricole »\u202f!",
        6: {"insee": "48061", "name": "Florac Trois Rivières"},
        8: {"lat": 44.325, "lon": 3.5936, "precision": "commune", "source": "gazetteer"},
        15: False,
        41: ["artist", "independent"],
    },
    {
        40: Register(
            {
                (ALICE, 5): Version(Stamp(ALICE, 5, NOW - 9_000, "AD"), "soudeuse"),
                (BOB, 3): Version(_VISIT, "ferronnière", 30),
            },
            {ALICE: 5, BOB: 3},
        ),
        5: Register({(BOB, 4): Version(Stamp(BOB, 4, NOW - 1_000), None)}, {ALICE: 1, BOB: 4, CAROLE: 2}),
    },
)
_PHONE = RecordState(
    PHONE, 20, _IMPORT, {16: PERSON.hex(), 40: "phone", 41: "04 66 00 00 00", 42: "+33466000000"}, {}
)  # fmt: skip
_PLACE = RecordState(TOWN, 4, Stamp(CAROLE, 2, 0), {1: "Le Fournil 👩‍🌾"}, {})
_PART = RecordState(
    LISTING, 1, None, {}, {4: Register({(BOB, 3): Version(_VISIT, "à suivre")}, {ALICE: 1, BOB: 3})}
)  # fmt: skip
_TOMORROW = RecordState(STRANGE, 90_001, _VISIT, {1: {"a": [1, -2.5, None, True]}, 70_000: "?"}, {})

STATES = [_PERSON, _PHONE, _PLACE, _PART, _TOMORROW]
_FIRST_ERASURES = [Erasure(GONE, Stamp(ALICE, 4, NOW - 50_000, "AD"))]
ERASURES = [*_FIRST_ERASURES, Erasure(GONE_TOO, _VISIT, (GONE,))]
_FIRST_ORDERS: list[ErasureOrder | RoleOrder | KnowledgeRequest] = [
    ErasureOrder(space=SPACE.hex(), author=ALICE.hex(), at=NOW - 50_000, ids=(GONE.hex(),), reason="asked"),
    RoleOrder(
        space=SPACE.hex(),
        author=ALICE.hex(),
        at=NOW,
        replica=BOB.hex(),
        key="b0" * 32,
        role="referent",
        since="2026-11-20",
    ),
    KnowledgeRequest(
        space=SPACE.hex(), author=ALICE.hex(), at=NOW, label="Poste de l’accueil", know={ALICE.hex(): [(1, 5)]}
    ),
]
_ROLE = RoleOrder(
    space=SPACE.hex(), author=ALICE.hex(), at=NOW - 90_000, replica=ALICE.hex(), key=KEYS.public.hex(), role="referent"
)
ORDERS = [
    _ROLE,
    replace_(_ROLE, at=NOW - 80_000, replica=BOB.hex(), key="b0" * 32, role="host", until="2027-06-30"),
    replace_(_ROLE, at=NOW - 70_000, replica=BOB.hex(), key="b0" * 32, role=None),
    ErasureOrder(
        space=SPACE.hex(),
        author=ALICE.hex(),
        at=NOW - 50_000,
        ids=(GONE.hex(), GONE_TOO.hex()),
        reason="asked",
        counter=4,
    ),
]
EARLIER = {"maille-1.maille": (_FIRST_ERASURES, _FIRST_ORDERS)}
"""What the files of before bring to be forgotten, and what is signed in them."""
UNKNOWN = [Unknown(b'{"line":"vote","id":"' + STRANGE.hex().encode() + b'","for":["a","b"]}', STRANGE)]
GOLDEN = replace(
    HEADING,
    sort="incremental",
    since={BOB: ((1, 2),)},
    claim={ALICE: ((1, 5),), BOB: ((3, 4),)},
    know={ALICE: ((1, 5),), BOB: ((1, 4),)},
    schema=1,
    digest="00ff00ff00ff00ff",
)


def contents() -> Contents:
    """What the golden bundle brings."""
    picture = Photo(hashlib.sha256(PICTURE).hexdigest(), len(PICTURE), lambda: PICTURE)
    return Contents(STATES, ERASURES, [signed(order, KEYS) for order in ORDERS], UNKNOWN, [picture])


if __name__ == "__main__":
    written(Path(sys.argv[1]), contents(), GOLDEN)
