"""Enrolment over the network: presents the one-time token and turns the answer into what the station keeps."""

from kiosk.domain.refusal import Refusal
from kiosk.protocol.messages import EnrollResponse
from kiosk.protocol.signing import SigningKey
from kiosk.services.ports import Clock
from kiosk.services.setup import Enrolled
from kiosk.services.station_config import Enrolment
from kiosk.sync.client import Enrolled as EnrolledDevice
from kiosk.sync.client import enroll, renew
from kiosk.sync.faults import CityRefused
from kiosk.sync.transport import HttpTransport


class NetworkEnroller:
    """Implements ``kiosk.services.station.Enroller``."""

    def __init__(self, key: SigningKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def enroll(self, url: str, token: str, kiosk: str, name: str, district: str) -> Enrolled:
        """Present the one-time token.

        Raises:
            Refusal: the token is wrong, used, or for another kiosk; the address cannot be read.
            DeviceFault: the city cannot be reached or is not one.
        """
        try:
            transport = HttpTransport(url)
        except ValueError:
            raise Refusal("refusal.city_url", "city_url") from None
        try:
            answer = enroll(transport, self._key, token, kiosk, name, district)
        except CityRefused as error:
            if error.problem == "token":
                raise Refusal("refusal.enrol_token", "enrol_token") from error
            if error.problem == "district":
                raise Refusal("refusal.other_city", "district") from error
            raise
        finally:
            transport.close()
        return _kept(url, answer, self._clock)

    def renew(self, me: EnrolledDevice, url: str) -> Enrolled:
        """Give an enrolled device this key instead of its own.

        Raises:
            DeviceFault: the city cannot be reached, or has shut the device out.
        """
        transport = HttpTransport(url)
        try:
            answer = renew(transport, me, self._key)
        finally:
            transport.close()
        return _kept(url, answer, self._clock)


def _kept(url: str, answer: EnrollResponse, clock: Clock) -> Enrolled:
    """What a station keeps of the city's answer."""
    enrolment = Enrolment(
        url=url,
        device=answer.device,
        incarnation=answer.incarnation,
        key_id=answer.key_id,
        sealing_key=answer.sealing_key,
        streams=answer.streams,
        at=clock.now(),
        reference_key=answer.reference_key,
    )
    return Enrolled(enrolment=enrolment, city=answer.city, city_host=answer.city_host)
