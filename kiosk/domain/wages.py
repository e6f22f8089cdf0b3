"""Pay against the minimum wage, and how late it may be paid. Usable while the pay is being typed."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.records import Finding, Terms
from kiosk.domain.reference import Reference, WageFloor
from kiosk.domain.values import PayUnit, Settlement, Severity

MINUTES_PER_HOUR = 60
#: Paid days of a month 月计薪天数, in hundredths (劳社部发〔2008〕3号): 21.75 days of 8 hours.
PAID_DAYS_X100 = 2175
HOURS_PER_DAY = 8
#: Part-time work is paid at least every 15 days (劳动合同法 art. 72).
SETTLEMENT_DAYS = 15
#: What nobody on the market pays: probably fen typed for yuan, or a day's pay for an hour's.
UNUSUAL_FEN = {PayUnit.HOUR: 500_00, PayUnit.DAY: 5_000_00, PayUnit.MONTH: 60_000_00}

Param = tuple[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOffer:
    """The part of an offer that its pay is judged by.

    Attributes:
        pay_fen: pay for one unit; 0 while nothing is typed.
        minutes_per_day: working minutes a day, without breaks.
        region: street or district of the work.
        on: first day of the work.
        days: how many days it lasts.
        full_time: with a labour contract, rather than part-time 非全日制.
    """

    pay_fen: int
    unit: PayUnit
    minutes_per_day: int
    region: str
    on: date
    full_time: bool
    settlement: Settlement
    days: int = 1


def offer_of(terms: Terms) -> PayOffer:
    """The pay offer of a listing's terms."""
    return PayOffer(
        pay_fen=terms.pay_fen,
        unit=terms.pay_unit,
        minutes_per_day=terms.minutes_per_day,
        region=terms.region,
        on=terms.date_from,
        full_time=terms.full_time,
        settlement=terms.settlement,
        days=max(1, (terms.date_to - terms.date_from).days + 1),
    )


def check_pay(offer: PayOffer, reference: Reference) -> tuple[Finding, ...]:
    """Findings on pay and settlement.

    Block: ``pay_missing``, ``month_part_time``, ``minimum_wage`` and ``minimum_wage_month`` (their ``needed_fen`` is
    the lowest pay in the same unit that passes), ``settlement_late``. Warn: ``full_time_low``, ``piece_rate``,
    ``minimum_wage_unknown``, ``pay_unusual``, ``settlement_month``.
    """
    return (*_amount_findings(offer, reference), *_settlement_findings(offer))


def needed_fen(offer: PayOffer, floor: WageFloor) -> int | None:
    """The lowest pay in the offer's own unit that reaches the minimum wage, rounded up to whole fen.

    None where it cannot be told: piece and job pay, a month of part-time work, or a day without hours. Part-time
    work is measured by the hourly minimum, work with a labour contract by the monthly one (a month is 21.75 days of
    8 hours).
    """
    if offer.unit is PayUnit.MONTH:
        return floor.monthly_fen if offer.full_time else None
    minutes = _minutes_of(offer)
    if minutes is None:
        return None
    if offer.full_time:
        month_x100 = PAID_DAYS_X100 * HOURS_PER_DAY * MINUTES_PER_HOUR
        return _ceiling(floor.monthly_fen * 100 * minutes, month_x100)
    return part_time_fen(minutes, floor)


def part_time_fen(minutes: int, floor: WageFloor) -> int:
    """What so many minutes of part-time work are worth at the hourly minimum, rounded up to whole fen."""
    return _ceiling(floor.hourly_fen * minutes, MINUTES_PER_HOUR)


def _minutes_of(offer: PayOffer) -> int | None:
    """Working minutes in one unit of pay, where that can be told."""
    if offer.unit is PayUnit.HOUR:
        return MINUTES_PER_HOUR
    if offer.unit is PayUnit.DAY and offer.minutes_per_day > 0:
        return offer.minutes_per_day
    return None


