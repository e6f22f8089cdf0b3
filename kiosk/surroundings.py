"""What another program finds around it when we start it."""

import os
import sys


def own() -> dict[str, str]:
    """The machine's own environment: the packed program looks for its libraries first, where another must not.

    Source: PyInstaller's manual, "LD_LIBRARY_PATH considerations".
    """
    found = dict(os.environ)
    before = found.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        found["LD_LIBRARY_PATH"] = before
    elif getattr(sys, "frozen", False):
        found.pop("LD_LIBRARY_PATH", None)
    return found
