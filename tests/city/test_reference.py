"""Publishing reference data: checked, numbered, signed by one key; the gateway's rules follow."""

from dataclasses import replace

import pytest

from kiosk.bootstrap.city_reference import publish_reference
from kiosk.bootstrap.reference import load_rules, shipped_files
from kiosk.city.reference import CannotPublish, LivingRules, publish
from kiosk.protocol.reference_bundle import REFERENCE_ENTITY, opened
from kiosk.protocol.signing import SigningKey
from tests.city.stage import Kiosk

pytestmark = pytest.mark.postgres
KEY = SigningKey(bytes(32))


def with_trade(code="by-xin", name="新工种"):
    """The shipped set with one trade more."""
    files = dict(shipped_files())
    header, *rows = files["trades.csv"].splitlines()
    like = next(row for row in rows if row.split(",")[1:2] != [""] and "by-banyun" in row)
    new = like.replace("by-banyun", code, 1).replace(
        like.split(",")[header.split(",").index("name")], name, 1
    )
    files["trades.csv"] = "\n".join([header, *rows, new]) + "\n"
    return files


def test_versions_count_up_and_every_kiosk_is_shown_the_newest(city, kiosk):
    assert publish(city, shipped_files(), KEY).version == 1
    assert publish(city, with_trade(), KEY).version == 2
    seen = kiosk.sees("ref")
    bodies = [item.body for (entity, _), item in seen.items() if entity == REFERENCE_ENTITY]
    assert len(bodies) == 1
    bundle, key = opened(bytes(bodies[0]), KEY.public)
    assert (bundle.version, key) == (2, KEY.public)
    assert bundle.files == with_trade()


def test_what_is_broken_unchanged_or_signed_by_another_is_not_published(city):
    broken = {**shipped_files(), "minimum_wage.csv": "effective_from\nyesterday\n"}
    with pytest.raises(CannotPublish, match="minimum_wage"):
        publish(city, broken, KEY)
    with pytest.raises(CannotPublish, match="without"):
        publish(city, {"trades.csv": ""}, KEY)
    publish(city, shipped_files(), KEY)
    with pytest.raises(CannotPublish, match="differs"):
        publish(city, shipped_files(), KEY)
    with pytest.raises(CannotPublish, match="another key"):
        publish(city, with_trade(), SigningKey(bytes(range(32))))
    assert city.store.run(lambda tx: tx.reference()).version == 1


def test_of_two_who_publish_at_once_the_second_is_told_so(city):
    def overtaken():
        publish(city, shipped_files(), KEY)
        return city.now()

    slower = replace(city, now=overtaken)  # has read what is newest, and has not written yet
    with pytest.raises(CannotPublish, match="somebody else"):
        publish(slower, with_trade(), KEY)
    assert city.store.run(lambda tx: tx.reference()).version == 1


def test_a_kiosk_learns_the_key_when_it_enrols(city, market):
    assert Kiosk(city, market, "WH03").enroll().enrolled.reference_key == b""
    publish(city, shipped_files(), KEY)
    assert Kiosk(city, market, "WH04").enroll().enrolled.reference_key == KEY.public


def test_the_gateways_rules_follow_what_was_published(city):
    rules = LivingRules(load_rules())
    assert not rules.refresh(city.store)
    assert not rules.knows_trade("by-xin")
    publish(city, with_trade(), KEY)
    assert rules.refresh(city.store)
    assert not rules.refresh(city.store)
    assert rules.version == 1
    assert rules.knows_trade("by-xin")
    assert rules.adults_only("by-xin") == rules.adults_only("by-banyun")
    assert rules.knows_region("371002")


def test_the_command_makes_a_key_that_only_its_owner_reads_and_says_why_not(city, tmp_path):
    said = []
    folder = tmp_path / "set"
    folder.mkdir()
    key = tmp_path / "reference.key"
    assert publish_reference(city, folder, key, said.append) == 1
    assert "not published" in said[-1]
    for name, text in shipped_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    assert publish_reference(city, folder, key, said.append) == 0
    assert "version 1 is published" in said[-1]
    assert key.stat().st_mode & 0o777 == 0o600
    (folder / "trades.csv").write_text(with_trade()["trades.csv"], encoding="utf-8")
    assert publish_reference(city, folder, key, said.append) == 0
    assert "version 2" in said[-1]
    key.write_text("no key", encoding="ascii")
    assert publish_reference(city, folder, key, said.append) == 1
