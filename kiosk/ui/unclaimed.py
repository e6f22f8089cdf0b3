"""A code was scanned on a page that has no use for it: what to do instead."""

from kiosk.ui.context import UiContext


def say_where(ctx: UiContext) -> None:
    """Say on the screen where slips are scanned; during first set-up nowhere."""
    navigator, text = ctx.navigator, ctx.strings.text
    if navigator.staff is not None:
        said = text("common.toast.scan_not_here_staff", records=text("staff.behalf_mine"))
    else:
        said = text(f"common.toast.{'scan_not_here' if navigator.state.configured else 'scan_unused'}")
    ctx.notices.toast.emit(said)
