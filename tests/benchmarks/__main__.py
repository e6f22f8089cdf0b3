"""``python -m tests.benchmarks``: see ``run``."""

import sys

from tests.benchmarks.run import main

sys.exit(main(sys.argv[1:]))
