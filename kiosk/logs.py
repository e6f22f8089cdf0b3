"""The log's lines, for people or for machines. Never a name, a phone or an ID number, at any level.

Messages are ours and hold none. An exception's own words may (a database quotes the value that it refuses), so of
exceptions only type and place are written.
"""

import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def _told(error: BaseException | None) -> str:
    """Type and place of an exception and of what it came from, never its words."""
    told = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        told.append(f"{type(error).__qualname__} at {places or 'unknown place'}")
        error = error.__cause__ or error.__context__
    return "; from ".join(told)


class SafeFormatter(logging.Formatter):
    """One line of text a record, and one more for an exception."""

    def __init__(self) -> None:
        super().__init__(_TEXT)

    def format(self, record: logging.LogRecord) -> str:
        """Another handler may have left the exception's words in the record: they are not taken."""
        record.exc_text = None
        line = super().format(record)
        record.exc_text = None
        return line

    def formatException(  # noqa: N802 - the base class's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """See ``_told``."""
        return _told(ei[1])


class JsonFormatter(logging.Formatter):
    """One JSON object a record: at, level, logger, message, and the exception's type and place."""

    def format(self, record: logging.LogRecord) -> str:
        """See the class."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _told(record.exc_info[1])
        import json  # 4 ms of a start, for the few who want lines for machines

        return json.dumps(line, ensure_ascii=False)


def set_up(level: str, *, as_json: bool) -> None:
    """Log to standard error in one of the two forms."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if as_json else SafeFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler])
