"""How the kiosk ends: exit statuses that systemd and the Windows shell launcher are told about (see ``deploy/``)."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit status of ``gig-kiosk run``."""

    ENDED = 0
    """Told to end by the system (SIGTERM, SIGINT)."""
    NOT_READY = 1
    """Something that is needed is not there."""
    WRONG_ARGUMENTS = 2
    """Of the command line, or of the settings."""
    RUNNING_ALREADY = 3
    """Another one works on the same data folder. Starting again does not help."""
    BY_STAFF = 4
    """Staff have closed the kiosk. It is not started again."""
    AGAIN = 5
    """It wants to be started again: staff said so, or the night's restart is due."""
