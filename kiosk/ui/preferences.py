"""What a person may set for their own visit, with one touch each: language, text size, contrast."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from kiosk.ui.strings import FIRST_LANGUAGE, Strings


class TextSize(StrEnum):
    """标准 / 大字 / 特大."""

    STANDARD = "standard"
    LARGE = "large"
    HUGE = "huge"


SIZES = tuple(TextSize)
DEFAULT_SIZE = TextSize.LARGE


class Preferences(QObject):
    """Language, text size and contrast of the person who stands there.

    Signals:
        look_changed: text size or contrast is another one (the language tells by
            ``Strings.language_changed``).
    """

    look_changed = Signal()

    def __init__(
        self, strings: Strings, *, language: str = FIRST_LANGUAGE, parent: QObject | None = None
    ) -> None:
        """Start with the defaults.

        Args:
            strings: gets the language.
            language: the station's default language.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._strings = strings
        self._default_language = language
        self._size = DEFAULT_SIZE
        self._high_contrast = False
        self._put_by: tuple[TextSize, bool, str] | None = None

    @property
    def text_size(self) -> TextSize:
        """The text size."""
        return self._size

    @property
    def high_contrast(self) -> bool:
        """Whether the black and white look is on."""
        return self._high_contrast

    @property
    def changed(self) -> bool:
        """Whether anything is not as the next person should find it."""
        return (
            self._size is not DEFAULT_SIZE
            or self._high_contrast
            or self._strings.language != self._default_language
        )

    def next_size(self) -> None:
        """One size larger; after the largest the smallest."""
        self.set_look(SIZES[(SIZES.index(self._size) + 1) % len(SIZES)], high_contrast=self._high_contrast)

    def toggle_contrast(self) -> None:
        """Black and white, or back to colours."""
        self.set_look(self._size, high_contrast=not self._high_contrast)

    def next_language(self) -> None:
        """The other language."""
        self._strings.set_language(self._strings.next_language())

    def set_look(self, size: TextSize, *, high_contrast: bool) -> None:
        """Text size and contrast at once."""
        if (size, high_contrast) != (self._size, self._high_contrast):
            self._size = size
            self._high_contrast = high_contrast
            self.look_changed.emit()

    def put_by(self) -> None:
        """Somebody else stands there for a while: as they should find it, until ``take_up``."""
        self._put_by = (self._size, self._high_contrast, self._strings.language)
        self._back_to_usual()

    def take_up(self) -> None:
        """As it was put by."""
        if self._put_by is not None:
            size, high_contrast, language = self._put_by
            self._put_by = None
            self._strings.set_language(language)
            self.set_look(size, high_contrast=high_contrast)

    def reset(self) -> None:
        """As the next person should find it; nothing is put by any more."""
        self._put_by = None
        self._back_to_usual()

    def _back_to_usual(self) -> None:
        self._strings.set_language(self._default_language)
        self.set_look(DEFAULT_SIZE, high_contrast=False)
