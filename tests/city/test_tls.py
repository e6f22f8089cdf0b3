"""The gateway serves https by itself; a kiosk that does not know the certificate's authority sends nothing."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.city import admin
from kiosk.city.server import CityServer, Tls, listening, run_gateway, url_of
from kiosk.city.sharing import ABSENT, Share
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import enroll
from kiosk.sync.faults import NetworkFault
from kiosk.sync.transport import HttpTransport

pytestmark = pytest.mark.postgres


@pytest.fixture
def tls(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "city")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    made = Tls(tmp_path / "city.pem", tmp_path / "city.key")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


def test_a_kiosk_enrols_over_https_and_only_with_a_city_it_can_trust(city, tls):
    key, token = SigningKey(bytes(32)), admin.make_enroll_token(city, "WH01")
    with CityServer(city, tls=tls) as server:
        assert server.url.startswith("https://127.0.0.1:")
        stranger = HttpTransport(server.url)
        with pytest.raises(NetworkFault):
            enroll(stranger, key, token, "WH01", "x")
        trusting = HttpTransport(server.url, ssl.create_default_context(cafile=str(tls.certificate)))
        assert enroll(trusting, key, token, "WH01", "x").incarnation == 1
        stranger.close()
        trusting.close()


def test_one_of_several_gateways_on_one_address_serves_https_as_well(city, tls):
    key, token = SigningKey(bytes(32)), admin.make_enroll_token(city, "WH01")
    listener, over = listening("127.0.0.1", 0), threading.Event()
    serve = partial(run_gateway, city, listener, 2, over.wait, tls=tls, share=Share([ABSENT], 0))
    gateway = threading.Thread(target=serve, daemon=True)
    gateway.start()
    url = url_of(listener, "https")
    stranger = HttpTransport(url)
    with pytest.raises(NetworkFault):
        enroll(stranger, key, token, "WH01", "x")
    trusting = HttpTransport(url, ssl.create_default_context(cafile=str(tls.certificate)))
    assert enroll(trusting, key, token, "WH01", "x").incarnation == 1
    stranger.close()
    trusting.close()
    over.set()
    gateway.join(20)
    assert not gateway.is_alive()
