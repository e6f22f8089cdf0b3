"""招工回执 under the scanner while somebody is hiring: it says who they are, and four digits prove it."""

from kiosk.domain.refusal import Refusal
from kiosk.services.identify import Scanned
from kiosk.ui.components.page import Page
from kiosk.ui.screens.find.tail import TailParams


def scan_receipt(page: Page, code: str, *, then: str = "") -> None:
    """Read a receipt, ask for the digits, and come back to the page, or go on to the page ``then`` in its place."""
    identify = page.ctx.services.identify
    page.clear_errors()

    def follow(scanned: Scanned) -> None:
        if scanned.listing is None:
            page.refused(Refusal("refusal.qr_other_use"))
            return
        params = TailParams(scanned=scanned, then_back=not then, then=then, typed_before=True)
        page.ctx.navigator.show("tail", params)

    page.query("scan", lambda: identify.scan(code), follow)
