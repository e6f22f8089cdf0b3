"""A voice that lives in a thread of its own: a speech service that never answers holds no screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot

from kiosk.ui.speech import BEGIN_MS, USUAL_VOLUME, Voice

#: How often the voice is asked whether it still speaks, and how long the end of a window waits for it.
LOOK_MS = 200
END_S = 0.5


class VoiceBehind(QObject):
    """Implements ``kiosk.ui.speech.Voice`` before another one, which is made and asked in the thread.

    Nothing here waits: ``speak`` says that it will be heard; what ``on_unheard`` was given is called when it is not.
    """

    _wished = Signal()
    _answered = Signal(int, bool)
    _heard = Signal(bool)

    def __init__(self, make: Callable[[], Voice], parent: QObject | None = None) -> None:
        """``make`` is called in the thread, when somebody first asks to be read to."""
        super().__init__(parent)
        self._make = make
        self._wishes: SimpleQueue[Callable[[Voice], None] | None] = SimpleQueue()
        self._link = _Link(self)
        self._thread: threading.Thread | None = None
        self._tell: Callable[[], None] = _nobody
        self._number = 0
        self._speaking = False
        self._answered.connect(self._take_answer)
        self._heard.connect(self._take_state)

    def absence(self) -> str:
        """Asked by the doctor, who waits for it."""
        return self._make().absence()

    def on_unheard(self, tell: Callable[[], None]) -> None:
        """Call this when what was to be spoken is not heard after all. GUI thread."""
        self._tell = tell

    def speak(self, sentences: Sequence[str], language: str, volume: float = USUAL_VOLUME) -> bool:
        """Have it spoken as soon as there is a voice."""
        self._number += 1
        number, words, link = self._number, list(sentences), self._link
        self._speaking = True

        def say(voice: Voice) -> None:
            link.answer(number, heard=voice.speak(words, language, volume))

        self._wish(say)
        return True

    def stop(self) -> None:
        """Be silent at once, or once the voice listens."""
        self._number += 1
        self._speaking = False
        if self._thread is not None:
            self._wish(lambda voice: voice.stop())

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or is about to be."""
        return self._speaking

    def close(self) -> None:
        """The window goes. A voice that does not answer is left behind; the end of the program ends it."""
        if self._thread is not None:
            self._wish(None)
            self._thread.join(END_S)
            self._thread = None
        self._link.cut()

    def _wish(self, wish: Callable[[Voice], None] | None) -> None:
        self._wishes.put(wish)
        if self._thread is None:
            self._thread = threading.Thread(
                target=_live, args=(self._link, self._make, self._wishes), name="voice", daemon=True
            )
            self._thread.start()
        self._wished.emit()

    @Slot(int, bool)
    def _take_answer(self, number: int, heard: bool) -> None:  # noqa: FBT001 - a slot
        if number == self._number and not heard:
            self._speaking = False
            self._tell()

    @Slot(bool)
    def _take_state(self, speaking: bool) -> None:  # noqa: FBT001 - a slot
        self._speaking = speaking


class _Link:
    """From the thread to the window, until the window goes.

    A thread that is left behind must not hold the window's object: it would be the last one to do so, free it where it
    does not live while Qt still brings it what was said, and end the program.
    """

    def __init__(self, owner: VoiceBehind) -> None:
        self._lock = threading.Lock()
        self._owner: VoiceBehind | None = owner

    def cut(self) -> None:
        """GUI thread: nothing is told from here on."""
        with self._lock:
            self._owner = None

    def answer(self, number: int, *, heard: bool) -> None:
        """Whether that wish will be heard. It only goes into the window's queue."""
        with self._lock:
            if self._owner is not None:
                self._owner._answered.emit(number, heard)  # noqa: SLF001 - its other half

    def tell(self, speaking: bool) -> None:  # noqa: FBT001 - as a signal's ``emit``
        """Whether something is being said."""
        with self._lock:
            if self._owner is not None:
                self._owner._heard.emit(speaking)  # noqa: SLF001 - its other half

    def call(self, worker: _Worker) -> None:
        """Have the worker look when something is wished."""
        with self._lock:
            if self._owner is not None:
                self._owner._wished.connect(worker.look, Qt.ConnectionType.QueuedConnection)  # noqa: SLF001 - its other half


def _live(
    link: _Link, make: Callable[[], Voice], wishes: SimpleQueue[Callable[[Voice], None] | None]
) -> None:
    """In the thread: a Qt loop for the voice, until it is told to end."""
    worker = _Worker(make(), wishes, link.tell)
    link.call(worker)
    worker.look()
    worker.run()


class _Worker(QObject):
    """Lives in the thread, and does there what was wished."""

    def __init__(
        self,
        voice: Voice,
        wishes: SimpleQueue[Callable[[Voice], None] | None],
        heard: Callable[[bool], None],
    ) -> None:
        super().__init__()
        self._voice = voice
        self._wishes = wishes
        self._tell = heard
        self._speaks = self._ended = False
        self._silent_ms = 0
        self._loop = QEventLoop()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._watch)

    def run(self) -> None:
        """Until the end is wished."""
        if not self._ended:
            self._loop.exec()

    @Slot()
    def look(self) -> None:
        """Do what has been wished since."""
        while not self._ended:
            try:
                wish = self._wishes.get_nowait()
            except Empty:
                return
            if wish is None:
                self._ended = True
                self._timer.stop()
                self._voice.stop()
                self._loop.quit()
                return
            wish(self._voice)
            self._speaks = True
            self._silent_ms = BEGIN_MS if self._voice.speaking else 0
            self._timer.start()

    @Slot()
    def _watch(self) -> None:
        """Said once when the voice has come to its end by itself; it may need a while to begin."""
        if self._voice.speaking:
            self._silent_ms = BEGIN_MS
            return
        self._silent_ms += LOOK_MS
        if self._speaks and self._silent_ms >= BEGIN_MS:
            self._speaks = False
            self._timer.stop()
            if self._wishes.empty():
                self._tell(False)  # noqa: FBT003 - a signal's


def _nobody() -> None:
    """Nobody wants to know."""
