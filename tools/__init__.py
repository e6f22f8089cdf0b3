"""The project's tool chain: set-up, the demo's launcher, locking, packing. Standard library only.

Run as modules from the project's folder: ``python3 -m tools.setup run``.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this very line tells people with an older Python
    sys.exit(
        "gig-kiosk needs Python 3.11 or newer; this is %d.%d.\n"  # noqa: UP031 - must parse on any Python 3
        "Install a newer one and name it: make PYTHON=python3.12 run" % sys.version_info[:2]
    )
