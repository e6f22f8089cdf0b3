"""Whether who answers over https is the city: chain and name always, time as far as this machine knows it.

A kiosk whose battery is dead wakes up in 1970 (or at the date of its board), and no certificate is valid yet then.
It has to reach the city all the same: from it, it learns what time it is. That a certificate begins later than now says
that this machine is behind, for nobody is given one that begins in the future; so it is checked without the time then.
One whose last day is over by this machine's clock is never taken.
"""

import http.client
import logging
import ssl
import time
from typing import Final

from kiosk.sync.faults import NetworkFault

log = logging.getLogger(__name__)
#: OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED.
NOT_YET: Final = 9
EXPIRED: Final = 10
#: OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python has no name for: everything is checked but the dates.
NO_CHECK_TIME: Final = 0x200000


def connect(
    host: str, port: int | None, timeout: float, context: ssl.SSLContext
) -> http.client.HTTPSConnection:
    """An open connection to the city.

    Raises:
        NetworkFault: the certificate is not one of the city's, or is over.
        OSError: no connection.
    """
    try:
        return _connected(host, port, timeout, context)
    except ssl.SSLCertVerificationError as error:
        if error.verify_code != NOT_YET:
            raise _refused(host, error) from error
        log.warning("the certificate of %s begins later than now: this machine's clock is behind", host)
    try:
        return _whatever_the_time(host, port, timeout, context)
    except ssl.SSLCertVerificationError as error:
        raise _refused(host, error) from error


def _connected(
    host: str, port: int | None, timeout: float, context: ssl.SSLContext
) -> http.client.HTTPSConnection:
    connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
    connection.connect()
    return connection


def _whatever_the_time(
    host: str, port: int | None, timeout: float, context: ssl.SSLContext
) -> http.client.HTTPSConnection:
    """Chain and name are checked, the dates of those who signed are not; the city's own last day is."""
    before = context.verify_flags
    context.verify_flags = ssl.VerifyFlags(before | NO_CHECK_TIME)
    try:
        connection = _connected(host, port, timeout, context)
    finally:
        context.verify_flags = before
    assert isinstance(connection.sock, ssl.SSLSocket)
    shown = connection.sock.getpeercert() or {}
    until = shown.get("notAfter")
    if not isinstance(until, str) or ssl.cert_time_to_seconds(until) < time.time():
        connection.close()
        log.warning("the certificate of %s is refused: over since %s", host, until)
        raise NetworkFault("sync.certificate_expired")
    return connection


def _refused(host: str, error: ssl.SSLCertVerificationError) -> NetworkFault:
    # The time goes with it: a clock that is far ahead looks like a certificate that is over.
    now = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    log.warning("the certificate of %s is refused at %s: %s", host, now, error.verify_message)
    return NetworkFault("sync.certificate_expired" if error.verify_code == EXPIRED else "sync.certificate")
