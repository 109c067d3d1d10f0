"""Keep None, True, False and NotImplemented alive under PySide6 6.12 on Python 3.11.

PySide6 6.12.0 is built as if these four were immortal, which they are since Python 3.12 only: under 3.11 each call of a
Qt method that returns nothing takes one reference from None, and after some thousands of calls the process aborts with
"none_dealloc: deallocating None" (measured; 6.11.2 is sound). Raising their counts out of reach is
what Python 3.12 itself does.
"""

from __future__ import annotations

import sys

OUT_OF_REACH = 1 << 40


def protect() -> None:
    """Called before the first window; harmless when called again, useless from Python 3.12 on."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    from ctypes import c_ssize_t

    for constant in (None, True, False, NotImplemented):
        if sys.getrefcount(constant) < OUT_OF_REACH:
            c_ssize_t.from_address(id(constant)).value += OUT_OF_REACH
