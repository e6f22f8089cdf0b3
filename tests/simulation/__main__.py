"""``python -m tests.simulation --seeds N``: many seeds, a line of JSON in the end; ``--seed K --trace`` plays one again."""

import argparse
import json
import logging
import multiprocessing
import os
import sys
import time
from collections import Counter

from tests.simulation.network import in_this_thread
from tests.simulation.world import Outcome, simulate


def _one(work: tuple[int, int]) -> Outcome:
    logging.disable(logging.CRITICAL)
    with in_this_thread():
        outcome = simulate(*work)
    if not outcome.violation:
        outcome.trace.clear()
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--steps", type=int, default=80, help="steps of each")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, help="this one only")
    parser.add_argument("--trace", action="store_true", help="print every step")
    parser.add_argument("--coverage", action="store_true", help="what the city said, how often")
    options = parser.parse_args()
    seeds = (
        [options.seed] if options.seed is not None else range(options.first, options.first + options.seeds)
    )
    work = [(seed, options.steps) for seed in seeds]
    begun = time.monotonic()
    operations, violations, faults, seen = 0, 0, Counter[str](), Counter[str]()
    if options.seed is not None:
        with in_this_thread():
            outcome = simulate(*work[0])
        results = iter([outcome])
        if options.trace:
            print("\n".join(outcome.trace))
    else:
        pool = multiprocessing.Pool(options.jobs)
        results = pool.imap_unordered(_one, work, chunksize=4)
    for number, outcome in enumerate(results, 1):
        operations += outcome.operations
        faults.update(outcome.faults)
        seen.update(outcome.seen)
        if outcome.violation:
            violations += 1
            print(
                f"seed {outcome.seed}: {outcome.violation}\n  again: --seed {outcome.seed} --steps {options.steps} --trace"
            )
        elif number % 50 == 0:
            print(
                f"{number} of {len(work)} seeds, {operations} operations, {violations} violations",
                file=sys.stderr,
            )
    if options.coverage:
        print("\n".join(f"{count:7d}  {what}" for what, count in sorted(seen.items())))
    line = {
        "seeds": len(work),
        "operations": operations,
        "faults": dict(sorted(faults.items())),
        "violations": violations,
        "seconds": round(time.monotonic() - begun, 1),
    }
    print(json.dumps(line))
    return 1 if violations else 0


if __name__ == "__main__":
    raise SystemExit(main())
