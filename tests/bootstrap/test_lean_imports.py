"""PySide6 without its tools: nothing of them is compiled by a start, and whoever needs them finds them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.bootstrap.face import face_of, write_face
from kiosk.bootstrap.lean_imports import LATE
from kiosk.storage.storage import FILE_NAME as DATABASE
from kiosk.ui.strings import Strings
from tests.bootstrap.test_early import HEAVY
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk

LEAN = "from kiosk.bootstrap.lean_imports import lean_pyside; lean_pyside()\n"
WHAT_WAS_LOADED = """
import sys
from kiosk.bootstrap.lean_imports import LATE, LateModule
def loaded():
    modules = (sys.modules.get(name) for name in sorted(LATE))
    return [each.__name__ for each in modules if type(each) is not LateModule]
"""
#: Each says something that the tools of PySide have worded, as the first thing that a program does with it.
WRONG = {
    "a wrong type": "from PySide6.QtCore import QTimer\nQTimer().setInterval('soon')",
    "too much": "from PySide6.QtWidgets import QLabel\nQLabel.setText(1, 2, 3)",
    "no such name": "from PySide6.QtCore import QTimer\nQTimer(soon=True)",
    "another's": "from PySide6.QtGui import QColor\nQColor('red').setRed(QColor())",
}
TOLD = "\nexcept Exception as error:\n    print(type(error).__name__, error)\n"
STARTED = """
import os, sys
from kiosk.__main__ import main
class Ears:
    def write(self, text):
        if text.startswith("ready"):
            sys.stderr.write(" ".join(["loaded:", *loaded(), "imported:", *sys.modules]))
            sys.stderr.flush()
            os._exit(0)
    def flush(self):
        pass
sys.stdout = Ears()
main(["--data-dir", sys.argv[1], "run", "--size", "1080x1920"])
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GIG_KIOSK_KEY_SOURCE": "file"}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )


def test_nothing_of_pyside_s_tools_is_loaded_by_importing_it() -> None:
    script = WHAT_WAS_LOADED + LEAN + "import PySide6.QtWidgets, PySide6.QtSvg\nprint(loaded())"
    assert run(script).stdout.strip() == "[]"


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_call_is_told_as_ever(wrong: str) -> None:
    script = "try:\n    " + wrong.replace("\n", "\n    ") + TOLD
    plain, lean = run(script).stdout, run(LEAN + script).stdout
    assert plain.strip() != ""
    assert lean == plain


def test_each_of_the_tools_is_there_when_it_is_asked_for() -> None:
    asked = "\n".join(
        f"import {name}; hasattr({name}, 'soon'); print({name}.__file__)" for name in sorted(LATE)
    )
    assert run(LEAN + asked).stdout == run("import PySide6.QtCore\n" + asked).stdout


def test_the_import_from_before_is_put_back() -> None:
    script = LEAN + "import builtins; print(builtins.__import__ is builtins.__feature_import__)"
    assert run(script).stdout.strip() == "False"


def test_a_start_needs_none_of_it(tmp_path: Path, qapp: object) -> None:
    kiosk = open_kiosk(tmp_path, FakeClock())
    assert kiosk.config is not None
    face = face_of(kiosk.config, kiosk.services().catalogue, Strings(strict=True).words)
    write_face(tmp_path / "data", DATABASE, face)
    kiosk.close()
    done = run(WHAT_WAS_LOADED + STARTED, str(tmp_path / "data"))
    loaded, _, imported = done.stderr.partition("loaded:")[2].partition("imported:")
    assert loaded.strip() == ""
    assert "PySide6.QtWidgets" in imported.split()
    assert HEAVY & set(imported.split()) == set()
