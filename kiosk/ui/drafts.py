"""The button for drafts in the bar below every screen: saves a form in the middle, or leads to one that was saved."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.route import WELCOME, Page, active_trail
from kiosk.ui.screen import Screen
from kiosk.ui.shell import Shell

LOOK_MS = 5000
SAVE, RESUME = "draft.save", "draft.resume"


class DraftKeeper(QObject):
    """Offers the button where it means something, and has drafts removed as soon as their time is up.

    The database is asked when something was saved or has ended, not every few seconds: ``_ends`` says when.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._ctx = shell.ctx
        self._ends: tuple[datetime, ...] = ()
        shell.screen_changed.connect(self._offer)
        shell.nav.draft_touched.connect(self._touched)
        shell.ctx.navigator.visit_ended.connect(self._ended)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Sweep what a former run has left, and begin to look at the clock."""
        self._ask()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Has the time of any draft come (the timer's slot; tests call it)?"""
        if self._ends and min(self._ends) <= self._ctx.clock.now():
            self._ask()

    @Slot()
    def _ended(self) -> None:
        """Whoever has gone may have finished one."""
        if self._ends:
            self._ask()

    def _ask(self) -> None:
        self._ctx.tasks.run(self._ctx.services.drafts.waiting, self._know)

    def _know(self, found: Sequence[SavedDraft]) -> None:
        self._ends = tuple(each.until for each in found)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """What the button says on the screen that is shown."""
        screen = self._shell.current_screen
        if screen.draft_flow:
            self._remember(screen)
        if screen.draft_flow and self._may_save(screen):
            self._shell.nav.offer_draft(SAVE)
        elif screen.name == WELCOME and self._ends:
            self._shell.nav.offer_draft(RESUME)
        else:
            self._shell.nav.offer_draft("")

    def _remember(self, screen: Screen) -> None:
        """Who comes back to the form by way of the first page is where they left it."""
        from kiosk.ui.screens.drafts.flows import LeftAt, flow_of, plain

        if self._ctx.navigator.attended:
            flow = screen.draft_flow
            pages = plain(self._pages(flow_of(flow).home, flow))
            self._ctx.visit.keep(LeftAt(flow=flow, pages=pages))

    def _may_save(self, screen: Screen) -> bool:
        from kiosk.ui.screens.drafts.flows import flow_of  # the forms come after the first page

        navigator = self._ctx.navigator
        flow = flow_of(screen.draft_flow)
        if screen.name == flow.home or not navigator.attended:
            return False
        visit = navigator.visit
        return not visit.has(flow.kind) or flow.open_end(visit.draft(flow.kind))

    @Slot()
    def _touched(self) -> None:
        screen = self._shell.current_screen
        if screen.draft_flow:
            self._save(screen)
        elif screen.name == WELCOME:
            from kiosk.ui.screens.welcome.standing import set_out

            set_out(self._ctx, "draft_resume")

    def _save(self, screen: Screen) -> None:
        from kiosk.ui.screens.drafts.flows import SavedAs, flow_of

        ctx, flow = self._ctx, flow_of(screen.draft_flow)
        if not flow.begun(ctx.visit):
            ctx.notices.toast.emit(ctx.strings.text("draft.nothing"))
            return
        form = flow.form(ctx.visit, self._pages(flow.home, screen.draft_flow))
        before = ctx.visit.draft(SavedAs) if ctx.visit.has(SavedAs) else None
        number = before.number if before is not None and before.flow == flow.name else None
        drafts = ctx.services.drafts
        screen.submit(lambda: drafts.save(form, number), self._saved)

    def _pages(self, home: str, flow: str) -> tuple[Page, ...]:
        """The pages of the form that the person went through; what led to it is not part of it."""
        pages = active_trail(self._ctx.navigator.state).pages
        return tuple(page for page in pages if page.name == home or self._shell.flow_of(page.name) == flow)

    def _saved(self, draft: SavedDraft) -> None:
        from kiosk.ui.screens.drafts.flows import SavedAs
        from kiosk.ui.screens.drafts.saved import DraftSavedParams

        self._ctx.visit.keep(SavedAs(number=draft.number, flow=draft.flow))
        self._ctx.navigator.show("draft_saved", DraftSavedParams(draft=draft))
        self._ask()