def _ceiling(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)


def yuan(fen: int) -> str:
    """An amount in yuan without a unit, for a sentence's field: ``18000`` is ``180``, ``1850`` is ``18.5``."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def _finding(rule: str, severity: Severity, law: str, field: str, *params: Param) -> Finding:
    return Finding(rule=rule, severity=severity, field=field, law=law, params=params)


def _amount_findings(offer: PayOffer, reference: Reference) -> list[Finding]:
    if offer.pay_fen <= 0:
        return [_finding("pay_missing", Severity.BLOCK, "listing", "pay")]
    if offer.unit is PayUnit.MONTH and not offer.full_time:
        return [_finding("month_part_time", Severity.BLOCK, "part_time", "pay_unit")]
    findings: list[Finding] = []
    floor = reference.wage_floor(offer.region, offer.on)
    if floor is None:
        if reference.district_of(offer.region) is not None:
            findings.append(_finding("minimum_wage_unknown", Severity.WARN, "minimum_wage", "pay"))
    else:
        findings += _floor_findings(offer, floor)
    if offer.pay_fen > UNUSUAL_FEN.get(offer.unit, offer.pay_fen):
        findings.append(_finding("pay_unusual", Severity.WARN, "true", "pay", ("pay", yuan(offer.pay_fen))))
    return findings


def _floor_findings(offer: PayOffer, floor: WageFloor) -> list[Finding]:
    minimum = floor.monthly_fen if offer.unit is PayUnit.MONTH else floor.hourly_fen
    facts: tuple[Param, ...] = (
        ("minimum_fen", minimum),
        ("minimum", yuan(minimum)),
        ("unit", offer.unit.value),
        ("certainty", floor.certainty.value),
        ("document", floor.document),
        ("since", floor.since.isoformat()),
    )
    if offer.unit in {PayUnit.PIECE, PayUnit.JOB}:
        return [_finding("piece_rate", Severity.WARN, "minimum_wage", "pay", *facts)]
    needed = needed_fen(offer, floor)
    if needed is None:
        return []
    if offer.pay_fen < needed:
        rule = "minimum_wage_month" if offer.unit is PayUnit.MONTH else "minimum_wage"
        amounts: tuple[Param, ...] = (("needed_fen", needed), ("needed", yuan(needed)))
        return [_finding(rule, Severity.BLOCK, "minimum_wage", "pay", *amounts, *facts)]
    minutes = _minutes_of(offer)
    if minutes is not None and offer.pay_fen < part_time_fen(minutes, floor):
        # Lawful only if there really is a labour contract; "full time" must not be the way round the hourly minimum.
        return [_finding("full_time_low", Severity.WARN, "labour_contract", "pay", *facts)]
    return []


def _settlement_findings(offer: PayOffer) -> list[Finding]:
    """Art. 72: part-time pay at least every 15 days; a labour contract allows a month."""
    late = offer.settlement is Settlement.MONTH or (
        offer.settlement is Settlement.ON_COMPLETION and offer.days > SETTLEMENT_DAYS
    )
    if late and not offer.full_time:
        days: Param = ("days", SETTLEMENT_DAYS)
        return [_finding("settlement_late", Severity.BLOCK, "part_time_pay", "settlement", days)]
    if offer.settlement is Settlement.MONTH and offer.unit is not PayUnit.MONTH:
        return [_finding("settlement_month", Severity.WARN, "monthly_pay", "settlement")]
    return []


def total_fen(terms: Terms, people: int) -> int | None:
    """What the promised work costs in all; None where nobody knows beforehand (pieces, orders, months).

    Args:
        terms: pay, hours and days.
        people: who comes.
    """
    days = (terms.date_to - terms.date_from).days + 1
    match terms.pay_unit:
        case PayUnit.DAY:
            return terms.pay_fen * days * people
        case PayUnit.HOUR:
            return terms.pay_fen * terms.minutes_per_day * days * people // 60
        case _:
            return None
