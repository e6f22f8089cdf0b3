"""读给我听, and the bell that a call for staff rings: both are wanted wherever there are bars around a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the voice comes after the first page
    from kiosk.bootstrap.system import Outside
    from kiosk.ui.shell import Shell
    from kiosk.ui.speech import ReadAloud


def speaking(shell: Shell, outside: Outside) -> ReadAloud:
    """Read a window's screens aloud; a second touch, another screen or the end of the visit is silence.

    Whoever makes it closes it.
    """
    from kiosk.ui.bell import Bell
    from kiosk.ui.speech import ReadAloud
    from kiosk.ui.spoken import as_spoken

    reader = ReadAloud(outside.voice(), shell)
    ctx = shell.ctx

    def read(sentences: list[str]) -> None:
        reader.read([as_spoken(each, ctx.strings) for each in sentences], ctx.strings.language)

    ctx.notices.read_aloud.connect(read)

    def explain() -> None:
        """Only who has asked to hear something misses it: the countdown is read aloud uncalled."""
        if shell.current_screen.has_bars:
            ctx.notices.toast.emit(ctx.strings.text("common.toast.no_voice"))

    reader.unheard.connect(explain)
    reader.active.connect(shell.show_voice)
    ctx.notices.voice_asked.connect(reader.ask)
    ctx.navigator.visit_ended.connect(reader.reset)
    shell.screen_changed.connect(reader.stop)
    Bell(ctx, reader, shell)

    def listened() -> None:
        """Who listens is there; the countdown's own voice is nobody."""
        if not ctx.gate.idle.warning:
            ctx.gate.idle.note()

    reader.heard.connect(listened)
    return reader
