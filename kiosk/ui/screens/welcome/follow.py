"""Where a scanned slip leads: the worker's own page, or the applicants of a listing, after four digits."""

from collections.abc import Callable

from kiosk.services.identify import Scanned
from kiosk.ui.components.page import Page
from kiosk.ui.screens.find.params import IdentifyParams
from kiosk.ui.screens.find.tail import TailParams


def scan_and_follow(page: Page, code: str, go: Callable[[str, TailParams], None]) -> None:
    """Read a code and ``go`` where it leads; what cannot be read is said on the page."""
    identify = page.ctx.services.identify
    page.clear_errors()

    def follow(scanned: Scanned) -> None:
        go("tail", tail_params(scanned))

    page.query("scan", lambda: identify.scan(code), follow)


def tail_params(scanned: Scanned) -> TailParams:
    """Whose digits are asked, and what for."""
    if scanned.worker is not None:
        return TailParams(scanned=scanned, worker_id=scanned.worker.id, wish=IdentifyParams())
    if scanned.placement is not None:
        return TailParams(scanned=scanned, worker_id=scanned.placement.worker_id, wish=IdentifyParams())
    return TailParams(scanned=scanned)
