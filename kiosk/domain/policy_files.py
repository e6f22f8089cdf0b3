"""Reading the policies from the text of their file. What is not known here is left for later programs."""

import tomllib
from collections.abc import Mapping, Sequence

from kiosk.domain.reference import BadReference, Policy, PolicyRule, PolicyWords

POLICIES = "policies.toml"
#: What ends so is in English.
ENGLISH = "_en"
_WORDS = frozenset({"applies", "item", "brief", "who", "conditions", "notes"})

Entry = Mapping[str, object]


def parse_policies(text: str) -> tuple[Policy, ...]:
    """Read ``policies.toml``.

    Raises:
        BadReference: not TOML, a policy without key, title or office, or another number of sentences in English.
    """
    try:
        tree = tomllib.loads(text)
        notices = {str(each["applies"]): each for each in tree.get("notice", ())}
        return tuple(
            Policy(
                key=entry["key"],
                rules=tuple(
                    _rule(entry, rule, notices.get(str(rule["applies"]), {}))
                    for rule in entry.get("rule", ())
                ),
            )
            for entry in tree.get("policy", ())
            if entry["title"] and entry["office"]
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"{POLICIES}: {error!r}"
        raise BadReference(message) from error


def _rule(policy: Entry, rule: Entry, notice: Entry) -> PolicyRule:
    said, said_en = (_said(policy, rule, notice, ending) for ending in ("", ENGLISH))
    for name in ("who", "conditions"):
        if len(getattr(said, name)) != len(getattr(said_en, name)):
            message = f"{policy['key']}, {rule['item']}: {name} in English"
            raise ValueError(message)
    facts = tuple(
        (key, _fact(value)) for key, value in rule.items() if key not in _WORDS and not key.endswith(ENGLISH)
    )
    return PolicyRule(
        applies=str(rule["applies"]), item=str(rule["item"]), said=said, said_en=said_en, facts=facts
    )


def _said(policy: Entry, rule: Entry, notice: Entry, ending: str) -> PolicyWords:
    return PolicyWords(
        title=_one(policy, "title", ending),
        office=_one(policy, "office", ending),
        brief=_one(rule, "brief", ending),
        who=_some(rule, "who", ending),
        conditions=_some(rule, "conditions", ending),
        notes=_some(rule, "notes", ending),
        source=_one(notice, "title", ending),
    )


def _one(entry: Entry, name: str, ending: str) -> str:
    """The sentence, or the Chinese one where it is not said in English."""
    return str(entry.get(name + ending, entry.get(name, "")))


def _some(entry: Entry, name: str, ending: str) -> tuple[str, ...]:
    found = entry.get(name + ending, entry.get(name))
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _fact(value: object) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)
