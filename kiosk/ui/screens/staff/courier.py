"""Without a network: what can be done with the sticks that are plugged in, one touch each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.courier_ports import CourierDesk, CourierFile, Exported, Load, Stick, TakenIn
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.widgets.frames import Banner
from kiosk.ui.widgets.states import Blank

MEGA = 1_000_000
LOOK_MS = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is there: sticks, their files, what is carried, and how much this kiosk has to send."""

    sticks: Sequence[Stick]
    files: Sequence[tuple[Stick, CourierFile]]
    loads: Sequence[Load]
    unreadable: Sequence[tuple[Stick, str]]
    unsent: int


@dataclass(frozen=True, slots=True)
class _Deed:
    """A row, and what a touch on it does (nothing, when it only tells)."""

    row: Row
    work: Callable[[], object] | None = None


class CourierScreen(Page):
    """用U盘传数据."""

    name = "staff_courier"
    for_staff = True
    title_key = "courier.title"
    hint_key = "courier.hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._seen: _Seen | None = None
        self._deeds: Sequence[_Deed] = ()
        self._progress: tuple[int, int] | None = None
        self._said: tuple[str, dict[str, str | int]] | None = None
        self.note = Banner(self.theme, "info")
        self.rows = RowList(self.theme, "device")
        self.rows.chosen.connect(self._chosen)
        self.body.addWidget(self.note)
        self.body.addWidget(self.rows, 1)
        self._look_button = self.action("courier.look", self._look, icon_name="refresh")
        self._ticker = QTimer(self)
        self._ticker.setInterval(LOOK_MS)
        self._ticker.timeout.connect(self._tick)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Look what is plugged in; what is still being written says how far it is."""
        if self._progress is not None:
            self._ticker.start()
            self._say()
            return
        self._said = None
        self._look()

    def leave(self) -> None:
        """What is being written goes on; nobody looks."""
        self._ticker.stop()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.rows.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget what was seen."""
        super().wipe()
        self._seen, self._deeds, self._said, self._progress = None, (), None, None
        self.rows.setEnabled(True)
        self.rows.wipe()

    def refused(self, refusal: Refusal) -> None:
        """Say it on top; the list stays, and is looked through anew."""
        self._finished(None)
        super().refused(refusal)

    @property
    def _desk(self) -> CourierDesk | None:
        desk: CourierDesk | None = self.ctx.services.courier
        return desk

    @Slot()
    def _look(self) -> None:
        self.clear_errors()
        desk, station = self._desk, self.ctx.services.station
        if desk is None:
            self._fill()
            return

        def seen() -> _Seen:
            sticks = desk.sticks()
            return _Seen(
                sticks=sticks,
                files=[(stick, file) for stick in sticks for file in desk.files(stick)],
                loads=desk.loads(),
                unreadable=[(stick, name) for stick in sticks for name in desk.unreadable(stick)],
                unsent=station.sync_counts().unsent,
            )

        self.outside(seen, self._looked)

    def _looked(self, seen: _Seen) -> None:
        self._seen = seen
        self._fill()

    def _fill(self) -> None:
        desk, seen = self._desk, self._seen
        if desk is None:
            self._deeds = ()
            self.rows.show_rows((), self._blank("courier.no_city"))
        elif seen is not None:
            self._deeds = self._possible(desk, seen)
            self.rows.show_rows([deed.row for deed in self._deeds], self._blank("courier.no_stick"))
        self._look_button.setEnabled(desk is not None)
        self._say()

    def _blank(self, key: str) -> Blank:
        return Blank(sentence=self.text(key), do=self.text(f"{key}_hint"))

    def _possible(self, desk: CourierDesk, seen: _Seen) -> Sequence[_Deed]:
        found = [self._answers(desk, *each) for each in seen.files if each[1].answers and each[1].ours]
        found += [self._export(desk, stick, seen.unsent) for stick in seen.sticks]
        held = {load.file_id for load in seen.loads}
        for stick, file in seen.files:
            if not file.answers and not file.ours and file.file_id not in held:
                found.append(self._carry(desk, stick, file))
        for load in seen.loads:
            if load.done < load.parts:
                found.append(self._waiting(load))
            else:
                found += [self._bring(desk, load, stick) for stick in seen.sticks if stick.writable]
        found += [self._anew(desk, stick) for stick in seen.sticks if stick.writable]
        found += [self._of_another(*each) for each in seen.files if each[1].answers and not each[1].ours]
        found += [self._unreadable(stick, name) for stick, name in seen.unreadable]
        return found

    def _anew(self, desk: CourierDesk, stick: Stick) -> _Deed:
        row = Row(
            text=self.text("courier.anew", stick=stick.name),
            note=self.text("courier.anew_note"),
            icon_name="refresh",
        )
        return _Deed(row, lambda: desk.export(stick, self._progressed, anew=True))

    def _of_another(self, stick: Stick, file: CourierFile) -> _Deed:
        text = self.text("refusal.courier_not_ours", kiosk=file.kiosk)
        return _Deed(Row(text=text, note=self._of(stick, file), icon_name="lock"))

    def _unreadable(self, stick: Stick, name: str) -> _Deed:
        note = self.text("courier.unreadable_note", stick=stick.name, name=name)
        return _Deed(Row(text=self.text("refusal.courier_damaged"), note=note, icon_name="warning"))

    def _export(self, desk: CourierDesk, stick: Stick, unsent: int) -> _Deed:
        text = self.text("courier.export", stick=stick.name)
        if not stick.writable:
            return _Deed(Row(text=text, note=self.text("courier.read_only_note"), icon_name="lock"))
        note = self.text("courier.export_note", n=unsent, free=stick.free // MEGA)
        return _Deed(
            Row(text=text, note=note, icon_name="save"), lambda: desk.export(stick, self._progressed)
        )

    def _answers(self, desk: CourierDesk, stick: Stick, file: CourierFile) -> _Deed:
        row = Row(text=self.text("courier.answers"), note=self._of(stick, file), icon_name="cloud_ok")
        return _Deed(row, lambda: desk.take_in(file, self._progressed))

    def _carry(self, desk: CourierDesk, stick: Stick, file: CourierFile) -> _Deed:
        text = self.text("courier.carry", kiosk=file.kiosk)
        row = Row(text=text, note=self._of(stick, file), icon_name="drive")
        return _Deed(row, lambda: desk.take_in(file, self._progressed))

    def _bring(self, desk: CourierDesk, load: Load, stick: Stick) -> _Deed:
        text = self.text("courier.bring", stick=stick.name, kiosk=load.kiosk)
        row = Row(text=text, note=self._moment(load.made_at), icon_name="save")
        return _Deed(row, lambda: desk.bring_back(load, stick, self._progressed))

    def _waiting(self, load: Load) -> _Deed:
        text = self.text("courier.waits", kiosk=load.kiosk, done=load.done, total=load.parts)
        return _Deed(Row(text=text, note=self.text("courier.waits_note"), icon_name="clock"))

    def _of(self, stick: Stick, file: CourierFile) -> str:
        return self.text("courier.file_note", stick=stick.name, made=self._moment(file.made_at))

    def _moment(self, at: Any) -> str:  # noqa: ANN401 - a datetime
        strings = self.ctx.strings
        return f"{strings.date(at)} {strings.time(at)}"

    @Slot(int)
    def _chosen(self, at: int) -> None:
        work = self._deeds[at].work
        if work is None or self._progress is not None:
            return
        self.clear_errors()
        self._said = None
        self._progressed(0, 0)
        self._ticker.start()
        self.rows.setEnabled(False)
        self._say()
        self.outside(work, self._finished, also_away=True)

    def _progressed(self, done: int, total: int) -> None:
        """Any thread."""
        self._progress = (done, total)

    @Slot()
    def _tick(self) -> None:
        self._say()

    def _finished(self, result: object) -> None:
        self._ticker.stop()
        self._progress = None
        self.rows.setEnabled(True)
        self._said = _words(result)
        self._look()

    def _say(self) -> None:
        if self._progress is not None:
            done, total = self._progress
            self.note.say(self.text("courier.working", done=done, total=total), "info")
            return
        if self._said is None:
            self.note.say("")
            return
        key, params = self._said
        filled = {name: self.text(str(value)) if name == "why" else value for name, value in params.items()}
        self.note.say(self.text(key, **filled), "warn" if key.startswith("courier.refused") else "info")


def _words(result: object) -> tuple[str, dict[str, str | int]] | None:
    """What is said of a deed that is done; ``why`` is a key itself."""
    match result:
        case Exported(operations=operations, more=more):
            return ("courier.exported_more" if more else "courier.exported"), {"n": operations}
        case TakenIn(carried=True):
            return "courier.carried", {}
        case TakenIn(problem="courier.city_restored"):
            return "courier.city_restored", {}
        case TakenIn(problem=problem, reason=reason) if problem and reason:
            return "courier.refused_because", {"why": problem, "reason": reason}
        case TakenIn(problem=problem) if problem:
            return "courier.refused", {"why": problem}
        case TakenIn(settled=0, pulled=0):
            return "courier.nothing_new", {}
        case TakenIn(settled=settled, pulled=pulled):
            return "courier.settled", {"n": settled, "rows": pulled}
        case str():
            return "courier.brought", {}
        case _:
            return None
