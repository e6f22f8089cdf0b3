"""Every word on the screen, by key, in the language of the person who stands there.

The catalogues are TOML files, one folder per language and one file per room of the program
(``assets/strings/zh_CN/worker.toml``). Nested tables are looked up by dotted key (``home.find_work``); a
sentence may hold ``str.format`` fields (``{n}``). Chinese is the first language and the fallback of every
other.
"""

import datetime as dt
import logging
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kiosk.domain.calendar import SHANGHAI, local_date
from kiosk.domain.refusal import Refusal

LOG = logging.getLogger(__name__)

FIRST_LANGUAGE = "zh_CN"
LANGUAGES = ("zh_CN", "en")
FOLDER = Path(__file__).resolve().parents[2] / "assets" / "strings"

FEN_PER_YUAN = 100
#: Digits are grouped from here on only: people read 6000 as one word, 200,000 in groups.
GROUP_FROM = 10_000

Param = str | int
#: Sentences by dotted key, by language.
Catalogues = Mapping[str, Mapping[str, str]]


class CatalogueError(Exception):
    """A catalogue is broken: bad TOML, the same key twice, or a value that is not a sentence."""


class MissingString(KeyError):
    """A key, or a field of its sentence, does not exist (raised in strict mode only)."""


def load_catalogue(folder: Path) -> dict[str, str]:
    """Read and merge all files of one language.

    Args:
        folder: the language's folder, for example ``assets/strings/zh_CN``.

    Returns:
        Sentences by dotted key.

    Raises:
        CatalogueError: no files, unreadable TOML, a duplicate key or a leaf that is not a string.
    """
    import tomllib  # a start that has the words already does without

    sentences: dict[str, str] = {}
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            tree = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            message = f"{path.parent.name}/{path.name}: {error}"
            raise CatalogueError(message) from error
        for key, value in _leaves(tree):
            if not isinstance(value, str):
                message = f"{path.parent.name}/{path.name}: {key} is not a string"
                raise CatalogueError(message)
            if key in sentences:
                message = f"{key} stands in {origin[key]} and in {path.name} ({path.parent.name})"
                raise CatalogueError(message)
            sentences[key] = value
            origin[key] = path.name
    if not sentences:
        message = f"no strings in {folder}"
        raise CatalogueError(message)
    return sentences


def placeholders(sentence: str) -> frozenset[str]:
    """Names of the ``str.format`` fields in a sentence."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def _leaves(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


class _Fill(string.Formatter):
    """``str.format``, and a count with its noun: ``{n:job|jobs}`` is ``1 job``, ``5 jobs``."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Put one field in."""
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) == '1' else many}"


_FILL = _Fill()


