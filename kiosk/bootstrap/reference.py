"""Which reference data a kiosk works with: its city's newest signed set, or what came with the program."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.assets import asset_path
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.reference import BadReference
from kiosk.domain.rule_files import RULE_FILES, parse_rules
from kiosk.domain.wording import BadWording
from kiosk.protocol.reference_bundle import BadBundle, opened

log = logging.getLogger(__name__)
FOLDER = "reference"
#: Name of the setting that keeps the signed set in use.
KEPT = "reference_bundle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Rules and where they come from.

    Attributes:
        version: of the city's set; 0 for what came with the program.
        made_at: when the city signed it, UTC.
        signed: the set as it is to be kept; None for what came with the program.
    """

    rules: MarketRules
    version: int = 0
    made_at: datetime | None = None
    signed: bytes | None = None


def read_files(folder: Path) -> dict[str, str]:
    """The texts of a set in a folder.

    Raises:
        OSError: one of them cannot be read.
        UnicodeDecodeError: one is no text in UTF-8.
    """
    return {name: (folder / name).read_text(encoding="utf-8") for name in RULE_FILES}


def shipped_files() -> Mapping[str, str]:
    """What came with the program."""
    return read_files(asset_path(FOLDER))


def load_rules() -> MarketRules:
    """The rules that came with the program.

    Raises:
        BadReference: the reference data is broken.
        BadWording: the wording rules are.
    """
    return parse_rules(shipped_files())


def choose(kept: bytes | None, brought: Iterable[bytes], pinned: bytes | None) -> Reference:
    """The newest set that can be trusted and read.

    Args:
        kept: the signed set in use so far.
        brought: signed sets that the city's ``ref`` stream has brought since.
        pinned: public key learnt at enrolment; else that of the set in use; else the first one that comes.
    """
    best: Reference | None = None
    for raw in [*([kept] if kept is not None else []), *brought]:
        try:
            bundle, key = opened(raw, pinned)
            if best is None or bundle.version > best.version:
                rules = parse_rules(bundle.files)
                best = Reference(rules=rules, version=bundle.version, made_at=bundle.made_at, signed=raw)
                pinned = pinned or key
        except (BadBundle, BadReference, BadWording) as error:
            log.warning("reference data from the city is left aside: %s", error)
    return best or Reference(rules=load_rules())
