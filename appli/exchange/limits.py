"""What a bundle may hold at most: what is read was made by others, so each size is bounded before it is believed."""

from __future__ import annotations

FILE = 64 << 20
"""A bundle file, encrypted or not."""
VOLUME = 7_000_000
"""A volume: with the third that e-mail adds, it passes where 10 MB do."""
MANIFEST = 1 << 20
MEMBERS = 4_000
"""Chunks and photos of one file: what a manifest of that size can name."""
CHUNK_RAW = 8 << 20
CHUNK_STORED = 4 << 20
TOTAL_RAW = 1 << 30
"""All chunks of one file once decompressed; only one is held at a time."""
WINDOW = 8 << 20
"""Memory that a chunk may ask of the decompressor."""
PHOTO = 32 << 20

FILLED = 2 << 20
"""A chunk is closed once it holds that much text: more gains under 1 % in size and costs memory."""
LINE = CHUNK_STORED - (64 << 10)
"""One line, such that its chunk fits even when nothing compresses."""
TEXT = 100_000
"""Characters of one text: five times the longest that a field takes."""
DEPTH = 16
"""Lists within lists of one value."""
ITEMS = 10_000
"""Items of one list or dictionary within a value, siblings of a field, writers a field remembers."""
INTEGER = (1 << 53) - 1
"""What every reader of JSON keeps exactly."""
LAST_MOMENT = 253_402_300_799_999
"""The end of the year 9999, in milliseconds: later moments cannot be shown."""
STATEMENT = 256 << 10
