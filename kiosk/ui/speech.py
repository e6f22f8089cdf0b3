"""读给我听: speaks a screen's sentences with the voices of the system, slowly enough for an old man at five o'clock."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QLocale, QLoggingCategory, QObject, QTimer, Signal, Slot

#: Qt's scale is −1 … 1 around the voice's own pace of some 175 words a minute; this is about 125.
PACE = -0.3
#: Five steps of loudness; never silent, there is a button for that.
LOUDNESS = (0.2, 0.4, 0.6, 0.8, 1.0)
USUAL_STEP = 3
USUAL_VOLUME = LOUDNESS[USUAL_STEP]
NAMES = {"zh_CN": "Mandarin"}
LOCALES = {"zh_CN": "zh", "en": "en"}
#: How often it is looked whether the voice still speaks.
LOOK_MS = 250
#: A voice that has been asked may need so long to begin.
BEGIN_MS = 2000
#: No voice takes longer for a character, the slowest among them; what says so is stuck.
MOST_MS_A_CHARACTER = 600
#: Qt's engine for its own tests; it says nothing.
NO_ENGINE = "mock"


class Voice(Protocol):
    """Something that can speak."""

    def absence(self) -> str:
        """Why there is no voice, for staff; "" when there is one."""

    def speak(self, sentences: Sequence[str], language: str, volume: float = USUAL_VOLUME) -> bool:
        """Begin to speak, as loud as said (0 … 1); what was being said ends. False: no voice for that language."""

    def stop(self) -> None:
        """Be silent at once."""

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""

    def on_unheard(self, tell: Callable[[], None]) -> None:
        """Call this when what ``speak`` has promised is not heard after all."""

    def close(self) -> None:
        """Nobody will ask any more."""


class Silence:
    """No voice, and no speech service that is opened for it: whoever switched it off, and tests."""

    def absence(self) -> str:
        """Nobody wanted one."""
        return "no voice is wanted"

    def speak(self, sentences: Sequence[str], language: str, volume: float = USUAL_VOLUME) -> bool:  # noqa: ARG002
        """Say that nothing is heard."""
        return False

    def stop(self) -> None:
        """It is silent."""

    def on_unheard(self, tell: Callable[[], None]) -> None:
        """Nothing was promised."""

    def close(self) -> None:
        """There is nothing to close."""

    @property
    def speaking(self) -> bool:
        """Never."""
        return False


class SystemVoice:
    """Windows voices, or speech-dispatcher on Linux. Qt's module is loaded when it is first needed: it costs 50 ms."""

    def __init__(self) -> None:
        self._speech: Any = None
        self._looked = False

    def absence(self) -> str:
        """Why there is no voice."""
        speech = self._engine()
        if speech is None:
            return "no speech engine is installed"
        return "" if not self._failed() else str(speech.errorString()) or "the speech engine does not start"

    def speak(self, sentences: Sequence[str], language: str, volume: float = USUAL_VOLUME) -> bool:
        """Begin to speak."""
        speech = self._engine()
        if speech is None or self._failed() or not self._take_voice(language):
            return False
        speech.stop()
        speech.setRate(PACE)
        speech.setVolume(volume)
        speech.say("\n".join(sentences))
        return True

    def stop(self) -> None:
        """Be silent at once."""
        if self._speech is not None:
            self._speech.stop()

    def on_unheard(self, tell: Callable[[], None]) -> None:
        """``speak`` itself says it."""

    def close(self) -> None:
        """Be silent, and let the engine go."""
        self.stop()
        self._speech = None

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""
        if self._speech is None:
            return False
        from PySide6.QtTextToSpeech import QTextToSpeech

        return bool(self._speech.state() == QTextToSpeech.State.Speaking)

    def _failed(self) -> bool:
        from PySide6.QtTextToSpeech import QTextToSpeech

        return bool(self._speech.state() == QTextToSpeech.State.Error)

    def _take_voice(self, language: str) -> bool:
        """Choose a voice of the language; a Chinese text read by an English voice is worse than silence."""
        wanted = QLocale(LOCALES[language]).language()
        for locale in self._speech.availableLocales():
            if locale.language() == wanted:
                self._speech.setLocale(locale)
                return True
        return self._take_named(NAMES.get(language, ""))

    def _take_named(self, name: str) -> bool:
        """A voice whose language Qt has no name for: espeak-ng's Mandarin ("cmn") stands under no locale."""
        if not name:
            return False
        self._speech.setLocale(QLocale.c())
        for voice in self._speech.availableVoices():
            if name in voice.name() and "+" not in voice.name():  # with a plus: disguises of the same voice
                self._speech.setVoice(voice)
                return True
        return False

    def _engine(self) -> Any:  # noqa: ANN401 - the class is known only once its module is loaded
        if not self._looked:
            self._looked = True
            # The module complains about sound servers that it does not need.
            QLoggingCategory.setFilterRules("qt.multimedia*=false\nqt.speech*=false")
            try:
                from PySide6.QtTextToSpeech import QTextToSpeech
            except ImportError:  # the system's sound library is not there: no voice, as without an engine
                return None
            engines = [name for name in QTextToSpeech.availableEngines() if name != NO_ENGINE]
            if engines:
                self._speech = QTextToSpeech(engines[0])
        return self._speech


