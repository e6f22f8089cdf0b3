"""The closed sets of words that records are made of. The values are what goes over the wire: never rename one."""

from enum import StrEnum


class PayUnit(StrEnum):
    """What one payment is for (时/天/件/月/单)."""

    HOUR = "hour"
    DAY = "day"
    PIECE = "piece"
    MONTH = "month"
    JOB = "job"


class Settlement(StrEnum):
    """When the pay is handed over 结算 (当日/次日/周/半月/月/完工)."""

    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    ON_COMPLETION = "on_completion"


class EmployerKind(StrEnum):
    """Who hires 用工方."""

    HOUSEHOLD = "household"
    INDIVIDUAL = "individual"
    ENTERPRISE = "enterprise"
    AGENCY = "agency"
    BROKER = "broker"


class Standing(StrEnum):
    """An employer's standing with the station."""

    OK = "ok"
    WARNED = "warned"
    BANNED = "banned"


class Strength(StrEnum):
    """How heavy the work is (轻/中/重)."""

    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class Source(StrEnum):
    """How a listing came in."""

    SELF = "self"
    ON_BEHALF = "on_behalf"
    IMPORT = "import"


class ListingStatus(StrEnum):
    """Life of a listing 招工信息: pending → published ⇄ full → closed, or rejected."""

    PENDING = "pending"
    PUBLISHED = "published"
    FULL = "full"
    CLOSED = "closed"
    REJECTED = "rejected"


class PlacementStatus(StrEnum):
    """Life of a placement 对接."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    PAID = "paid"
    UNPAID = "unpaid"
    NO_SHOW = "no_show"


class Claim(StrEnum):
    """Where a place comes from: this kiosk's lease, the city's reserve, or none (候补)."""

    LEASE = "lease"
    CENTRAL = "central"
    NONE = "none"


class ActorKind(StrEnum):
    """Who acted: whoever touched the screen, or nobody did."""

    SELF = "self"
    STAFF = "staff"
    #: The kiosk by itself, at night.
    STATION = "station"
    CITY = "city"
    #: The kiosk's own housekeeping; nobody stands before it.
    KIOSK = "kiosk"


class SlipKind(StrEnum):
    """What is on a paper slip 凭条 (SLIPS in docs/)."""

    WORKER_CARD = "worker_card"
    JOB_SLIP = "job_slip"
    HIRE_SHEET = "hire_sheet"
    POSTING_RECEIPT = "posting_receipt"


class DayPart(StrEnum):
    """Parts of a day in which somebody can work."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class WantedStatus(StrEnum):
    """Life of a job-wanted entry 求职信息; whether it is still valid its last day says."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


class InvitationStatus(StrEnum):
    """What became of an employer's invitation to a worker."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Severity(StrEnum):
    """A finding 提示 either blocks the posting or warns the reviewer."""

    BLOCK = "block"
    WARN = "warn"


#: Placement states that hold one of the listing's places.
HOLDING = frozenset(
    {
        PlacementStatus.CONFIRMED,
        PlacementStatus.ARRIVED,
        PlacementStatus.COMPLETED,
        PlacementStatus.PAID,
        PlacementStatus.UNPAID,
    }
)
#: Placement states in which the worker still waits or works for this listing.
OPEN = frozenset({PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED, PlacementStatus.ARRIVED})