class Strings(QObject):
    """The words of the current language, and how numbers, money, days and times are said in it.

    Signals:
        language_changed: the language is another one now; everything visible must ask for its words again.
    """

    language_changed = Signal()

    def __init__(
        self,
        language: str = FIRST_LANGUAGE,
        *,
        folder: Path = FOLDER,
        words: Catalogues | None = None,
        strict: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Load the catalogues of all languages (they are small, and switching must not touch the disk).

        Args:
            language: one of ``LANGUAGES``.
            folder: where the language folders are.
            words: the sentences, if they were read already.
            strict: raise ``MissingString`` instead of falling back (for tests).
            parent: Qt parent.

        Raises:
            CatalogueError: see ``load_catalogue``.
        """
        super().__init__(parent)
        self._catalogues: Catalogues = words or {name: load_catalogue(folder / name) for name in LANGUAGES}
        self._strict = strict
        self._language = FIRST_LANGUAGE
        self.set_language(language)

    @property
    def words(self) -> Catalogues:
        """All sentences."""
        return self._catalogues

    @property
    def language(self) -> str:
        """The current language, for example ``zh_CN``."""
        return self._language

    def set_language(self, language: str) -> None:
        """Switch the language; listeners of ``language_changed`` are told if it is another one.

        Raises:
            ValueError: a language that has no catalogue.
        """
        if language not in self._catalogues:
            message = f"no catalogue for language {language!r}"
            raise ValueError(message)
        if language != self._language:
            self._language = language
            self.language_changed.emit()

    def next_language(self) -> str:
        """The language that one touch on the language button leads to."""
        return LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)]

    def has(self, key: str) -> bool:
        """Whether the current language has a sentence for the key."""
        return key in self._catalogues[self._language]

    def text(self, key: str, **params: Param) -> str:
        """The sentence behind a key with its fields filled.

        A missing key falls back to Chinese, then to the key itself, with a line in the log: a kiosk with a
        wrong word is better than no kiosk. In strict mode it raises.

        Raises:
            MissingString: in strict mode, when the key or a field of the sentence is missing.
        """
        sentence = self._catalogues[self._language].get(key)
        if sentence is None:
            if self._strict:
                raise MissingString(key)
            LOG.warning("string %s is missing in %s", key, self._language)
            sentence = self._catalogues[FIRST_LANGUAGE].get(key, key)
        try:
            counts = "|" in sentence
            return _FILL.vformat(sentence, (), params) if counts else sentence.format_map(params)
        except (KeyError, IndexError, ValueError) as error:
            if self._strict:
                message = f"{key}: {error}"
                raise MissingString(message) from error
            LOG.warning("string %s cannot be filled", key)
            return sentence

    def plain(self, key: str, otherwise: str) -> str:
        """The sentence behind a key that came from elsewhere; ``otherwise`` when there is none, or it has fields."""
        sentence = self._catalogues[self._language].get(key)
        return self.text(otherwise) if sentence is None or placeholders(sentence) else self.text(key)

    def refusal(self, refusal: Refusal) -> str:
        """The sentence that a refusal says."""
        return self.text(refusal.key, **refusal.params)

    def number(self, value: int) -> str:
        """A count, grouped only when it is long: ``6000``, ``200,000``."""
        return f"{value:,}" if abs(value) >= GROUP_FROM else str(value)

    def money(self, fen: int) -> str:
        """An amount in yuan without a unit: ``18000`` → ``180``, ``1850`` → ``18.5``."""
        yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
        sign = "-" if fen < 0 else ""
        cents = f".{rest:02d}".rstrip("0") if rest else ""
        return f"{sign}{self.number(yuan)}{cents}"

    def yuan(self, fen: int) -> str:
        """An amount with the currency word: ``180 元``."""
        return self.text("common.money", amount=self.money(fen))

    def pay(self, fen: int, unit: str) -> str:
        """A wage with its unit: ``180 元/天``. ``unit`` is a ``PayUnit`` value."""
        return self.text(f"common.pay.{unit}", amount=self.money(fen))

    def pay_unit(self, unit: str) -> str:
        """The unit alone, to stand beside a large amount: ``元/天``."""
        return self.text(f"common.pay_unit.{unit}")

    def date(self, day: dt.date) -> str:
        """A day with its weekday: ``11月22日 周日``. An aware datetime is turned to local time first."""
        local = _day(day)
        return self.text(
            "common.date",
            month=self.text(f"common.month.{local.month}"),
            day=local.day,
            weekday=self.weekday(local),
        )

    def weekday(self, day: dt.date) -> str:
        """The weekday's short name: ``周日``."""
        return self.text(f"common.weekday.{_day(day).isoweekday()}")

    def day(self, day: dt.date, today: dt.date) -> str:
        """A day as people say it: today, tomorrow, the day after, else ``date``."""
        ahead = (_day(day) - _day(today)).days
        word = {0: "today", 1: "tomorrow", 2: "day_after"}.get(ahead)
        return self.text(f"common.day.{word}", date=self.date(day)) if word else self.date(day)

    def time(self, moment: dt.datetime) -> str:
        """The local time of day of an aware datetime, 24 hours: ``05:30``."""
        return f"{moment.astimezone(SHANGHAI):%H:%M}"

    def minute(self, minute: int) -> str:
        """A minute of the day as a time: ``330`` → ``05:30``."""
        hour, rest = divmod(minute, 60)
        return f"{hour:02d}:{rest:02d}"

    def hours(self, start_minute: int, end_minute: int) -> str:
        """A span of working time from minutes of the day: ``05:30–17:00``; an end on the next day is called so."""
        end = self.minute(end_minute)
        if end_minute <= start_minute:
            end = self.text("common.next_day", time=end)
        return f"{self.minute(start_minute)}–{end}"

    def ago(self, moment: dt.datetime, now: dt.datetime) -> str:
        """How fresh something is: just now, n minutes, n hours, n days. Both are aware."""
        minutes = int((now - moment).total_seconds()) // 60
        if minutes < 10:  # noqa: PLR2004 - "just now" is ten minutes by this very definition
            return self.text("common.ago.now")
        if minutes < 60:  # noqa: PLR2004 - minutes in an hour
            return self.text("common.ago.minutes", n=minutes)
        if minutes < 24 * 60:
            return self.text("common.ago.hours", n=minutes // 60)
        return self.text("common.ago.days", n=minutes // (24 * 60))


def _day(day: dt.date) -> dt.date:
    return local_date(day) if isinstance(day, dt.datetime) else day
