"""Written words as a person would say them: a voice reads 13806311111 as billions, and 元/天 with its stroke."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.domain.values import PayUnit

if TYPE_CHECKING:
    from kiosk.ui.strings import Strings

_Say = Callable[["re.Match[str]", "Strings"], str]
#: The groups in which a mobile number and a number in the fixed network are said.
_MOBILE, _FIXED = re.compile(r"^(1\d{2})(\d{4})(\d{4})$"), re.compile(r"^(0[12]\d|0\d{3})(\d{3,4})(\d{4})$")
#: A mask that hides more than this is that of an identity card.
_PHONE_STARS = 4


def as_spoken(text: str, strings: Strings) -> str:
    """One sentence for a voice, in the present language. What is not known here is left as it is written."""
    text = text.replace("\u00a0", " ")
    for unit in PayUnit:
        text = text.replace(strings.pay_unit(unit), strings.text(f"spoken.pay_unit.{unit}"))
    for pattern, say in _RULES:
        text = pattern.sub(lambda found, say=say: say(found, strings), text)  # type: ignore[misc]  # bound at once
    return text


def _digits(written: str, strings: Strings) -> str:
    names: Sequence[str] = strings.text("spoken.digits").split()
    gap = strings.text("spoken.digit_gap")
    return gap.join(names[int(each)] for each in written)


def _spelled(written: str, strings: Strings) -> str:
    runs = re.findall(r"[A-Z]|[0-9]+", written)
    return " ".join(run if run.isalpha() else _digits(run, strings) for run in runs)


def _grouped(groups: Sequence[str], strings: Strings) -> str:
    return strings.text("spoken.pause").join(_digits(each, strings) for each in groups)


def _phone(found: re.Match[str], strings: Strings) -> str:
    written = re.sub(r"\D", "", found[0])
    parts = _MOBILE.match(written) or _FIXED.match(written)
    return _grouped(parts.groups() if parts else (written,), strings)


def _masked(found: re.Match[str], strings: Strings) -> str:
    """Of a hidden phone number the end; of an identity card only that there is one, as everywhere in the hall."""
    if len(found[1]) > _PHONE_STARS:
        return strings.text("common.filled_in")
    return strings.text("spoken.tail", digits=_digits(found[2], strings))


def _name(found: re.Match[str], strings: Strings) -> str:
    return strings.text("spoken.masked_name", first=found[1])


def _number(found: re.Match[str], strings: Strings) -> str:
    """A number on a slip: letters and digits one by one."""
    return strings.text("spoken.pause").join(_spelled(part, strings) for part in found.groups())


def _code(found: re.Match[str], strings: Strings) -> str:
    return _spelled(found[0], strings)


def _one_by_one(found: re.Match[str], strings: Strings) -> str:
    return _grouped(found[0].split(" "), strings)


def _clock(hour: str, minute: str, strings: Strings) -> str:
    key = "spoken.hour" if int(minute) == 0 else "spoken.time"
    return strings.text(key, hour=int(hour), minute=minute)


def _span(found: re.Match[str], strings: Strings) -> str:
    """What stands before the end says of which day it is."""
    begin, end = _clock(found[1], found[2], strings), _clock(found[4], found[5], strings)
    return strings.text("spoken.span", begin=begin, end=f"{found[3]}{end}")


def _time(found: re.Match[str], strings: Strings) -> str:
    return _clock(found[1], found[2], strings)


def _range(found: re.Match[str], strings: Strings) -> str:
    return strings.text("spoken.span", begin=found[1], end=found[2])


def _plain(found: re.Match[str], _: Strings) -> str:
    return found[0].replace(",", "")


def _page(found: re.Match[str], strings: Strings) -> str:
    """The second page of three; fractions voices read well."""
    return strings.text("spoken.page", n=found[1], total=found[2])


#: In this order: what is part of something longer comes after it.
_RULES: tuple[tuple[re.Pattern[str], _Say], ...] = (
    (re.compile(r"(?<![\d*])\d{3,6}(\*{2,})(\d{4})(?![\d*])"), _masked),
    (re.compile(r"([^\W\d_])\*+"), _name),
    (re.compile(r"(?<![\w-])([A-Z]{2,4}\d{0,3})-([A-Z]?\d{3,9})(?![\w-])"), _number),
    (re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Z]*\d)[0-9A-Z]{18}(?![0-9A-Za-z])"), _code),
    (re.compile(r"(?<!\d)1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)"), _phone),
    (re.compile(r"(?<![\d.])0\d{2,3}[ -]?\d{3,4}[ -]?\d{4}(?!\d)"), _phone),
    (re.compile(r"(?<!\d)1[3-9]\d \d{1,4}(?: \d{1,4})?(?!\d)"), _one_by_one),  # half a number, as it is typed
    (re.compile(r"(?<![\d.])\d{7,}(?![\d.])"), _one_by_one),
    (re.compile(r"(?<!\d)(?:12333|12345)(?!\d)"), _one_by_one),
    (re.compile(r"(?<!\d)(\d{1,2}):([0-5]\d)\s?[–-]\s?([^\W\d]{0,4})(\d{1,2}):([0-5]\d)(?!\d)"), _span),
    (re.compile(r"(?<!\d)(\d{1,2}):([0-5]\d)(?!\d)"), _time),
    (re.compile(r"(?<![\d.])0\d{3}(?!\d)"), _one_by_one),
    (re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)"), _plain),
    (re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)–(\d+(?:\.\d+)?)(?!\d)"), _range),
    (re.compile(r"^(\d{1,3})/(\d{1,3})$"), _page),
)
