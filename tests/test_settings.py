"""Settings: who wins, and what is said about a mistake."""

from dataclasses import fields
from pathlib import Path

import pytest

from kiosk import settings as settings_module
from kiosk.settings import KeySource, LogLevel, Settings, SettingsError, load


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kiosk.toml"


def test_defaults_run_on_a_fresh_machine(own_home):
    settings = load(environment={})
    assert own_home in settings.data_dir.parents
    assert settings.slip_dir == settings.data_dir / "slips"
    assert settings.city_data_dir == settings.data_dir / "city"
    assert (settings.key_source, settings.language, settings.kiosk_mode) == (KeySource.AUTO, "zh_CN", False)
    assert (settings.city_host, settings.city_port, settings.city_dsn) == ("127.0.0.1", 8371, "")


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(file):
    file.write_text('data_dir = "/file"\nlanguage = "en"\ncity_port = 1\nlog_level = "debug"\n')
    environment = {"GIG_KIOSK_DATA_DIR": "/environment", "GIG_KIOSK_CITY_PORT": "2", "OTHER": "x"}
    settings = load(file, environment, data_dir="/line", kiosk_mode=None)
    assert settings.data_dir == Path("/line")
    assert settings.slip_dir == Path("/line/slips")
    assert (settings.city_port, settings.language, settings.log_level) == (2, "en", LogLevel.DEBUG)
    assert settings.kiosk_mode is False


def test_the_file_of_this_machine_is_found_by_itself(own_home, monkeypatch):
    folder = own_home / "xdg_config_home" / "gig-kiosk"
    folder.mkdir(parents=True)
    (folder / "gig-kiosk.toml").write_text('language = "en"\n')
    assert load(environment={}).language == "en"


def test_folders_of_the_home_are_understood(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(environment={"GIG_KIOSK_DATA_DIR": "~/kiosk"}).data_dir == tmp_path / "kiosk"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"\n', "colour"),
        ('city_port = "many"\n', "city_port"),
        ('kiosk_mode = "perhaps"\n', "kiosk_mode"),
        ('key_source = "paper"\n', "key_source"),
        ('log_level = "loud"\n', "log_level"),
        ("restart_hour = 24\n", "restart_hour"),
        ('dark_from = "9:30"\n', "dark_from"),
        ('dark_from = "21:30"\n', "dark_until"),
        ("data_dir = \n", "kiosk.toml"),
        ("\xff", "kiosk.toml"),
    ],
)
def test_a_mistake_names_the_place(file, text, said):
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=said):
        load(file, {})


def test_an_unknown_variable_is_a_mistake_too():
    with pytest.raises(SettingsError, match="data_dri"):
        load(environment={"GIG_KIOSK_DATA_DRI": "/x"})


def test_a_file_that_was_asked_for_must_be_there(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load(tmp_path / "none.toml", {})


def test_numbers_and_switches_come_as_texts_from_the_environment():
    settings = load(
        environment={
            "GIG_KIOSK_KIOSK_MODE": "true",
            "GIG_KIOSK_CITY_PORT": "0",
            "GIG_KIOSK_RESTART_HOUR": "-1",
            "GIG_KIOSK_DARK_FROM": "21:30",
            "GIG_KIOSK_DARK_UNTIL": "03:30",
        }
    )
    assert (settings.kiosk_mode, settings.city_port, settings.restart_hour) == (True, 0, -1)
    assert (settings.dark_from, settings.dark_until) == ("21:30", "03:30")


@pytest.mark.parametrize("one", ["DARK_FROM", "PANEL_OFF", "PANEL_ON"])
def test_what_goes_together(one):
    value = "21:30" if one == "DARK_FROM" else "xset dpms force on"
    with pytest.raises(SettingsError, match="go together"):
        load(environment={f"GIG_KIOSK_{one}": value})


@pytest.mark.parametrize("command", [" ", "sh -c 'half"])
def test_no_command(command):
    with pytest.raises(SettingsError, match="panel_off"):
        load(environment={"GIG_KIOSK_PANEL_OFF": command, "GIG_KIOSK_PANEL_ON": "true"})


def test_every_setting_can_be_read():
    assert settings_module._READERS.keys() == {each.name for each in fields(Settings)}
