"""The files of ``deploy/``: they parse, and every option, path and status in them is one of this program."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kiosk.__main__ import build_parser
from kiosk.bootstrap.status import Exit
from kiosk.settings import load

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
TIMERS = sorted(DEPLOY.glob("systemd/*.timer"))
PROGRAM = "/opt/gig-kiosk/gig-kiosk"
SETTINGS = "/etc/gig-kiosk/kiosk.toml"
CITY_SETTINGS = "/etc/gig-city/city.toml"
USER, CITY_USER = "gig-kiosk", "gig-city"
#: Every service of ours, the kiosk's and the city's, has at least these.
HARD = {
    "NoNewPrivileges": "yes",
    "ProtectHome": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes",
    "RestrictSUIDSGID": "yes",
    "UMask": "0077",
}
#: Programs of the system that a test machine need not have.
OF_THE_SYSTEM = ("/usr/bin/cage", "/usr/bin/xinit", "/usr/bin/openbox", "/usr/bin/Xorg")
RULE = re.compile(r'[A-Z_]+(?:\{[^}]+\})?\s*(?:==|!=|=|\+=|:=)\s*"[^"]*"')
FRONT = {"2018": "http://schemas.microsoft.com/ShellLauncher/2018/Configuration"}


class Unit(configparser.RawConfigParser):
    """A unit file; the same key may stand in it several times."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        self.optionxform = str
        self.read(path, encoding="utf-8")


def command_of(unit: Unit) -> list[str]:
    """The arguments of our program in a unit; [] for units that start something else."""
    words = shlex.split(unit["Service"]["ExecStart"])
    if words[:2] == ["/bin/sh", "-c"]:
        words = shlex.split(words[2].replace("$$", "$").replace("%%", "%"))
    return words[words.index(PROGRAM) + 1 :] if PROGRAM in words else []


STARTED = [path for path in UNITS if command_of(Unit(path))]
OURS = [path for path in STARTED if path.name.startswith("gig-kiosk-")]
CITY = [path for path in STARTED if path not in OURS]


def test_there_is_a_unit_for_each_way():
    assert {path.name for path in OURS} == {"gig-kiosk-cage.service", "gig-kiosk-x11.service"}
    assert {path.name for path in CITY} == {
        "gig-city.service",
        "gig-city-backup.service",
        "gig-city-drill.service",
    }


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd here; the parser below looks too"
)
def test_systemd_finds_nothing_wrong(tmp_path):
    for path in (*UNITS, *TIMERS):
        text = path.read_text(encoding="utf-8")
        for program in (PROGRAM, *OF_THE_SYSTEM):
            text = text.replace(f"ExecStart={program}", "ExecStart=/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / path.name) for path in (*UNITS, *TIMERS)]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )
    about_ours = [line for line in done.stderr.splitlines() if "gig-" in line]
    assert (done.returncode, about_ours) == (0, []), done.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_whole(path):
    unit = Unit(path)
    assert {"Unit", "Service"} <= set(unit.sections()) <= {"Unit", "Service", "Install"}
    assert unit["Service"]["User"] == (CITY_USER if path in CITY else USER)
    for name in ("Requires", "PartOf", "Conflicts"):
        for other in unit["Unit"].get(name, "").split():
            assert other.startswith("getty@") or (DEPLOY / "systemd" / other).is_file(), other


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_units_start_the_program_as_it_is(path):
    unit = Unit(path)
    options = build_parser().parse_args(command_of(unit))
    assert (options.command, options.kiosk_mode, str(options.settings)) == ("run", True, SETTINGS)
    service = unit["Service"]
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) >= 30
    below_a_compositor = shlex.split(service["ExecStart"])[0] != PROGRAM
    assert (service.get("NotifyAccess") == "all") is below_a_compositor
    for_good = {str(int(each)) for each in (Exit.RUNNING_ALREADY, Exit.BY_STAFF)}
    assert set(service["RestartPreventExitStatus"].split()) == for_good
    assert set(service["SuccessExitStatus"].split()) == for_good | {str(int(Exit.AGAIN))}
    assert service["Restart"] == "always"
    assert f"/var/lib/{service['StateDirectory']}" == str(load(DEPLOY / "kiosk.toml", {}).data_dir)


@pytest.mark.parametrize("path", STARTED, ids=lambda path: path.name)
def test_services_are_hardened(path):
    service = Unit(path)["Service"]
    assert {name: service.get(name) for name in HARD} == HARD
    assert service["ProtectSystem"] == ("full" if "cage" in path.name else "strict")
    if path in CITY:  # no screen, no printer, no sound
        assert (service["PrivateDevices"], service["CapabilityBoundingSet"]) == ("yes", "")


@pytest.mark.parametrize(
    ("name", "tool"),
    [("gig-city", "serve"), ("gig-city-backup", "backup"), ("gig-city-drill", "restore-drill")],
)
def test_units_of_the_city_start_its_tools_as_they_are(name, tool):
    unit = Unit(DEPLOY / "systemd" / f"{name}.service")
    service, options = unit["Service"], build_parser().parse_args(command_of(unit))
    assert (options.command, options.tool, str(options.settings)) == ("city", tool, CITY_SETTINGS)
    assert (service["Type"], service.get("Restart")) == (
        ("exec", "always") if tool == "serve" else ("oneshot", None)
    )
    settings = load(DEPLOY / "city.toml", {})
    assert settings.city_dsn.startswith("postgresql://city_gateway@")
    assert f"/var/lib/{service['StateDirectory']}" == str(settings.data_dir)
    folders = (DEPLOY / "tmpfiles" / "gig-city.conf").read_text(encoding="utf-8")
    if tool != "serve":
        folder = service["ReadWritePaths"]
        assert f"d {folder} 0700 gig-city gig-city -" in folders
        given = options.file.parent if tool == "backup" else options.place
        assert str(given) == folder
        assert "OWNER_DSN" in options.owner_dsn
    if tool == "backup":  # what the drill, and the tidying up, look for
        assert options.file.match("city-*.dump")


