"""A new PIN from the machine itself, when nobody can sign in any more."""

import pytest

from kiosk.bootstrap.instance import InstanceLock, RunningAlready
from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.staff_pin import staff_pin
from kiosk.bootstrap.system import SystemEntropy
from kiosk.domain.refusal import Refusal
from kiosk.ui.strings import Strings
from tests.kiosk_fixture import PIN, open_kiosk, settings_in

NEW = "408215"


def run(folder, clock, number=1, words=(NEW, NEW)):
    said, typed = [], iter(words)
    outside = Outside(clock=clock, entropy=SystemEntropy())
    status = staff_pin(settings_in(folder), outside, number, lambda _: next(typed), said.append)
    return status, said


def sign_in(folder, clock, pin):
    kiosk = open_kiosk(folder, clock)
    try:
        return kiosk.services().staff.sign_in("1", pin).number
    finally:
        kiosk.close()


def test_the_only_member_who_has_forgotten_the_pin_gets_in_again(tmp_path, clock):
    kiosk = open_kiosk(tmp_path, clock)
    for _ in range(5):
        with pytest.raises(Refusal):
            kiosk.services().staff.sign_in("1", "999999")
    kiosk.close()
    status, said = run(tmp_path, clock)
    assert (status, said) == (0, [Strings("zh_CN").text("members.pin_saved", name="于海燕")])
    assert sign_in(tmp_path, clock, NEW) == 1
    kiosk = open_kiosk(tmp_path, clock)
    with kiosk.storage.database.reader() as connection:
        rows = connection.execute("SELECT actor FROM audit WHERE action = 'staff.pin_rescued'").fetchall()
    kiosk.close()
    assert rows == [("machine",)]


@pytest.mark.parametrize(
    ("number", "words"), [(7, (NEW, NEW)), (1, ("123456", "123456")), (1, (NEW, "408216"))]
)
def test_what_cannot_be_is_said_and_changes_nothing(tmp_path, clock, number, words):
    open_kiosk(tmp_path, clock).close()
    status, said = run(tmp_path, clock, number, words)
    assert status == 1
    assert len(said) == 1
    assert sign_in(tmp_path, clock, PIN) == 1


def test_not_before_first_set_up(tmp_path, clock):
    assert run(tmp_path, clock)[0] == 1


def test_not_beside_a_kiosk_that_runs(tmp_path, clock):
    open_kiosk(tmp_path, clock).close()
    lock = InstanceLock(settings_in(tmp_path).data_dir)
    lock.take()
    with pytest.raises(RunningAlready):
        run(tmp_path, clock)
    lock.free()
