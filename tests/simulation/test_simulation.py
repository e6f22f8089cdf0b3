"""The simulation itself: many seeds without a violation, each deliberate fault found, the same seed twice the same."""

import logging
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.simulation.hard_weathers import WEATHERS
from tests.simulation.mutants import MUTANTS, SHOWN_IN
from tests.simulation.network import in_this_thread
from tests.simulation.postgres import PostgresWithBackups
from tests.simulation.world import FIRMS, PEOPLE, STORM, Outcome, simulate

ROOT = Path(__file__).resolve().parents[2]
#: Each deliberate fault is found within so many seeds.
BOUND = 80
STEPS = 60
#: What has happened in a weather at the least, or its seeds prove less than they say.
SHOWS = {
    "against": {"city promotes": 5, "rows lost": 30},
    "shut out": {"kiosk shut out": 10, "city takes places back": 1, "sync sync.revoked": 8},
    "people": {"worker.merge/1 accepted": 8, "worker.remember/1 accepted": 4, "rows lost": 27},
    "sticks": {"stick good": 20, "stick courier.city_restored": 1, "power cut": 4},
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A storm writes many warnings."""
    logging.disable(logging.CRITICAL)
    with in_this_thread():
        yield
    logging.disable(logging.NOTSET)


def played(seed: int) -> Outcome:
    logging.disable(logging.CRITICAL)
    with in_this_thread():
        outcome = simulate(seed, STEPS)
    outcome.trace = outcome.trace[-40:] if outcome.violation else []
    return outcome


def played_with_firms(seed: int) -> Outcome:
    logging.disable(logging.CRITICAL)
    with in_this_thread():
        outcome = simulate(seed, STEPS, weather=FIRMS)
    outcome.trace = outcome.trace[-40:] if outcome.violation else []
    return outcome


def played_in(name: str, seed: int) -> Outcome:
    logging.disable(logging.CRITICAL)
    with in_this_thread():
        outcome = simulate(seed, STEPS, weather=WEATHERS[name])
    outcome.trace = outcome.trace[-40:] if outcome.violation else []
    return outcome


def killed_by(name: str) -> tuple[int, str]:
    """The first seed in which a mutant is found, 0 when it lives; and what is wrong with that seed without it."""
    logging.disable(logging.CRITICAL)
    weather = SHOWN_IN.get(name, STORM)
    with in_this_thread():
        with MUTANTS[name]():
            bad = (seed for seed in range(1, BOUND + 1) if simulate(seed, STEPS, weather=weather).violation)
            found = next(bad, 0)
        return found, simulate(found, STEPS, weather=weather).violation if found else ""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_hundred_seeds_lose_nothing_oversell_nothing_and_leak_nothing():
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = list(pool.map(played, range(1000, 1200), chunksize=10))
    broken = [
        f"seed {each.seed}: {each.violation}\n" + "\n".join(each.trace) for each in outcomes if each.violation
    ]
    assert not broken, "\n\n".join(broken)
    faults = sum((each.faults for each in outcomes), Counter())
    # Every kind of bad luck has happened, or the seeds prove less than they say.
    for kind in (
        "response lost",
        "delayed",
        "kiosk image rollback",
        "city restore",
        "disk full",
        "power cut",
    ):
        assert faults[kind] > 10, kind
    assert sum(each.operations for each in outcomes) > 10_000
    # Large pages are written in another way than small ones.
    seen = sum((each.seen for each in outcomes), Counter())
    assert seen["bulk commit"] > 100
    assert seen["log folded"] > 100


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_firms_that_every_kiosk_registers_for_itself_are_one_each_in_the_end():
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = list(pool.map(played_with_firms, range(1, 41), chunksize=5))
    broken = [
        f"seed {each.seed}: {each.violation}\n" + "\n".join(each.trace) for each in outcomes if each.violation
    ]
    assert not broken, "\n\n".join(broken)
    seen = sum((each.seen for each in outcomes), Counter())
    assert seen["employer.register/1 merged"] > 40


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "happened"), sorted(SHOWS.items()))
def test_rarer_bad_luck_in_a_weather_of_its_own(name, happened):
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = list(pool.map(partial(played_in, name), range(1, 9), chunksize=2))
    broken = [
        f"seed {each.seed}: {each.violation}\n" + "\n".join(each.trace) for each in outcomes if each.violation
    ]
    assert not broken, "\n\n".join(broken)
    seen = sum((each.seen + each.faults for each in outcomes), Counter())
    assert {what: seen[what] for what, least in happened.items() if seen[what] < least} == {}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_deliberate_fault_of_the_protocol_is_found():
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = dict(zip(MUTANTS, pool.map(killed_by, MUTANTS), strict=True))
    assert [name for name, (seed, _) in found.items() if not seed] == []
    # A seed that is bad anyway has found nothing.
    assert {name: why for name, (_, why) in found.items() if why} == {}


@pytest.mark.slow
def test_an_old_image_of_a_kiosk_that_was_moved_since_stands_where_it_stood():
    outcome = simulate(7, STEPS, weather=STORM)
    assert outcome.faults["kiosk moved"]
    assert outcome.faults["kiosk image rollback"]
    assert outcome.violation == ""


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("seed", "weather"),
    [(2, STORM), (8, STORM), (13, STORM), (1, FIRMS), (7, PEOPLE), (2, WEATHERS["sticks"])],
)
def test_a_storm_over_real_postgresql(cluster, seed, weather):
    store = PostgresWithBackups(cluster)
    try:
        outcome = simulate(seed, STEPS, lambda: store, weather)
    finally:
        store.close()
    assert not outcome.violation, f"{outcome.violation}\n" + "\n".join(outcome.trace)
    assert outcome.faults["city restore"] + outcome.faults["kiosk image rollback"] > 0


@pytest.mark.slow
def test_a_seed_can_be_played_again_in_another_process():
    def trace(hashes: str) -> str:
        command = [sys.executable, "-m", "tests.simulation", "--seed", "8", "--trace", "--storm"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            text=True,
            check=True,
            timeout=100,
        )
        return done.stdout.rpartition('"seconds"')[0]

    once = trace("1")
    assert "sync" in once
    assert once == trace("2")
