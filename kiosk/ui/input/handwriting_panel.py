"""The handwriting tab: a sheet, ten large candidates, and joining of characters into a rare one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.input.canvas import InkCanvas
from kiosk.ui.input.editing import graphemes
from kiosk.ui.input.keys import Key, KeyKind
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.pace import Pace
from kiosk.ui.input.panel import Panel, even_grid
from kiosk.ui.input.rare import RareCharacters
from kiosk.ui.input.recogniser import Stroke
from kiosk.ui.input.recognition import OFFERED, Recognition
from kiosk.ui.input.segments import Reading
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings

#: A whole word takes the room of so many candidates.
WORD_CELLS = 2
#: So many candidates behind those of a word's first character are the whole ink as one.
ONES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate.

    Attributes:
        text: what it puts.
        replaces: how many characters before the cursor it takes the place of.
        strokes: the numbers of the strokes it stands for; None: all that is on the sheet.
    """

    text: str
    replaces: int = 0
    strokes: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What was put into the field because the next character was begun on top of it.

    Attributes:
        text: what was put.
        ink: its strokes.
        left: how many strokes of the next one were there.
    """

    text: str
    ink: tuple[Stroke, ...]
    left: int


class HandwritingPanel(Panel):
    """Write, touch the right one of ten, write the next; or write several and touch the word."""

    def __init__(
        self,
        strings: Strings,
        recognition: Recognition,
        rare: RareCharacters,
        parent: QWidget | None = None,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(strings, parent)
        self._recognition = recognition
        self._rare = rare
        self._before = ""
        self._offers: tuple[Offer, ...] = ()
        self._pace = Pace(steady)
        self._taken: Taken | None = None
        self._columns = 5
        self._word_at: int | None = None
        self.canvas = InkCanvas(self)
        self.canvas.setAccessibleName(strings.text("input.write.canvas"))
        self._candidate_box = QWidget(self)
        self._candidate_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.candidates = [Key("", KeyKind.WRITTEN, self._candidate_box) for _ in range(OFFERED)]
        self.word = Key("", KeyKind.WRITTEN, self._candidate_box)
        self._candidate_grid = QGridLayout(self._candidate_box)
        self._candidate_grid.setContentsMargins(0, 0, 0, 0)
        self._action_box = QWidget(self)
        self._action_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._build_actions()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part, share in ((self.canvas, 10), (self._action_box, 3), (self._candidate_box, 13)):
            self._row.addWidget(part, share)
        self.word.clicked.connect(self._choose_word)
        for key in (*self.candidates, self.word):
            policy = key.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            key.setSizePolicy(policy)
        for key in self.candidates:
            key.clicked.connect(self._choose)
        self.canvas.stroke_begun.connect(self._begun)
        self.canvas.stroke_ended.connect(self._ended)
        recognition.recognised.connect(self._show)
        self.arrange(landscape=True)
        self.retranslate()
        self._offer([])

    def set_look(self, look: DockLook, row_height: int) -> None:
        """See ``Panel``."""
        super().set_look(look, row_height)
        self.canvas.set_look(look)
        self._row.setSpacing(look.gap)
        self._candidate_grid.setSpacing(look.gap)
        self._action_grid.setSpacing(look.gap)

    def retranslate(self) -> None:
        """See ``Panel``."""
        super().retranslate()
        self.canvas.set_hint(self.strings.text("input.write.hint"))
        self.canvas.setAccessibleName(self.strings.text("input.write.canvas"))
        self._say_undo()

    def prepare(self, wish: InputWish) -> None:  # noqa: ARG002 - the same for every field
        """Another field: an empty sheet."""
        self._forget_ink()

    def arrange(self, *, landscape: bool) -> None:
        """Candidates in two rows of five, or in five of two where the window is narrow."""
        self._columns = 5 if landscape else 2
        for cell in range(5):
            self._candidate_grid.setColumnStretch(cell, 1 if cell < self._columns else 0)
            self._candidate_grid.setRowStretch(cell, 1 if cell < OFFERED // self._columns else 0)
        self._place(self._word_at)

    def _place(self, word_at: int | None = None) -> None:
        """Put the candidates into their cells; a word has two of them, the first or the last."""
        cells = list(range(OFFERED))
        if word_at is not None:
            self._candidate_grid.addWidget(
                self.word, word_at // self._columns, word_at % self._columns, 1, WORD_CELLS
            )
            cells = [cell for cell in cells if not word_at <= cell < word_at + WORD_CELLS]
        else:
            self._candidate_grid.removeWidget(self.word)
        for key, cell in zip(self.candidates, cells, strict=False):
            self._candidate_grid.addWidget(key, cell // self._columns, cell % self._columns)
        for key in self.candidates[len(cells) :]:
            self._candidate_grid.removeWidget(key)
        self._word_at = word_at

    def show_field(self, before: str, whole: str) -> None:  # noqa: ARG002 - only the cursor's left side matters
        """Offer to join characters only where something comes of it."""
        self._before = before
        self.join.setEnabled(bool(self._rare.joined(before)))

    @property
    def unfinished(self) -> bool:
        """Whether there is ink that was not chosen."""
        return bool(self.canvas.strokes())

    def wipe(self) -> None:
        """Forget ink, candidates, and how fast this person writes."""
        self._before = ""
        self.join.setEnabled(False)
        self._forget_ink()
        self._pace.forget()

    def _build_actions(self) -> None:
        self.undo = self.action("input.write.undo")
        self.again = self.action("input.write.again")
        self.join = self.action("input.write.join")
        self.backspace = self.action("input.key.backspace")
        self._action_grid = even_grid(self._action_box, 4, 1)
        for row, key in enumerate((self.undo, self.again, self.join, self.backspace)):
            self._action_grid.addWidget(key, row, 0)
        self.undo.clicked.connect(self._undo)
        self.again.clicked.connect(self._start_again)
        self.join.clicked.connect(self._join)
        self.backspace.clicked.connect(self._erase)
        self.join.setEnabled(False)

    @Slot()
    def _begun(self) -> None:
        self.writing.touched.emit()
        self._pace.begin()

    @Slot()
    def _ended(self) -> None:
        self._pace.end(self.canvas.strokes(), self.canvas.side())
        self._ask()

    def _ask(self) -> None:
        self.writing.touched.emit()
        self._recognition.ask(self.canvas.strokes(), self.canvas.side(), self._pace.rest)
        self._say_undo()

    @Slot(object)
    def _show(self, reading: Reading) -> None:
        if reading.old and self._take(reading):
            return
        if not reading.pieces:
            self._offer([])
            return
        first = reading.pieces[0]
        if len(reading.pieces) == 1:
            room = OFFERED - (WORD_CELLS if reading.other else 0)
            self._offer([Offer(char) for char, _ in first.guesses[:room]], reading.other, last=True)
            return
        offers = [Offer(char, strokes=first.strokes) for char, _ in first.guesses]
        # Somebody may have written the halves of one character far apart: 林 is 木木.
        joined = [char for char, count in self._rare.joined(reading.word) if count == len(reading.word)]
        whole = [Offer(char) for char in dict.fromkeys((*joined[:1], *reading.ones))][:ONES]
        self._offer([*offers[: OFFERED - WORD_CELLS - len(whole)], *whole], reading.word)

    def _take(self, reading: Reading) -> bool:
        """The next character was begun on top: put what lies below, and leave the new ink on the sheet."""
        before, ink, count = self._before, self.canvas.strokes(), reading.old_strokes
        self.writing.typed.emit(reading.old)
        if self._before == before:
            return False  # the field is full
        self.canvas.set_strokes(ink[count:])
        self._pace.taken(set(range(count)))
        self._taken = Taken(reading.old, ink[:count], len(ink) - count)
        self._ask()
        return True

    def _take_back(self, taken: Taken) -> None:
        """It was one character after all: out of the field with it, and all ink on the sheet again."""
        self._taken = None
        if self._before.endswith(taken.text):
            self.writing.replaced.emit(len(graphemes(taken.text)), "")
        self.canvas.set_strokes((*taken.ink, *self.canvas.strokes()))
        self._pace.slow_down()
        self._ask()

    def _say_undo(self) -> None:
        """The undo key names what it takes back out of the field."""
        taken = self._taken
        if taken is not None and len(self.canvas.strokes()) <= taken.left:
            said = self.strings.text("input.write.take_back", text=taken.text)
        else:
            said = self.strings.text("input.write.undo")
        self.undo.say(said, said)

    def _offer(self, offers: Sequence[Offer], word: str = "", *, last: bool = False) -> None:
        """Show candidates, and a word in the first place or in the last."""
        self._offers = tuple(offers)
        word_at = (OFFERED - WORD_CELLS if last else 0) if word else None
        if word_at != self._word_at:
            self._place(word_at)
        self.word.say(word, word)
        self.word.setVisible(bool(word))
        for place, key in enumerate(self.candidates):
            text = offers[place].text if place < len(offers) else ""
            key.say(text, text)
            key.setVisible(bool(text))

    def _forget_ink(self) -> None:
        self._recognition.forget()
        self._taken = None
        self.canvas.clear()
        self._pace.new_sheet()
        self._offer([])
        self._say_undo()

    def _choose(self) -> None:
        key = self.sender()
        if not isinstance(key, Key) or not key.text():
            return
        offer = self._offers[self.candidates.index(key)]
        ink = self.canvas.strokes()
        self.writing.touched.emit()
        if offer.strokes is None:
            self._pace.one_character()
            self._forget_ink()
        else:
            self._leave_rest(ink, set(offer.strokes))
        if offer.replaces:
            self.writing.replaced.emit(offer.replaces, offer.text)
        else:
            self.writing.typed.emit(offer.text)

    def _leave_rest(self, ink: tuple[Stroke, ...], gone: set[int]) -> None:
        """The characters after the chosen one stay on the sheet."""
        self._taken = None
        self.canvas.set_strokes(tuple(stroke for number, stroke in enumerate(ink) if number not in gone))
        self._pace.taken(gone)
        self._ask()

    @Slot()
    def _choose_word(self) -> None:
        word = self.word.text()
        self._forget_ink()
        self.writing.touched.emit()
        self.writing.typed.emit(word)

    def _undo(self) -> None:
        self.writing.touched.emit()
        taken, left = self._taken, len(self.canvas.strokes())
        if taken is not None and left <= taken.left:
            self._take_back(taken)
            return
        self.canvas.undo()
        self._pace.cut(left - 1)
        if self.canvas.strokes():
            self._ask()
        else:
            self._forget_ink()

    def _start_again(self) -> None:
        self.writing.touched.emit()
        self._forget_ink()

    def _join(self) -> None:
        self.writing.touched.emit()
        self._forget_ink()
        self._offer([Offer(char, replaces) for char, replaces in self._rare.joined(self._before)[:OFFERED]])

    def _erase(self) -> None:
        self.writing.touched.emit()
        if self.canvas.strokes():
            self._forget_ink()
        else:
            self.writing.erased.emit()
