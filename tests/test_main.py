"""The command line: what it says of itself, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.__main__ import _quick, build_parser, main
from kiosk.storage.keys import FILE_NAME as KEY_FILE
from kiosk.storage.storage import FILE_NAME
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk


def test_help_says_what_each_command_does(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for command in ("run", "demo", "city", "doctor", "staff-pin", "--settings", "--data-dir", "--version"):
        assert command in said


@pytest.mark.parametrize(
    "given",
    [
        "",
        "run --size small",
        "run --size",
        "run --size=100x100",
        "run --data-dir here",
        "--size 100x100 run",
        "--kiosk-mode run",
        "--data-dir -x run",
        "run --kiosk",
        "run --soon",
        "run run",
        "run --help",
        "--help run",
        "--hel run",
        "--version run",
        "--data-dir run",
        "--data-dir run city --soon",
        "--data-dir run x",
        "doctor run",
    ],
)
def test_what_is_not_plain_is_not_for_the_quick_eye(given):
    assert _quick(given.split()) is None


@pytest.mark.parametrize(
    "given",
    [
        "run",
        "run --kiosk-mode",
        "--data-dir some/where run --size 1080x1920",
        "--data-dir run run --size 720x1280 --kiosk-mode",
        "--settings a.toml --data-dir b run",
        "--data-dir a --data-dir b run --size 100x100 --size 200X200",
    ],
)
def test_the_quick_eye_reads_what_the_whole_command_line_reads(given):
    quick = _quick(given.split())
    assert quick is not None
    assert vars(quick) == vars(build_parser().parse_args(given.split()))


@pytest.mark.parametrize(
    "command", ["run", "demo", "doctor", "staff-pin", "city", "city enroll", "city serve", "city quarantine"]
)
def test_each_command_has_help_of_its_own(capsys, command):
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert command.split()[-1] in capsys.readouterr().out


@pytest.mark.parametrize(
    "tool",
    [
        "prepare",
        "create",
        "serve",
        "enroll",
        "devices",
        "quarantine",
        "import-courier",
        "export-courier",
        "revoke",
        "backup",
        "restore-drill",
        "after-restore",
    ],
)
def test_the_citys_tools_teach_by_example(capsys, tool):
    with pytest.raises(SystemExit):
        main(["city", "--help"])
    assert f"  {tool} " in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["city", tool, "--help"])
    said = capsys.readouterr().out
    assert f"city {tool}" in said.partition("example:")[2]
    assert len(said.splitlines()) > 8


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert __version__ in capsys.readouterr().out


def test_no_command_shows_help_and_is_an_error(capsys):
    assert main([]) == 2
    assert "COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["fly"], ["city"], ["run", "--colour"], ["demo", "--seed", "x"]])
def test_wrong_arguments_end_with_two(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_wrong_settings_are_said_in_one_line(capsys, tmp_path):
    file = tmp_path / "kiosk.toml"
    file.write_text('colour = "red"\n')
    assert main(["--settings", str(file), "doctor"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("gig-kiosk: settings:")
    assert "colour" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", ["run", "demo"])
@pytest.mark.parametrize("size", ["big", "1080", "1080x", "0x0", "-5x9"])
def test_a_window_size_that_is_none_is_said(capsys, tmp_path, command, size):
    with pytest.raises(SystemExit) as ended:
        main(["--data-dir", str(tmp_path), command, f"--size={size}"])
    assert ended.value.code == 2
    assert "--size" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help_is_quick_because_it_loads_no_room():
    code = (
        "import sys\nfrom kiosk.__main__ import build_parser\nbuild_parser().format_help()\n"
        "sys.exit(' '.join(name for name in ('PySide6', 'sqlalchemy', 'msgspec') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


# --- doctor


def doctor(capsys, folder: Path) -> tuple[int, dict]:
    code = main(["--data-dir", str(folder), "doctor", "--json"])
    return code, json.loads(capsys.readouterr().out)


def line(report: dict, name: str) -> dict:
    return next(each for each in report["lines"] if each["name"] == name)


def test_a_fresh_machine_is_ready_and_nothing_is_made(capsys, qapp, tmp_path):
    code, report = doctor(capsys, tmp_path / "new")
    assert (code, report["ready"]) == (0, True), report
    assert "no database yet" in line(report, "storage")["detail"]
    names = [each["name"] for each in report["lines"]]
    assert {"clock", "disk", "reference", "fonts", "storage", "screen", "handwriting"} <= set(names)
    assert not (tmp_path / "new").exists()


@pytest.fixture
def set_up(tmp_path, qapp, monkeypatch) -> Path:
    open_kiosk(tmp_path, FakeClock()).close()
    monkeypatch.setenv("GIG_KIOSK_KEY_SOURCE", "file")
    return tmp_path / "data"


def test_a_station_that_works_alone_is_ready(capsys, set_up):
    code, report = doctor(capsys, set_up)
    assert (code, report["ready"]) == (0, True), report
    assert line(report, "station")["detail"] == "WHC1 环翠零工驿站"
    sync = line(report, "sync")
    assert (sync["ok"], sync["needed"]) == (False, False)
    assert main(["--data-dir", str(set_up), "doctor"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "ready"


def test_a_text_file_for_a_database_is_not_ready_and_left_alone(capsys, set_up):
    (set_up / FILE_NAME).write_text("hello\n" * 1000)
    code, report = doctor(capsys, set_up)
    assert (code, report["ready"]) == (1, False)
    assert "D-07" in line(report, "storage")["detail"]
    assert (set_up / FILE_NAME).read_text() == "hello\n" * 1000
    assert main(["--data-dir", str(set_up), "doctor"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "not ready"
    assert any(each.startswith("FAIL storage") for each in said)


def test_a_missing_key_is_not_ready_and_not_replaced(capsys, set_up):
    (set_up / KEY_FILE).unlink()
    code, report = doctor(capsys, set_up)
    assert code == 1
    assert "D-11" in line(report, "storage")["detail"]
    assert not (set_up / KEY_FILE).exists()
