"""Runs ``benchmarks()`` of every ``bench_*.py`` here and prints one JSON object a line.

A benchmark yields {"name", "value", "unit", "limit", "ratio"}: ``limit`` is the raw machine's figure for the same work
in the same run (None where there is none), ``ratio`` = value ÷ limit. Arguments select benchmarks by (part of a) name
of file or figure.
"""

import importlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

FOLDER = Path(__file__).parent


class Figure(TypedDict):
    """One measured figure."""

    name: str
    value: float
    unit: str
    limit: float | None
    ratio: float | None


def figure(name: str, value: float, unit: str, limit: float | None = None) -> Figure:
    """A figure with its ratio to the raw limit."""
    ratio = round(value / limit, 2) if limit else None
    return Figure(
        name=name,
        value=round(value, 3),
        unit=unit,
        limit=None if limit is None else round(limit, 3),
        ratio=ratio,
    )


def percentile(seconds: Sequence[float], share: float = 0.95) -> float:
    """The p-th of a sample, nearest rank."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def modules() -> list[str]:
    """Names of the benchmark modules."""
    return sorted(path.stem for path in FOLDER.glob("bench_*.py"))


def run(names: Sequence[str]) -> Iterator[Figure]:
    """Figures of the selected benchmarks; all without names."""
    chosen = [name for name in modules() if any(part in name for part in names)]
    whole = not names or not chosen
    for name in modules() if whole else chosen:
        for found in importlib.import_module(f"tests.benchmarks.{name}").benchmarks():
            if not names or not whole or any(part in found["name"] for part in names):
                yield found


def main(names: Sequence[str]) -> int:
    """Print the figures as they come."""
    started = time.monotonic()
    count = 0
    for found in run(names):
        print(json.dumps(found), flush=True)  # noqa: T201 - this is the output
        count += 1
    print(f"{count} figures in {time.monotonic() - started:.0f} s", file=sys.stderr)  # noqa: T201
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
