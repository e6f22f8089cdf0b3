"""The panel's own light is switched by the machine's commands."""

import sys
from datetime import UTC, datetime

import pytest

from kiosk.bootstrap import backlight as module
from kiosk.bootstrap.backlight import Backlight
from kiosk.bootstrap.window import _backlight
from kiosk.settings import load
from kiosk.ui.dark import REST_S, DarkHours, Darkness
from kiosk.ui.tasks import Tasks
from tests.fakes import FakeClock
from tests.ui.demo import demo_shell


@pytest.fixture
def tasks(qapp):
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def said(tmp_path):
    """The file into which both commands write."""
    return tmp_path / "said"


def command(said, word: str, *, gate: str = "") -> str:
    """Writes a word into the file, once there is another file."""
    code = f"import os\nwhile {gate!r} and not os.path.exists({gate!r}): pass\nopen({str(said)!r}, 'a').write({word!r})"
    return f'{sys.executable} -S -c "{code}"'


def test_off_and_on(tasks, said, qtbot):
    light = Backlight(command(said, "0"), command(said, "1"), tasks)
    light.start()
    qtbot.waitUntil(lambda: not tasks.busy)
    light.darken()
    qtbot.waitUntil(lambda: not tasks.busy)
    light.lighten()
    light.stop()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert said.read_text() == "101"


def test_what_was_asked_last_is_so_in_the_end(tasks, said, qtbot, tmp_path):
    gate = tmp_path / "gate"
    light = Backlight(command(said, "0", gate=str(gate)), command(said, "1"), tasks)
    light.darken()
    light.lighten()
    light.darken()
    light.lighten()
    gate.touch()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert said.read_text() in {"01", "1"}


@pytest.mark.parametrize(
    ("broken", "word"), [("/nowhere/at-all", "FileNotFoundError"), ("false", "status 1")]
)
def test_a_command_that_fails_is_a_line_in_the_log(tasks, qtbot, caplog, broken, word):
    light = Backlight(broken, broken, tasks)
    light.darken()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert word in caplog.text


def test_a_command_that_hangs_is_given_up(tasks, qtbot, caplog, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    light = Backlight(f'{sys.executable} -S -c "while True: pass"', "true", tasks)
    light.darken()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "TimeoutExpired" in caplog.text


def test_the_packed_programs_libraries_are_not_the_commands(tasks, said, qtbot, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/packed")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/own")
    code = f"import os; open({str(said)!r}, 'w').write(os.environ['LD_LIBRARY_PATH'])"
    Backlight(f'{sys.executable} -S -c "{code}"', "true", tasks).darken()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert said.read_text() == "/own"


def test_no_commands_nothing_is_run(tasks):
    light = Backlight("", "", tasks)
    light.start()
    light.darken()
    assert not tasks.busy


def test_the_window_switches_it_with_the_dark_hours(qapp, qtbot, said):
    shell = demo_shell(FakeClock(datetime(2026, 11, 21, 13, 30, tzinfo=UTC)))
    shell.start()
    ctx = shell.ctx
    darkness = Darkness(ctx, DarkHours.of("21:00", "03:30"), shell)
    settings = load(
        environment={"GIG_KIOSK_PANEL_OFF": command(said, "0"), "GIG_KIOSK_PANEL_ON": command(said, "1")}
    )
    _kept = _backlight(settings, ctx, darkness)
    ctx.clock.advance(REST_S)
    darkness.look()
    qtbot.waitUntil(lambda: not ctx.tasks.busy)
    ctx.gate.stir()
    qtbot.waitUntil(lambda: not ctx.tasks.busy)
    assert said.read_text() == "01"
    assert _backlight(load(environment={}), ctx, darkness) is None
    shell.leave()
