"""Play many seeds (``--seeds N``), with a line of JSON in the end; or one again, step by step (``--seed K``)."""

import argparse
import json
import logging
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator

from tests.simulation.hard_weathers import WEATHERS
from tests.simulation.network import in_this_thread
from tests.simulation.world import FIRMS, STORM, Outcome, simulate

#: Seed, steps, name of a weather ("" for one of the seed's own).
Work = tuple[int, int, str]
NAMED = {"storm": STORM, "firms": FIRMS, **WEATHERS}


def _one(work: Work) -> Outcome:
    logging.disable(logging.CRITICAL)
    seed, steps, weather = work
    with in_this_thread():
        return simulate(seed, steps, weather=NAMED.get(weather))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--steps", type=int, default=80, help="steps of each")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--seed", type=int, help="this one only")
    parser.add_argument("--storm", action="store_true", help="all bad luck at once")
    parser.add_argument("--weather", choices=sorted(NAMED), help="rarer bad luck in a weather of its own")
    parser.add_argument("--trace", action="store_true", help="say every step of --seed")
    parser.add_argument("--coverage", action="store_true", help="what the city said, and how often")
    return parser.parse_args()


def _weather(options: argparse.Namespace) -> str:
    return "storm" if options.storm else options.weather or ""


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _outcomes(options: argparse.Namespace) -> Iterator[Outcome]:
    if options.seed is not None:
        outcome = _one((options.seed, options.steps, _weather(options)))
        if options.trace:
            _say("\n".join(outcome.trace))
        yield outcome
        return
    seeds = range(options.first, options.first + options.seeds)
    work = [(seed, options.steps, _weather(options)) for seed in seeds]
    with multiprocessing.Pool(options.jobs) as pool:
        yield from pool.imap_unordered(_one, work, chunksize=4)


def main() -> int:
    """Play the seeds; 1 when any of them violates what must hold."""
    options = _options()
    begun = time.monotonic()
    seeds, operations, violations = 0, 0, 0
    faults, seen = Counter[str](), Counter[str]()
    for outcome in _outcomes(options):
        seeds += 1
        operations += outcome.operations
        faults.update(outcome.faults)
        seen.update(outcome.seen)
        if outcome.violation:
            violations += 1
            weather = f" --weather '{_weather(options)}'" if _weather(options) else ""
            _say(f"seed {outcome.seed}: {outcome.violation}")
            _say(f"  again: --seed {outcome.seed} --steps {options.steps}{weather} --trace")
        if seeds % 50 == 0:
            _say(f"{seeds} seeds, {operations} operations, {violations} violations")
    if options.coverage:
        _say("\n".join(f"{count:7d}  {what}" for what, count in sorted(seen.items())))
    line = {
        "seeds": seeds,
        "operations": operations,
        "faults": dict(sorted(faults.items())),
        "violations": violations,
        "seconds": round(time.monotonic() - begun, 1),
    }
    _say(json.dumps(line))
    return 1 if violations else 0


if __name__ == "__main__":
    raise SystemExit(main())
