"""What the launchers run: the program's one entry, told that no other Python is there."""

import sys

sys.frozen = True

from ui.__main__ import main  # noqa: E402

sys.exit(main())
