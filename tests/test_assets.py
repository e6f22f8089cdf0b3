"""Assets are found from a checkout and from a frozen program, and a missing one is named."""

import sys

import pytest

from kiosk import assets


@pytest.fixture
def _fresh_lookup():
    assets.assets_root.cache_clear()
    yield
    assets.assets_root.cache_clear()


def test_the_checkout_has_its_strings():
    assert assets.asset_path("strings", "zh_CN").is_dir()


@pytest.mark.usefixtures("_fresh_lookup")
def test_a_frozen_program_looks_below_its_own_folder(tmp_path, monkeypatch):
    (tmp_path / "assets" / "icons").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert assets.asset_path("icons") == tmp_path / "assets" / "icons"


@pytest.mark.usefixtures("_fresh_lookup")
def test_an_installation_without_assets_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(assets.AssetMissing) as caught:
        assets.asset_path("icons")
    assert caught.value.path == tmp_path / "assets"


def test_a_missing_asset_is_named():
    with pytest.raises(assets.AssetMissing) as caught:
        assets.asset_path("icons", "no-such-icon.svg")
    assert caught.value.path.name == "no-such-icon.svg"


def test_nothing_outside_is_handed_out():
    with pytest.raises(ValueError, match="not below the assets folder"):
        assets.asset_path("..", "pyproject.toml")
