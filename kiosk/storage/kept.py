"""What was counted, kept until somebody writes: counts look through all of the market."""

from collections.abc import Callable
from typing import Generic, TypeVar

from kiosk.storage.engine import Database

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Kept(Generic[_Key, _Value]):
    """Answers to questions about everything, true as long as no writer had its turn. Any thread.

    All writing of this process goes through the database's turns, and no other process writes beside a running kiosk.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        #: The turn that the answers are from, and they; exchanged as one, so no lock is needed.
        self._known: tuple[int, dict[_Key, _Value]] = (-1, {})

    def get(self, key: _Key, ask: Callable[[], _Value]) -> _Value:
        """The answer to a question; ``ask`` looks it up."""
        turn = self._database.ended
        since, answers = self._known
        if since != turn:
            answers = {}
            self._known = (turn, answers)
        if key not in answers:
            answers[key] = ask()
        return answers[key]
