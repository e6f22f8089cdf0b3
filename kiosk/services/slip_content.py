"""What a slip 凭条 says, before anybody lays it out: the contract between the use cases and the paper.

The use cases fill it with finished words ("260 元/天", "3月2日 周一"), so that the paper says the same as the
screen did; the layout (``assets/slips/<kind>.toml``) decides which of them stand where and in what size.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.domain.values import HOLDING, PlacementStatus

#: State of a slip whose holder has been told that it is worth nothing any more. Never printed.
VOID = "void"
CONFIRMED, WAITLISTED = "confirmed", "waitlisted"


def state_of(status: PlacementStatus) -> str:
    """What a job slip has to say while a placement stands like that; ``VOID`` when no slip would be true."""
    if status is PlacementStatus.WAITLISTED:
        return WAITLISTED
    return CONFIRMED if status in HOLDING else VOID


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipContent:
    """The words of one slip. Encodes and decodes with msgspec.

    Attributes:
        kind: name of the layout: worker_card, job_slip, hire_sheet, posting_receipt, wage_record,
            complaint_receipt, queue_number or test_slip.
        number: as people read it, for example "WHHC01-000128".
        language: catalogue of the labels: "zh_CN" or "en".
        state: what must not be mistaken, if the kind has it: "confirmed" / "waitlisted" on a job slip ("void" once
            its holder knows better), "published" / "pending" on a posting receipt, "paid" / "owed" on a wage record;
            "" for none.
        values: finished text by name; a name that is missing or empty leaves out its line. See ``VALUES``.
        tables: rows of cells by name, for sheets with a list ("people" on a hire sheet: name, phone, trade).
        qr: the address for the QR code, or "" for a slip without one.
        copy: 0 for the first print, n for the n-th reprint: marks it 补打 in three places.
    """

    kind: str
    number: str
    language: str = "zh_CN"
    state: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    qr: str = ""
    copy: int = 0
