"""Certificates of a real TLS server: a clock that is behind keeps nobody from the city, and nothing else is let in."""

import logging
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.bootstrap.doctor import _city_clock
from kiosk.city import admin
from kiosk.city.server import CityServer, Tls
from kiosk.protocol.signing import SigningKey
from kiosk.services.city_clock import TOLERANCE, CityClock
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.faults import NetworkFault
from kiosk.sync.pump import Pump
from kiosk.sync.transport import HttpTransport
from kiosk.ui.strings import Strings
from tests.city.stage import Kiosk
from tests.fakes import FakeClock
from tests.sync.fakes import FakeInbox, FakeOutbox

OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
NOW = datetime.now(UTC)  # OpenSSL looks at the machine's clock and at no other
#: Days from now: a certificate in force, one of a kiosk that is behind, one of a kiosk that is ahead.
VALID, LATER, OVER = (-10, 10), (10, 400), (-400, -10)


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


class Authority:
    """A certificate authority of the test."""

    def __init__(self, days):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")])
        made = self._begun(self.name, self.key.public_key(), days)
        self.certificate = made.add_extension(x509.BasicConstraints(True, None), critical=True).sign(
            self.key, hashes.SHA256()
        )

    def _begun(self, subject, public_key, days):
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + timedelta(days=days[0]))
            .not_valid_after(NOW + timedelta(days=days[1]))
        )

    def context(self):
        return ssl.create_default_context(
            cadata=self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        )

    def issue(self, folder, days, address="127.0.0.1"):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "city")])
        host = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = self._begun(name, key.public_key(), days).add_extension(host, critical=False)
        issued = Tls(folder / "city.pem", folder / "city.key")
        issued.certificate.write_bytes(
            made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        issued.key.write_bytes(pem(key))
        return issued


class Server:
    """Answers everybody who shakes hands."""

    def __init__(self, tls):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(tls.certificate, tls.key)
        self.listener = create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        self.asked = 0
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        while True:
            try:
                raw, _ = self.listener.accept()
            except OSError:
                return
            raw.settimeout(10)
            with raw, suppress(OSError), self.context.wrap_socket(raw, server_side=True) as line:
                if line.recv(65536):
                    self.asked += 1
                    line.sendall(OK)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(2)
        self.listener.close()
        self.thread.join(10)


def ask(server, context):
    transport = HttpTransport(server.url, context)
    try:
        return transport.send("GET", "/v1/hello", {}, b"", 5.0).status
    finally:
        transport.close()


@pytest.mark.parametrize(
    ("authority", "city"),
    [(VALID, VALID), (VALID, LATER), (LATER, LATER), (LATER, VALID), ((10, 20), (12, 15))],
)
def test_a_kiosk_in_the_past_is_let_in(tmp_path, authority, city):
    made = Authority(authority)
    context = made.context()
    with Server(made.issue(tmp_path, city)) as server:
        assert ask(server, context) == 200
        assert ask(server, context) == 200
    assert not context.verify_flags & 0x200000  # the next one is checked whole again


@pytest.mark.parametrize("days", [VALID, LATER, OVER])
def test_whose_certificate_another_authority_has_signed_is_never_let_in(tmp_path, days, caplog):
    with Server(Authority(VALID).issue(tmp_path, days)) as server:
        with pytest.raises(NetworkFault) as caught:
            ask(server, Authority(VALID).context())
        assert server.asked == 0
    assert (caught.value.key, caught.value.retry) == ("sync.certificate", True)
    assert "the certificate of 127.0.0.1 is refused" in caplog.text


@pytest.mark.parametrize("days", [VALID, LATER])
def test_whose_certificate_is_for_another_address_is_never_let_in(tmp_path, days):
    made = Authority(VALID)
    with Server(made.issue(tmp_path, days, "127.0.0.9")) as server:
        with pytest.raises(NetworkFault) as caught:
            ask(server, made.context())
        assert server.asked == 0
    assert caught.value.key == "sync.certificate"


@pytest.mark.parametrize("authority", [VALID, LATER])
def test_a_certificate_that_is_over_by_this_machine_is_refused_with_a_reason(tmp_path, authority, caplog):
    made = Authority(authority)
    with Server(made.issue(tmp_path, OVER)) as server, caplog.at_level(logging.WARNING):
        with pytest.raises(NetworkFault) as caught:
            ask(server, made.context())
        assert server.asked == 0
    assert caught.value.key == "sync.certificate_expired"
    assert "is refused" in caplog.text


@pytest.mark.postgres
def test_a_kiosk_in_1970_enrols_and_syncs_over_https_and_learns_the_time(city, market, tmp_path):
    made, maker = Authority(LATER), Kiosk(city, market, "WH01")
    clock, outbox = CityClock(FakeClock(datetime(1970, 1, 1, tzinfo=UTC))), FakeOutbox()
    key = SigningKey(maker.seed)
    with CityServer(city, tls=made.issue(tmp_path, LATER)) as server:
        transport = HttpTransport(server.url, made.context())
        answer = enroll(transport, key, admin.make_enroll_token(city, "WH01"), "WH01", "驿站")
        me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk="WH01", key=key)
        pump = Pump(CityClient(transport, me), outbox, FakeInbox(), clock, "boot")
        outbox.append(maker.operation(maker.worker_body("丛建国")))
        done = [pump.step() for _ in range(4)]
        transport.close()
    assert [each.fault for each in done] == [None] * 4
    assert outbox.outcomes() == ["accepted"]
    assert abs(clock.now() - city.now()) < TOLERANCE


@pytest.mark.parametrize(
    ("fault", "ok"),
    [("sync.unreachable", True), ("sync.certificate", True), ("sync.certificate_expired", False)],
)
def test_the_doctor_says_why_the_clock_is_not_compared(fault, ok):
    def ask():
        raise NetworkFault(fault)

    line = _city_clock(ask, "en")
    assert (line.ok, line.needed) == (ok, False)
    assert Strings("en").text(fault) in line.detail


def test_the_doctor_compares_what_the_city_says():
    assert _city_clock(lambda: datetime.now(UTC), "en").ok
    assert not _city_clock(lambda: datetime.now(UTC) - timedelta(days=3), "en").ok
    assert _city_clock(lambda: None, "en").ok
