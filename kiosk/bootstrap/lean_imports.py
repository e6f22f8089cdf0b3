"""PySide6, without its habit of reading the source text of everything that is imported after it.

To know where ``from __feature__ import snake_case`` might stand, PySide asks ``inspect.getsource`` of each module for
the word PySide6: a third of a millisecond and all of the text (kept by ``linecache`` for good) for each of the six
hundred modules of a running kiosk, SQLAlchemy's among them. Nothing here uses that feature, so the answer is no.
"""

import sys

import PySide6.QtCore  # noqa: F401 - PySide's own import hook is there from here on


def spare_sources() -> None:
    """Answer no in place of reading. A PySide that does it in another way is left alone, and only slower."""
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False  # type: ignore[union-attr]  # noqa: SLF001 - see above