class Ask(StrEnum):
    """What the buttons beside the voice ask for."""

    STOP = "voice_stop"
    AGAIN = "voice_again"
    QUIETER = "voice_quieter"
    LOUDER = "voice_louder"


class ReadAloud(QObject):
    """Brings the buttons and the voice together: another screen is silence, and so is a voice that is not there.

    Signals:
        unheard: there is no voice for this language; say so on the screen.
        active(bool): something is being read, so that it can be stopped, heard again, louder or quieter; or no longer.
        heard: somebody is being read to, said again and again while they are: to listen is to be there.
        mute: what was to be called out is not heard; a sound that needs no voice may be.
    """

    unheard = Signal()
    active = Signal(bool)
    heard = Signal()
    mute = Signal()

    def __init__(self, voice: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        voice.on_unheard(self._not_heard)
        self._last: list[str] = []
        self._language = ""
        self._step = USUAL_STEP
        self._calling = self._begun = False
        self._looked_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def volume(self) -> float:
        """How loud it is, 0 … 1."""
        return LOUDNESS[self._step]

    @property
    def reading(self) -> bool:
        """Whether somebody is being read to."""
        return bool(self._last)

    def call_out(self, sentence: str, language: str) -> None:
        """Say something to the whole hall, as loud as it goes; what is being read ends. Other screens do not end it."""
        self.stop()
        self._calling = self._voice.speak([sentence], language, LOUDNESS[-1])
        if not self._calling:
            self.mute.emit()

    def read(self, sentences: list[str], language: str) -> None:
        """Speak; the same sentences while they are being spoken mean stop."""
        if self._voice.speaking and sentences == self._last:
            self.stop()
            return
        self._last, self._language = sentences, language
        self._speak()

    @Slot(str)
    def ask(self, wish: str) -> None:
        """A button beside the voice was touched."""
        match Ask(wish):
            case Ask.STOP:
                self.stop()
            case Ask.AGAIN:
                self._speak()
            case Ask.QUIETER | Ask.LOUDER as louder:
                step = self._step + (1 if louder is Ask.LOUDER else -1)
                self._step = max(0, min(len(LOUDNESS) - 1, step))
                self._speak()

    @Slot()
    def stop(self) -> None:
        """Be silent: the person has gone on, or has gone. What others say by the same voice goes on."""
        if self._last:
            self._voice.stop()
        self._end()

    @Slot()
    def look(self) -> None:
        """See whether the voice has come to its end (the timer's slot; tests call it)."""
        self._looked_ms += LOOK_MS
        speaking = self._voice.speaking
        self._begun = self._begun or speaking
        stuck = self._looked_ms > BEGIN_MS + MOST_MS_A_CHARACTER * sum(map(len, self._last))
        if stuck or not (speaking or (not self._begun and self._looked_ms < BEGIN_MS)):
            self._end()
        else:
            self.heard.emit()

    @Slot()
    def reset(self) -> None:
        """As loud as the next person should find it."""
        self._step = USUAL_STEP

    def close(self) -> None:
        """The window goes."""
        self._voice.close()

    def _not_heard(self) -> None:
        """There is no voice for this language, as it has turned out."""
        if self._last:
            self.unheard.emit()
            self._end()
        elif self._calling:
            self._calling = False
            self.mute.emit()

    def _end(self) -> None:
        self._last = []
        self._timer.stop()
        self.active.emit(False)  # noqa: FBT003 - a signal has no names

    def _speak(self) -> None:
        """From the beginning: a voice that has begun does not change its loudness."""
        if not self._last:  # it came to its end under the finger
            return
        self._calling = False
        heard = self._voice.speak(self._last, self._language, self.volume)
        if not heard:
            self.unheard.emit()
            self._end()
            return
        self._begun, self._looked_ms = self._voice.speaking, 0
        self._timer.start()
        self.active.emit(True)  # noqa: FBT003 - as above
