"""Reference data of the city: publishing a set, and the gateway's own rules, which follow what was published."""

import logging
from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from kiosk.city.context import CityContext
from kiosk.city.store import CityStore, CityTransaction, StoreRejects
from kiosk.city.stored import REF, Projected, ReferenceRow
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.records import Finding, Terms
from kiosk.domain.reference import BadReference
from kiosk.domain.rule_files import parse_rules
from kiosk.domain.values import EmployerKind
from kiosk.domain.wording import BadWording
from kiosk.protocol.reference_bundle import REFERENCE_ENTITY, BadBundle, Bundle, opened, sign
from kiosk.protocol.signing import SigningKey

log = logging.getLogger(__name__)
_ID = uuid5(NAMESPACE_URL, "gig-kiosk:reference")


class CannotPublish(Exception):
    """The set was not published; the text says why."""


def publish(city: CityContext, files: Mapping[str, str], key: SigningKey) -> Bundle:
    """Check a set of reference data, sign it as the next version, and give it to every kiosk.

    Args:
        city: open on the database.
        files: text by file name, all of ``kiosk.domain.rule_files.RULE_FILES``.
        key: the city's reference key, always the same one: kiosks take no other.

    Raises:
        CannotPublish: a file is broken, nothing has changed, or an earlier version was signed by another key.
    """
    try:
        parse_rules(files)
    except (BadReference, BadWording) as error:
        raise CannotPublish(str(error)) from error
    row = city.store.run(lambda tx: tx.reference())
    version = 1
    if row is not None:
        try:
            last, _ = opened(row.body, key.public)
        except BadBundle as error:
            raise CannotPublish(f"version {row.version} was signed by another key") from error
        if last.files == dict(files):
            raise CannotPublish(f"nothing differs from version {row.version}")
        version = row.version + 1
    bundle = Bundle(version=version, made_at=city.now(), files=dict(files))
    try:
        body = sign(key, bundle)
    except ValueError as error:
        raise CannotPublish(str(error)) from error
    item = Projected(stream=REF, entity=REFERENCE_ENTITY, id=_ID, ver=version, origin="", body=body)
    new = ReferenceRow(version=version, made_at=bundle.made_at, body=body)

    def work(tx: CityTransaction) -> None:
        tx.add_reference(new)
        tx.publish([item])

    try:
        city.store.run(work)
    except StoreRejects as error:
        raise CannotPublish(f"somebody else has just published version {version}: try again") from error
    return bundle


class LivingRules:
    """Implements ``RuleBook``: the newest published rules, or those that came with the program.

    Args:
        shipped: rules until the city has published some.
    """

    def __init__(self, shipped: MarketRules) -> None:
        self._rules = self._shipped = shipped
        self.version = 0

    @property
    def rules(self) -> MarketRules:
        """What holds now."""
        return self._rules

    def refresh(self, store: CityStore) -> bool:
        """Look whether something newer was published; True when it is used from now on.

        Raises:
            StoreBusy: the database does not answer; the rules stay.
        """
        row = store.run(lambda tx: tx.reference())
        if row is None or row.version <= self.version:
            return False
        self.version = row.version
        try:
            bundle, _ = opened(row.body, None)
            self._rules = parse_rules(bundle.files)
        except (BadBundle, BadReference, BadWording):
            log.exception("reference data version %d cannot be used", row.version)
            return False
        log.info("reference data version %d", row.version)
        return True

    def check_terms(self, terms: Terms, kind: EmployerKind, today: date) -> tuple[Finding, ...]:
        """See ``RuleBook``."""
        return self._rules.check_terms(terms, kind, today)

    def check_words(self, text: str, field: str) -> tuple[Finding, ...]:
        """See ``RuleBook``."""
        return self._rules.check_words(text, field)

    def gives_contact(self, text: str) -> bool:
        """See ``RuleBook``."""
        return self._rules.gives_contact(text)

    def knows_trade(self, code: str) -> bool:
        """See ``RuleBook``."""
        return self._rules.knows_trade(code)

    def adults_only(self, code: str) -> bool:
        """See ``RuleBook``."""
        return self._rules.adults_only(code)

    def knows_region(self, code: str) -> bool:
        """See ``RuleBook``."""
        return self._rules.knows_region(code)

    def near(self, district: str) -> tuple[str, ...]:
        """See ``RuleBook``. A set from before there were neighbours says nothing: then what came with the program."""
        return self._rules.near(district) or self._shipped.near(district)
