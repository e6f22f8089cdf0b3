"""读给我听: speaks a screen's sentences with the voices of the system, slowly enough for an old man at five o'clock."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QLocale, QLoggingCategory, QObject, Signal, Slot

#: Qt's scale is −1 … 1 around the voice's own pace of some 175 words a minute; this is about 125.
PACE = -0.3
LOCALES = {"zh_CN": "zh", "en": "en"}
#: Qt's engine for its own tests; it says nothing.
NO_ENGINE = "mock"


class Voice(Protocol):
    """Something that can speak."""

    def absence(self) -> str:
        """Why there is no voice, for staff; "" when there is one."""

    def speak(self, sentences: Sequence[str], language: str) -> bool:
        """Begin to speak; what was being said ends. False when there is no voice for that language."""

    def stop(self) -> None:
        """Be silent at once."""

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""


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

    def speak(self, sentences: Sequence[str], language: str) -> bool:
        """Begin to speak."""
        speech = self._engine()
        if speech is None or self._failed() or not self._take_voice(language):
            return False
        speech.stop()
        speech.setRate(PACE)
        speech.say("\n".join(sentences))
        return True

    def stop(self) -> None:
        """Be silent at once."""
        if self._speech is not None:
            self._speech.stop()

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


class ReadAloud(QObject):
    """Brings the button and the voice together: a second touch stops, another screen stops, silence is explained.

    Signals:
        unheard: there is no voice for this language; say so on the screen.
    """

    unheard = Signal()

    def __init__(self, voice: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        self._last: list[str] = []

    def read(self, sentences: list[str], language: str) -> None:
        """Speak; the same sentences while they are being spoken mean stop."""
        if self._voice.speaking and sentences == self._last:
            self._voice.stop()
            return
        self._last = sentences
        if not self._voice.speak(sentences, language):
            self.unheard.emit()

    @Slot()
    def stop(self) -> None:
        """Be silent: the person has gone on, or has gone."""
        self._last = []
        self._voice.stop()
