"""What is closed here is opened by the library that opens what the `age` command writes, and costs what it costs."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pyrage
import pytest
from pyrage import passphrase as age

from appli.errors import AppError
from appli.exchange import age_writing, passphrase
from appli.exchange.safe_file import SafeFiles

PHRASE = "tunnel oseille garenne"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_the_library_opens_what_is_written_here(size: int) -> None:
    content = random.Random(size).randbytes(size)
    closed = age_writing.close(content, PHRASE)
    assert age.decrypt(closed, PHRASE) == content
    assert content[:64] not in closed or size < 64
    with pytest.raises(pyrage.DecryptError):
        age.decrypt(closed[:-1] + bytes([closed[-1] ^ 1]), PHRASE)


@pytest.mark.slow
@pytest.mark.usefixtures("dear_passphrases")
def test_it_does_at_the_cost_that_people_pay() -> None:
    closed = age_writing.close(b"Bonjour", PHRASE)
    assert re.match(rb"age-encryption.org/v1\n-> scrypt \S+ 18\n", closed)
    assert passphrase.decrypt(closed, PHRASE) == b"Bonjour"


def test_twice_the_same_gives_other_bytes() -> None:
    assert age_writing.close(b"a", PHRASE)[:200] != age_writing.close(b"a", PHRASE)[:200]


def test_a_cost_beyond_ours_is_refused_before_any_memory_is_taken() -> None:
    for cost, code in ((passphrase.COSTLIEST + 1, "passphrase_unusable"), (20, "passphrase_unusable")):
        header = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA %d\n" % cost
        with pytest.raises(AppError) as refused:
            passphrase.decrypt(passphrase.MAGIC + header + bytes(100), PHRASE)
        assert refused.value.code == code


def test_what_a_power_cut_left_is_swept_by_the_next_writing_of_that_file(tmp_path: Path) -> None:
    left = tmp_path / ".p.maille.0a1b2c3d.tmp"
    others = [tmp_path / ".q.maille.0a1b2c3d.tmp", tmp_path / "p.maille.tmp", tmp_path / "p.maille"]
    for path in (left, *others):
        path.write_bytes(b"half")
    with SafeFiles() as files:
        files.add(tmp_path / "p.maille", b"whole")
        assert not left.exists()
        files.commit()
    assert (tmp_path / "p.maille").read_bytes() == b"whole"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(path.name for path in others)
