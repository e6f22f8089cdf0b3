"""What the kiosk needs of the Qt binding itself."""

import sys

from PySide6.QtWidgets import QLabel

CALLS = 200


def test_calls_that_return_nothing_cost_nothing(qapp):
    """PySide6 6.12.0 under Python 3.11 loses a reference to None at every such call.

    A kiosk would abort ("deallocating None") after some hundred changes of screens. 6.11.3 does not.
    """
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.update()
    assert before - sys.getrefcount(None) < CALLS // 2
