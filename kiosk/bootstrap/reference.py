"""The reference data that is shipped: regions, trades, wages, policies and the wording rules."""

from kiosk.assets import asset_path
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.normalise import parse_simplified
from kiosk.domain.reference_files import FILES, parse_reference
from kiosk.domain.wording import parse_wording

FOLDER = "reference"


def load_rules() -> MarketRules:
    """Read and check everything in ``assets/reference``.

    Raises:
        BadReference: the reference data is broken.
        BadWording: the wording rules are.
    """
    folder = asset_path(FOLDER)
    files = {name: (folder / name).read_text(encoding="utf-8") for name in FILES}
    simplified = parse_simplified((folder / "simplified.txt").read_text(encoding="utf-8"))
    wording = parse_wording((folder / "wording.toml").read_text(encoding="utf-8"), simplified)
    return MarketRules(reference=parse_reference(files), wording=wording)