@pytest.mark.parametrize(
    ("name", "when"),
    [("gig-city-backup", "*-*-* 01:30:00"), ("gig-city-drill", "Sun *-*-* 02:30:00")],
)
def test_timers_belong_to_a_service_and_make_up_for_a_machine_that_was_off(name, when):
    path = DEPLOY / "systemd" / f"{name}.timer"
    unit = Unit(path)
    assert path in TIMERS
    assert path.with_suffix(".service") in CITY
    assert (unit["Timer"]["OnCalendar"], unit["Timer"]["Persistent"]) == (when, "true")
    assert unit["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell here")
def test_a_good_backup_takes_the_fifteenth_away_and_no_other(tmp_path):
    """The line of the unit, run on another folder: the newest fourteen stay."""
    unit = Unit(DEPLOY / "systemd" / "gig-city-backup.service")
    line = shlex.split(unit["Service"]["ExecStartPost"])[2].replace("/var/backups/gig-city", str(tmp_path))
    for number in range(16):
        made = tmp_path / f"city-2026-11-{number + 1:02}T0130.dump"
        made.write_bytes(b"")
        os.utime(made, (number, number))
    (tmp_path / "readme.txt").write_bytes(b"")
    subprocess.run(["sh", "-c", line], check=True)
    left = sorted(each.name for each in tmp_path.iterdir())
    assert (len(left), left[0], left[-1]) == (15, "city-2026-11-03T0130.dump", "readme.txt")


@pytest.mark.parametrize("name", ["kiosk.toml", "windows/kiosk.toml"])
def test_settings_are_settings_of_this_program(name):
    settings = load(DEPLOY / name, {})
    assert settings.kiosk_mode
    assert settings.dark_until < "04:00", "the market opens at four"


def test_openbox_has_no_key_and_no_menu():
    root = ET.parse(DEPLOY / "openbox" / "rc.xml").getroot()
    names = [each.tag.rpartition("}")[2] for each in root.iter()]
    assert root.tag == "{http://openbox.org/3.4/rc}openbox_config"
    assert "keybind" not in names
    actions = {each.get("name") for each in root.iter() if each.tag.endswith("action")}
    assert actions == {"Focus", "Raise"}
    assert {each.get("name") for each in root.iter() if each.tag.endswith("context")} == {"Client"}


def test_udev_rules_are_rules():
    lines = [
        line
        for line in (DEPLOY / "udev" / "70-gig-kiosk.rules").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(lines) >= 4
    for line in lines:
        parts = [each.strip() for each in line.split(", ")]
        assert all(RULE.fullmatch(each) for each in parts), line
        groups = re.findall(r'GROUP="([^"]*)"', line)
        assert groups in ([], [USER])


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("tmpfiles/gig-kiosk.conf", r"d /\S+ 0[0-7]{3} (root|gig-kiosk) gig-kiosk -"),
        ("sysusers/gig-kiosk.conf", r'(u gig-kiosk - "[^"]+" /var/lib/gig-kiosk|m gig-kiosk [a-z]+)'),
        ("tmpfiles/gig-city.conf", r"d /\S+ 0[0-7]{3} (root|gig-city) gig-city -"),
        ("sysusers/gig-city.conf", r'u gig-city - "[^"]+" /var/lib/gig-city'),
        ("sysctl/60-gig-kiosk.conf", r"[a-z_.]+ = \d+"),
        ("apt/52gig-kiosk", r'[A-Za-z:-]+( "[^"]+"| \{ "[^"]+"; \});'),
        ("xorg/10-gig-kiosk.conf", r'(Section "ServerFlags"|    Option "\w+" "\w+"|EndSection)'),
        ("logind/gig-kiosk.conf", r"(\[Login\]|[A-Za-z]+=\w+)"),
        ("journald/gig-kiosk.conf", r"(\[Journal\]|[A-Za-z]+=\w+)"),
    ],
)
def test_lines_have_the_form_that_their_reader_wants(name, form):
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith(("#", "//"))]
    assert said
    for line in said:
        assert re.fullmatch(form, line), line


def test_the_shell_launcher_starts_the_program_and_knows_its_statuses():
    root = ET.parse(DEPLOY / "windows" / "ShellLauncher.xml").getroot()
    profile = root.find(".//2018:Profile[@Id]/2018:Shell/..", FRONT)
    assert profile is not None
    shell = profile.find("2018:Shell", FRONT)
    words = shell.get("Shell").split()
    assert words[0].endswith(r"\gig-kiosk.exe")
    assert build_parser().parse_args(words[1:]).kiosk_mode
    actions = {
        int(each.get("ReturnCode")): each.get("Action")
        for each in shell.iterfind(".//2018:ReturnCodeAction", FRONT)
    }
    assert actions == {
        Exit.RUNNING_ALREADY: "DoNothing",
        Exit.BY_STAFF: "DoNothing",
        Exit.AGAIN: "RestartShell",
    }
    assert shell.find("2018:DefaultAction", FRONT).get("Action") == "RestartShell"
    ids = [each.get("Id") for each in root.iterfind(".//2018:Profile", FRONT)]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_every_file_is_in_the_handbook():
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    files = [path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*") if path.is_file()]
    assert [name for name in files if name not in told] == []
    assert [name for name in re.findall(r"deploy/[\w./-]*\w", told) if not (ROOT / name).exists()] == []


def test_the_handbook_knows_every_status():
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for status in Exit:
        assert re.search(rf"^\| {int(status)} \|", told, re.MULTILINE), status
