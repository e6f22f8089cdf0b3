"""Words that must not stand in an offer, and those that a reviewer should look at.

The rules are data (``assets/reference/wording.toml``), so that a city can mend them: patterns over the normalised text,
and exceptions, which are blanked out before the patterns are tried (``男女不限`` is fine, and so is ``女装``).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.domain.normalise import Simplified, blank, normalise
from kiosk.domain.records import Finding
from kiosk.domain.values import Severity

#: So many digits in a row are a phone or a chat number, whatever stands between them.
CONTACT_DIGITS = 7


class BadWording(ValueError):
    """The wording rules cannot be read: which rule, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRule:
    """One rule over the normalised text. ``code`` is the finding's rule, ``law`` the key of its citation."""

    code: str
    severity: Severity
    law: str
    pattern: re.Pattern[str]
    exceptions: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWords:
    """How people write what a mask hides: ``digits`` are characters that count as some, ``pattern`` names accounts.

    The digits may be words or letters that stand for one (幺, o); the pattern is tried on the normalised text.
    """

    digits: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All wording rules, in the order in which their findings are told, and the table of simplified characters."""

    rules: tuple[WordingRule, ...]
    simplified: Simplified
    contact: ContactWords = ContactWords()

    def gives_contact(self, text: str) -> bool:
        """Whether a text holds a number to call, in whatever writing, or a chat account."""
        plain = unicodedata.normalize("NFKC", text).casefold().translate(self.simplified)
        run = 0
        for char in plain:
            if char.isdigit() or char in self.contact.digits:
                run += 1
                if run >= CONTACT_DIGITS:
                    return True
            elif char.isalpha():
                run = 0
        named = self.contact.pattern
        return named is not None and named.search(normalise(text, self.simplified).text) is not None

    def check(self, text: str, field: str) -> tuple[Finding, ...]:
        """Findings on one text, at most one for each rule and place.

        Args:
            text: as typed; the spans of the findings are positions in it.
            field: name of its form field.
        """
        plain = normalise(text, self.simplified)
        findings: list[Finding] = []
        for rule in self.rules:
            searched = blank(plain.text, rule.exceptions) if rule.exceptions else plain.text
            for match in rule.pattern.finditer(searched):
                span = plain.span(match.start(), match.end())
                findings.append(
                    Finding(
                        rule=rule.code,
                        severity=rule.severity,
                        field=field,
                        law=rule.law,
                        span=span,
                        params=(("words", text[span[0] : span[1]]),),
                    )
                )
        return tuple(findings)


def parse_wording(rules: str, simplified: Simplified) -> Wording:
    """Read the wording rules.

    Args:
        rules: text of ``wording.toml``: ``[words]`` are lists of alternatives that patterns name as ``{name}``;
            each ``[[rule]]`` has code, severity, law, patterns and perhaps exceptions; ``[contact]``, which older sets
            lack, has digits and patterns.
        simplified: see ``kiosk.domain.normalise.parse_simplified``.

    Raises:
        BadWording: not TOML, a part is missing, or a pattern is wrong or matches the empty text.
    """
    try:
        tree = tomllib.loads(rules)
        words = {name: "(?:" + "|".join(choices) + ")" for name, choices in tree.get("words", {}).items()}
        parsed = tuple(_rule(entry, words) for entry in tree["rule"])
        contact = _contact(tree.get("contact", {}), words)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, re.error, ValueError) as error:
        message = f"wording rules: {error!r}"
        raise BadWording(message) from error
    return Wording(rules=parsed, simplified=simplified, contact=contact)


def _rule(entry: Mapping[str, object], words: Mapping[str, str]) -> WordingRule:
    exceptions = entry.get("exceptions", [])
    patterns = entry["patterns"]
    if not (isinstance(patterns, list) and patterns and isinstance(exceptions, list)):
        message = f"rule without patterns: {entry['code']}"
        raise BadWording(message)
    return WordingRule(
        code=str(entry["code"]),
        severity=Severity(str(entry["severity"])),
        law=str(entry["law"]),
        pattern=_compiled(patterns, words),
        exceptions=_compiled(exceptions, words) if exceptions else None,
    )


def _contact(entry: Mapping[str, object], words: Mapping[str, str]) -> ContactWords:
    patterns = entry.get("patterns", [])
    if not isinstance(patterns, list):
        message = "contact: patterns are no list"
        raise BadWording(message)
    digits = frozenset(str(entry.get("digits", "")))
    return ContactWords(digits=digits, pattern=_compiled(patterns, words) if patterns else None)


def _compiled(patterns: Iterable[object], words: Mapping[str, str]) -> re.Pattern[str]:
    text = "|".join(f"(?:{pattern})" for pattern in patterns)
    # Not str.format: patterns have braces of their own, as in \d{2}.
    for name, choices in words.items():
        text = text.replace("{" + name + "}", choices)
    pattern = re.compile(text)
    if pattern.search(""):
        message = f"pattern matches nothing at all: {text}"
        raise BadWording(message)
    return pattern
