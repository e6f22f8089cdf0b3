"""A visitor from another kiosk who wants to be known here, too, also after this visit."""

from typing import Any, ClassVar

from PySide6.QtCore import Slot

from kiosk.ui.components.agreement import AgreementScreen
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import proved_worker


class RememberScreen(AgreementScreen):
    """让本站记住我."""

    name = "remember"
    room = "remember"
    title_key = "remember.title"
    answers: ClassVar = (("what", "work"), ("seen", "people"), ("how", "trash"))

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - the visit knows whose
        """Ask."""
        self.clear_errors()

    @Slot()
    def agreed(self) -> None:
        """From the next exchange with the city on."""
        worker_id, services, actor = proved_worker(self.ctx), self.ctx.services, actor_of(self.ctx)
        if worker_id is None:
            return
        self.clear_errors()
        self.submit(lambda: services.one_person.remember(worker_id, actor), self._done)

    @Slot()
    def declined(self) -> None:
        """Back to where they were."""
        self.ctx.navigator.back()

    def _done(self, _: None) -> None:
        self.ctx.notices.toast.emit(self.text("remember.done"))
        self.ctx.navigator.back()
