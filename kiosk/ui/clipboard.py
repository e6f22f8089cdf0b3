"""What was copied does not outlast a visit."""

from PySide6.QtGui import QClipboard


def wipe_clipboard(clipboard: QClipboard) -> None:
    """What was copied, and under X11 also what was only marked: the middle button would paste that."""
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
