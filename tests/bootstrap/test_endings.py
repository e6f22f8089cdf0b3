"""Ctrl-C ends the kiosk whenever it comes."""

import os
import signal
import sqlite3
from contextlib import closing, suppress

import pytest
from PySide6.QtCore import QTimer

from kiosk.bootstrap.endings import Endings, Interrupts

CODE, STUCK = 7, 99


@pytest.fixture
def guard(qapp):
    """Ends a loop that nobody ends."""
    timer = QTimer(qapp, singleShot=True, interval=5000)
    timer.timeout.connect(lambda: qapp.exit(STUCK))
    timer.start()
    yield
    timer.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_the_loop_has_begun_ends_it(qapp, guard, number):
    with Endings(qapp, CODE):
        os.kill(os.getpid(), number)
        assert qapp.exec() == CODE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_loop(qapp, guard, number):
    with Endings(qapp, CODE):
        QTimer.singleShot(0, qapp, lambda: os.kill(os.getpid(), number))
        assert qapp.exec() == CODE


def test_afterwards_a_signal_does_again_what_it_did_before(qapp):
    before = signal.getsignal(signal.SIGINT)
    with Endings(qapp, CODE):
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_a_callback_swallows_is_raised_again(number):
    """SQLite runs the function and drops what it raises; so does Qt with a slot."""
    connection = sqlite3.connect(":memory:")
    connection.create_function("callback", 0, lambda: os.kill(os.getpid(), number))
    with Interrupts() as interrupts, closing(connection):
        interrupts.check()
        with suppress(sqlite3.OperationalError):
            connection.execute("SELECT callback()")
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()


def test_a_signal_in_plain_code_interrupts_it():
    with Interrupts(), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
