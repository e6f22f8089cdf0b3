"""A button clicks under a finger: by the machine's player, never in the way of a touch."""

import shlex
import shutil
import sys
import threading
import wave

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.assets import asset_path
from kiosk.bootstrap import click as module
from kiosk.bootstrap.click import Click, command
from kiosk.bootstrap.doctor import _click
from kiosk.bootstrap.window import _clicks
from kiosk.settings import load
from kiosk.ui.widgets.buttons import BigButton
from tests.ui.demo import demo_shell


@pytest.fixture
def heard(tmp_path):
    """The file that grows by a letter a click."""
    return tmp_path / "heard"


@pytest.fixture
def words(heard):
    return (sys.executable, "-S", "-c", f"open({str(heard)!r}, 'a').write('x')")


def threads():
    return [each for each in threading.enumerate() if each.name == "click"]


def quiet(qtbot):
    qtbot.waitUntil(lambda: not threads())


def test_a_player_of_the_machine_is_found(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == "aplay" else None)
    assert command("auto") == ("aplay", "-q", str(asset_path("sounds") / "click.wav"))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert command("auto")[0] == "pw-play"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert command("auto") == ()


def test_ones_own_command_and_none():
    assert command("play -q 'my click.wav'") == ("play", "-q", "my click.wav")
    assert command("off") == ()


def test_the_sound_is_short():
    with wave.open(str(asset_path("sounds") / "click.wav")) as sound:
        assert 0.005 < sound.getnframes() / sound.getframerate() < 0.03


def test_it_is_played_and_the_thread_goes_with_the_window(words, heard, qtbot):
    click = Click(words)
    assert not threads()
    click.sound()
    qtbot.waitUntil(heard.exists)
    click.stop()
    quiet(qtbot)
    click.sound()
    assert not threads()


@pytest.mark.parametrize("broken", [("/nowhere/at-all",), ("false",)])
def test_a_machine_without_sound_says_so_once(broken, qtbot, caplog):
    click = Click(broken)
    click.sound()
    quiet(qtbot)
    click.sound()
    assert not threads()
    assert caplog.text.count("no click is played") == 1


def test_a_player_that_hangs_is_given_up(qtbot, caplog, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    click = Click((sys.executable, "-S", "-c", "while True: pass"))
    click.sound()
    quiet(qtbot)
    assert "TimeoutExpired" in caplog.text


def test_a_button_sounds_when_the_finger_comes_down_and_nothing_else_does(qapp, clock, qtbot):
    shell = demo_shell(clock)
    said = []
    shell.ctx.gate.pressed.connect(lambda: said.append("pressed"))
    shell.start()
    shell.show()
    qtbot.waitExposed(shell)
    shell.ctx.gate.lift_guard()
    button = next(each for each in shell.findChildren(BigButton) if each.isVisible() and each.isEnabled())
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert said == ["pressed"]
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    shell.ctx.gate.lift_guard()
    QTest.mouseClick(shell, Qt.MouseButton.LeftButton)
    button.setEnabled(False)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["pressed"]
    button.setEnabled(True)
    shell.ctx.gate.guard()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["pressed"]
    shell.leave()


def test_the_window_has_what_the_settings_say(qapp, clock, words, heard, qtbot, tmp_path):
    shell = demo_shell(clock)
    settings = load(None, {}, data_dir=str(tmp_path), click=shlex.join(words))
    click = _clicks(settings, shell.ctx)
    shell.ctx.gate.pressed.emit()
    qtbot.waitUntil(heard.exists)
    click.stop()
    quiet(qtbot)
    assert _clicks(load(None, {}, data_dir=str(tmp_path), click="off"), shell.ctx) is None


def test_the_doctor_says_which(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert _click(load(None, {}, data_dir=str(tmp_path))).detail == "pw-play"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    line = _click(load(None, {}, data_dir=str(tmp_path)))
    assert (line.ok, line.needed) == (False, False)
    assert "aplay" in line.detail
    assert "off" in _click(load(None, {}, data_dir=str(tmp_path), click="off")).detail
