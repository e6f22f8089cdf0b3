"""What the set-up thinks is missing, and when it has nothing to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import fake_programs as fakes
from tools import qt_libraries, setup
from tools.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = '[project]\nname = "x"\n[build-system]\nrequires = []\n'


@pytest.fixture
def clone(tmp_path: Path) -> Environment:
    """A clone whose environment stands complete, one system library included."""
    here = Environment(tmp_path / "clone")
    (here.root / "requirements").mkdir(parents=True)
    (here.root / "pyproject.toml").write_text(PYPROJECT)
    for level in ("run", "test", "build"):
        here.lock_file(level).write_text("a==1 \\\n    --hash=sha256:00\n")
    for program in (here.python, here.gig_kiosk):
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch()
    library = tmp_path / "libX.so.1"
    library.touch()
    here.mark_current("test", (str(library),))
    return here


def test_a_complete_clone_is_current_for_its_level_and_for_run(clone):
    assert clone.is_current("test")
    assert clone.is_current("run")
    assert not clone.is_current("build")


def test_a_new_lock_makes_the_set_up_run_again(clone):
    clone.lock_file("test").write_text("a==2 \\\n    --hash=sha256:00\n")
    assert not clone.is_current("test")
    assert clone.is_current("run")


def test_a_changed_project_table_makes_it_run_again_and_a_changed_tool_table_does_not(clone):
    (clone.root / "pyproject.toml").write_text(PYPROJECT + "[tool.ruff]\nline-length = 10\n")
    assert clone.is_current("run")
    (clone.root / "pyproject.toml").write_text(PYPROJECT.replace('"x"', '"y"'))
    assert not clone.is_current("run")


def test_a_vanished_system_library_or_program_is_noticed(clone, tmp_path):
    (tmp_path / "libX.so.1").rename(tmp_path / "away")
    assert not clone.is_current("run")
    (tmp_path / "away").rename(tmp_path / "libX.so.1")
    assert clone.is_current("run")
    clone.python.unlink()
    assert not clone.is_current("run")


@pytest.mark.parametrize("stamp", ["", "[]", "{", '{"key": 1}'])
def test_a_broken_stamp_counts_as_none(clone, stamp):
    (clone.venv / ".stamps" / "run.json").write_text(stamp)
    assert not clone.is_current("run")


def test_a_complete_clone_with_all_programs_asks_nothing_of_the_system(clone, tmp_path, monkeypatch, capsys):
    programs = tmp_path / "bin"
    for name in ("Xvfb", "openbox", "x11vnc", "chromium"):
        fakes.write_program(programs, name, "")
    monkeypatch.setenv("PATH", str(programs))  # no pip, no apt: any call of them would fail
    setup.set_up(clone, "test")
    assert capsys.readouterr().out == ""


def test_the_virtual_screen_is_only_wanted_where_there_is_none(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert setup.programs_for("run", has_display=True) == ()
    assert setup.programs_for("run", has_display=False) == setup.VIRTUAL_DISPLAY
    assert setup.BROWSER in setup.programs_for("test", has_display=True)
    monkeypatch.setattr(sys, "platform", "win32")
    assert setup.programs_for("test", has_display=True) == ()


LDD = """
import sys
for name in sys.argv[1:]:
    print(f"{name}:")
    print("\\tlinux-vdso.so.1 (0x00007ffe)")
    if "libqxcb" in name:
        print("\\tlibxcb-cursor.so.0 => not found\\n\\tlibX11.so.6 => /lib/libX11.so.6 (0x00007f00)")
        print(f"\\tlibQt6Core.so.6 => {sys.argv[1]} (0x00007f00)")
    if "speechd" in name:
        print("\\tlibspeechd.so.2 => not found\\n\\tlibxcb-cursor.so.0 => not found")
    if "libqeglfs" in name:
        print("\\tlibgbm.so.1 => not found")
"""


def test_libraries_that_ldd_does_not_find_are_sorted_into_needed_and_optional(tmp_path, monkeypatch):
    fakes.write_program(tmp_path / "bin", "ldd", LDD)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    plugins = tmp_path / "packages" / "PySide6" / "Qt" / "plugins"
    for name in (
        "platforms/libqxcb.so",
        "platforms/libqeglfs.so",
        "texttospeech/libqtexttospeech_speechd.so",
    ):
        (plugins / name).parent.mkdir(parents=True, exist_ok=True)
        (plugins / name).touch()
    state = qt_libraries.check(tmp_path / "packages", opened_by_name=["libc.so.6", "libnew.so.9"])
    assert state.needed == {"libxcb-cursor.so.0"}
    assert state.optional == {"libspeechd.so.2", "libnew.so.9"}
    assert state.found == ("/lib/libX11.so.6",)


def test_a_library_is_mapped_to_its_package_or_said_to_be_unknown():
    packages, unknown = qt_libraries.packages_for({"libgthread-2.0.so.0", "libglib-2.0.so.0", "libnew.so.9"})
    assert packages == [("libglib2.0-0t64", "libglib2.0-0")]
    assert unknown == ["libnew.so.9"]


def test_this_environment_has_all_that_qt_needs():
    import PySide6

    state = qt_libraries.check(Path(PySide6.__file__).parent.parent)
    assert state.needed == set()
    assert any("libxcb-cursor" in path for path in state.found)


def test_the_second_run_takes_less_than_a_second_of_work(clone):
    """Nothing heavy is imported before it is known that there is nothing to do."""
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import tools.setup"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    names = {line.rsplit("|", 1)[1].strip() for line in loaded.splitlines() if "|" in line}
    assert "tools.setup" in names
    assert names.isdisjoint({"PySide6", "pip", "ssl", "asyncio", "kiosk"})
