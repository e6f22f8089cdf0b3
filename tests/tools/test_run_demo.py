"""The launcher starts a screen when there is none, and leaves nothing behind, however it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools import fake_programs as fakes
from tools.terminal import ToolError
from tools.virtual_display import ScreenSize, screen_size

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = """
import os, sys
from tools.run_demo import run
from tools.terminal import main_guard
from tools.virtual_display import ScreenSize
main_guard(lambda: run(sys.argv[1:], ScreenSize(width=800, height=600), environ=os.environ))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    process: subprocess.Popen[str]
    pids: Path
    temporary: Path

    def wait_ready(self) -> list[str]:
        """Read what the launcher says until the demo is ready."""
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if line.startswith("ready in"):
                return lines
        raise AssertionError("\n".join(lines))

    def end(self) -> tuple[int, str]:
        """Wait for the launcher's end; return its code and what it said."""
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said

    def pid(self, name: str) -> int:
        return int((self.pids / name).read_text())

    def left_behind(self) -> list[str]:
        """Return the names of fake programs that still run, and of files that were not removed."""
        names = ("xvfb", "openbox", "x11vnc", "demo", "server")
        running = [name for name in names if (self.pids / name).exists() and fakes.alive(self.pid(name))]
        return running + [path.name for path in self.temporary.iterdir()]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator:
    """Start the launcher on fake programs; whatever survives a failing test is ended afterwards."""
    programs, pids, temporary = tmp_path / "bin", tmp_path / "pids", tmp_path / "tmp"
    pids.mkdir()
    temporary.mkdir()
    fakes.write_program(programs, "Xvfb", fakes.XVFB)
    fakes.write_program(programs, "openbox", fakes.WINDOW_MANAGER)
    fakes.write_program(programs, "x11vnc", fakes.VNC)
    demo = fakes.write_program(programs, "demo", fakes.DEMO)
    started: list[Launched] = []

    def start(*arguments: str, **env: str) -> Launched:
        clean = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(demo), *arguments],
            cwd=ROOT,
            env=clean
            | {"PATH": fakes.path_with(programs), "PIDS": str(pids), "TMPDIR": str(temporary)}
            | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(Launched(process=process, pids=pids, temporary=temporary))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        one.process.stdout.close()
        for note in pids.glob("[a-z]*"):
            text = note.read_text()
            if text.isdecimal() and fakes.alive(int(text)):
                os.kill(int(text), signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_that_was_started(launch, number):
    launched = launch()
    launched.wait_ready()
    launched.process.send_signal(number)
    code, _ = launched.end()
    assert code == 0
    assert launched.left_behind() == []


def test_a_demo_that_ends_takes_the_screen_with_it_and_hands_on_its_code(launch):
    launched = launch("end")
    code, _ = launched.end()
    assert code == 7
    assert launched.left_behind() == []


def test_a_demo_that_is_killed_leaves_no_server_behind(launch):
    launched = launch("crash")
    code, _ = launched.end()
    assert code == 128 + signal.SIGKILL
    assert launched.left_behind() == []


def test_ctrl_c_twice_still_ends_everything(launch):
    launched = launch()
    launched.wait_ready()
    launched.process.send_signal(signal.SIGINT)
    launched.process.send_signal(signal.SIGINT)
    launched.end()
    assert launched.left_behind() == []


def test_it_says_how_to_look_and_the_password_is_not_among_the_arguments(launch):
    launched = launch()
    said = "\n".join(launched.wait_ready())
    arguments = (launched.pids / "vnc-arguments").read_text().splitlines()
    password_file = Path(arguments[arguments.index("-passwdfile") + 1])
    password = password_file.read_text().strip()
    port = arguments[arguments.index("-rfbport") + 1]
    assert password_file.stat().st_mode & 0o777 == 0o600
    assert password_file.parent.stat().st_mode & 0o777 == 0o700
    assert f"vncviewer localhost:{port}" in said
    assert f"password:       {password} " in said
    assert password not in arguments
    assert "-localhost" in arguments
    assert (launched.pids / "demo-display").read_text() == ":77"
    assert (launched.pids / "demo-size").read_text() == "800x600"


def test_a_vnc_server_that_does_not_start_is_told_and_the_rest_ends(launch, tmp_path):
    fakes.write_program(tmp_path / "bin", "x11vnc", "import sys; sys.exit('no such extension')")
    code, said = launch().end()
    assert code == 1
    assert "x11vnc ended with code 1" in said
    assert "no such extension" in said


def test_a_missing_program_is_named(launch, tmp_path):
    (tmp_path / "bin" / "Xvfb").unlink()
    launched = launch(PATH=str(tmp_path / "bin"))
    code, said = launched.end()
    assert code == 1
    assert "Xvfb is not installed" in said
    assert launched.left_behind() == []


def test_a_screen_that_is_there_is_used(launch, tmp_path):
    """A display that answers on its socket: nothing but the demo is started."""
    import socket

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-9"))
        server.listen()
        launched = launch(WAYLAND_DISPLAY="wayland-9", XDG_RUNTIME_DIR=str(tmp_path))
        said = launched.wait_ready()
        launched.process.send_signal(signal.SIGTERM)
        launched.end()
    assert said == ["ready in 0.1 s"]
    assert not (launched.pids / "xvfb").exists()
    assert launched.left_behind() == []


def test_a_real_window_system_opens_and_only_its_cookie_opens_it(tmp_path):
    """The real Xvfb, openbox and x11vnc; Qt connects with the cookie, and not without."""
    demo = (
        "import os, subprocess, sys\n"
        "ask = 'from PySide6.QtGui import QGuiApplication as A; s = A([]).primaryScreen().size();"
        " print(s.width(), s.height())'\n"
        "print(subprocess.run([sys.executable, '-c', ask], capture_output=True, text=True).stdout.strip())\n"
        "stranger = dict(os.environ, XAUTHORITY=os.devnull)\n"
        "print(subprocess.run([sys.executable, '-c', ask], env=stranger, capture_output=True).returncode != 0)\n"
    )
    clean = {
        k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    answer = subprocess.run(
        [sys.executable, "-c", LAUNCH, sys.executable, "-c", demo],
        cwd=ROOT,
        env=clean | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-2:] == ["800 600", "True"], answer.stdout + answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_size_follows_the_orientation_unless_it_is_given():
    assert screen_size("landscape", "") == ScreenSize(width=1920, height=1080)
    assert screen_size("portrait", "") == ScreenSize(width=1080, height=1920)
    assert screen_size("portrait", "1280X800") == ScreenSize(width=1280, height=800)


@pytest.mark.parametrize(
    ("orientation", "size"),
    [
        ("upright", ""),
        ("portrait", "1280"),
        ("portrait", "1280x"),
        ("portrait", "10x10"),
        ("portrait", "-1x900"),
    ],
)
def test_a_size_without_sense_is_refused(orientation, size):
    with pytest.raises(ToolError):
        screen_size(orientation, size)
