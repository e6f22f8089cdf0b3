"""Expected failures: a closed, typed way to say no, with what to do next."""

from collections.abc import Mapping

Param = str | int


class Refusal(Exception):
    """The market's rules say no. The screen shows the sentence behind ``key`` and keeps what was typed.

    Attributes:
        key: string key of the sentence, for example ``refusal.phone_length``.
        field: name of the form field that has to be mended, or None when no field is to blame.
        params: values for the sentence (never an ID number, phone or name: refusals are logged).
    """

    def __init__(self, key: str, field: str | None = None, **params: Param) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.params: Mapping[str, Param] = dict(params)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Refusal):
            return NotImplemented
        return (self.key, self.field, self.params) == (other.key, other.field, other.params)

    def __hash__(self) -> int:
        return hash((self.key, self.field))
