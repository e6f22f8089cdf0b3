"""The example of docs/operations.md, word for word but for addresses and files, before two gateways."""

import re
import shutil
import socket
import ssl
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.city import admin
from kiosk.city.server import CityServer
from kiosk.city.store import StoreBusy
from kiosk.protocol import requests
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.faults import NetworkFault
from kiosk.sync.transport import HttpTransport
from tests.city.stage import city, cluster, database, kiosk, market

__all__ = ["city", "cluster", "database", "kiosk", "market"]
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here"),
]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
FRAME = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {example}
}}
"""


def certificate(folder: Path) -> None:
    """An authority of our own (``ca.pem``), and the server's certificate that it has signed."""

    def made(name, key, issuer, signer, *, authority):
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName(
                    [x509.DNSName("city.example.cn"), x509.IPAddress(ip_address("127.0.0.1"))]
                ),
                critical=False,
            )
            .sign(signer, hashes.SHA256())
        )

    ours, theirs = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(made("ca", ours, "ca", ours, authority=True).public_bytes(pem))
    leaf = made("city.example.cn", theirs, "ca", ours, authority=False)
    (folder / "city.pem").write_bytes(leaf.public_bytes(pem))
    (folder / "city.key").write_bytes(
        theirs.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def example() -> str:
    found = re.findall(r"```nginx\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1
    return found[0]


def put_in(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def gateways(city):
    """Two, on one database."""
    with CityServer(city) as one, CityServer(city) as two:
        yield [one, two]


def _await(port: int, running: subprocess.Popen) -> None:
    """Until something listens there."""
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.02)
            raise AssertionError("nginx has ended")
    raise AssertionError("nginx does not listen")


@pytest.fixture
def proxy(tmp_path, gateways):
    """The example, running; its address."""
    certificate(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = put_in(
        example(),
        {
            "127.0.0.1:8371": gateways[0].url.removeprefix("http://"),
            "127.0.0.1:8381": gateways[1].url.removeprefix("http://"),
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/ssl/city.pem": str(tmp_path / "city.pem"),
            "/etc/ssl/city.key": str(tmp_path / "city.key"),
        },
    )
    settings = tmp_path / "nginx.conf"
    settings.write_text(FRAME.format(folder=tmp_path, example=text), encoding="utf-8")
    command = ["nginx", "-p", str(tmp_path), "-e", str(tmp_path / "error.log"), "-c", str(settings)]
    subprocess.run([*command, "-t", "-q"], check=True)
    with subprocess.Popen(command) as running:
        _await(port, running)
        yield f"https://127.0.0.1:{port}"
        running.terminate()


@pytest.fixture
def transport(proxy, tmp_path):
    made = HttpTransport(proxy, ssl.create_default_context(cafile=str(tmp_path / "ca.pem")))
    yield made
    made.close()


@pytest.fixture
def client(transport, city, kiosk):
    """The kiosk's own client, enrolled through the proxy."""
    key = SigningKey(bytes(range(32)))
    answer = enroll(transport, key, admin.make_enroll_token(city, "WHN1"), "WHN1", "驿站", "371002")
    kiosk.code, kiosk.enrolled, kiosk.seed = "WHN1", answer, key.seed
    me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk="WHN1", key=key)
    return CityClient(transport, me)


def test_a_stranger_to_the_authority_sends_nothing(proxy, city):
    with pytest.raises(NetworkFault):
        enroll(HttpTransport(proxy), SigningKey(bytes(32)), "x", "WHN1", "x")


def test_signed_paths_queries_and_bodies_arrive_as_they_were_sent(client, kiosk, transport):
    bodies = [kiosk.worker_body(f"王{chr(0x4E00 + at)}") for at in range(400)]
    request = kiosk.request(*(kiosk.sent(kiosk.operation(body)) for body in bodies))
    assert len(client.push(request).verdicts) == 400  # far more than a buffer of nginx's
    first = transport._connection
    page = client.pull("dev/WHN1", 0, None)
    assert len(page.items) == 400
    client.snapshot("area/371002", None)
    client.digest("dev/WHN1")
    assert transport._connection is first is not None  # one connection for all of it


def test_a_body_that_is_too_large_is_refused_by_the_gateway_or_before_it(client, transport):
    for size, kind in ((290_000, requests.JSON), (400_000, "text/html")):
        answer = transport.send("POST", "/v1/push", {"content-type": requests.JSON}, bytes(size), 5.0)
        assert answer.status == 413
        assert answer.headers["content-type"].startswith(kind)


class Busy:
    """A store whose database does not answer."""

    def run(self, work):
        raise StoreBusy("x")

    read = run

    def close(self):
        pass


def test_how_long_to_wait_is_passed_on(client, city):
    object.__setattr__(city, "store", Busy())
    with pytest.raises(NetworkFault) as fault:
        client.hello()
    assert (fault.value.key, fault.value.retry_after) == ("sync.city_busy", 5.0)


def test_a_gateway_that_ends_is_not_missed_and_nothing_is_done_twice(client, kiosk, gateways, city):
    gateways[0].stop()
    for _ in range(6):
        sent = kiosk.sent(kiosk.operation(kiosk.worker_body()))
        assert len(client.push(kiosk.request(sent)).verdicts) == 1
    assert city.store.run(lambda tx: tx.device(client.me.device)).last_seq == 6
    gateways[1].stop()
    with pytest.raises(NetworkFault) as fault:
        client.hello()
    assert fault.value.key == "sync.city_busy"  # nginx's own page, 502


def test_the_page_behind_a_qr_code(transport, client):
    answer = transport.send("GET", "/s/GK1-nonsense", {}, b"", 5.0)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"]
