"""Failures of things, as opposed to refusals by rules: disk, key, printer, scanner, reader, network."""

from collections.abc import Mapping

from kiosk.domain.refusal import Param


class DeviceFault(Exception):
    """Something outside failed in a way we know. Everything else that fails is a bug.

    Attributes:
        key: string key of the sentence, for example ``fault.disk_full``.
        what_to_do: string key of the next sentence.
        code: short code for staff, for example ``D-12``.
        params: values for the sentences; never a name, phone or ID number.
        retry: whether trying again may help.
    """

    def __init__(
        self,
        key: str,
        *,
        what_to_do: str = "fault.call_staff",
        code: str = "",
        retry: bool = False,
        **params: Param,
    ) -> None:
        super().__init__(key)
        self.key = key
        self.what_to_do = what_to_do
        self.code = code
        self.retry = retry
        self.params: Mapping[str, Param] = dict(params)
