"""The whole set of reference data as texts by file name: what is shipped, and what a city publishes."""

from collections.abc import Mapping
from typing import Final

from kiosk.domain.market_rules import MarketRules
from kiosk.domain.normalise import parse_simplified
from kiosk.domain.reference import BadReference
from kiosk.domain.reference_files import FILES, NEIGHBOURS, parse_reference
from kiosk.domain.wording import parse_wording

SIMPLIFIED: Final = "simplified.txt"
WORDING: Final = "wording.toml"
#: All files of a set.
RULE_FILES: Final = (*FILES, SIMPLIFIED, WORDING)


def parse_rules(files: Mapping[str, str]) -> MarketRules:
    """Read and check a whole set.

    Args:
        files: text by file name; all of ``RULE_FILES``.

    Raises:
        BadReference: a file is missing or broken; says which, and where.
        BadWording: the wording rules are.
    """
    missing = [name for name in RULE_FILES if name not in files and name != NEIGHBOURS]
    if missing:
        message = f"reference data without {', '.join(missing)}"
        raise BadReference(message)
    wording = parse_wording(files[WORDING], parse_simplified(files[SIMPLIFIED]))
    return MarketRules(reference=parse_reference(files), wording=wording)
