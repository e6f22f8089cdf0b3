"""Shut out, or put back to an old image: what staff read on the screen, and the way back, with a real city."""

import shutil

import pytest

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.bootstrap.system import SystemClock
from kiosk.city import admin
from kiosk.services.context import SELF
from kiosk.services.workers import WorkerForm
from tests.e2e.driver import Driver
from tests.e2e.program import Program, program
from tests.e2e.test_setup import city
from tests.kiosk_fixture import PIN, open_kiosk, setup_form

__all__ = ["city"]
pytestmark = pytest.mark.postgres
REASON = "旧机器停用，请用新口令"


def found(folder, city, kiosk: str) -> None:
    """A kiosk that has joined the city, and is ended again."""
    form = setup_form(kiosk=kiosk, city_url=city.server.url, enrol_token=city.token(kiosk))
    open_kiosk(folder, SystemClock(), form=form).close()


def registered(kiosk: Kiosk, phone: str):
    """Somebody is registered; the id."""
    form = WorkerForm(name="丛建国", phone=phone, consent=True)
    return kiosk.services().workers.register(form, SELF).worker.id


def worker(running: Program, phone: str):
    return registered(running.kiosk, phone)


def known(city, worker_id) -> bool:
    return city.context.store.run(lambda tx: tx.peek("worker", worker_id)) is not None


def to_sync(hand: Driver) -> None:
    hand.tap("工作人员")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    hand.tap("登录")
    hand.wait_screen("staff")
    hand.tap("同步")
    hand.wait_screen("staff_sync")


def see(hand: Driver, sentence: str) -> None:
    """Ask for a round by touch until the page says what it ran into."""
    hand.tap("现在同步")

    def said() -> bool:
        if hand.has(sentence) or any(sentence in text for text in hand.texts()):
            return True
        hand.tap("现在同步")
        return False

    hand.wait(said, f"the page does not say {sentence!r}: {hand.texts()}")


def come_back(running: Program, city, kiosk: str) -> Driver:
    hand = running.hand
    hand.tap("连到市里")
    hand.wait_screen("staff_join")
    hand.type("enrol_token", city.token(kiosk))
    hand.tap("连接")
    hand = running.wait_for("staff_sync")  # in the new window, still signed in
    hand.wait_text("已同步")
    return hand


def settled(running: Program) -> bool:
    counts = running.kiosk.storage.outbox.counts()
    return (counts.unsent, counts.rejected, counts.quarantined) == (0, 0, 0)


def test_a_kiosk_that_is_shut_out_says_so_with_the_reason_and_comes_back(qapp, tmp_path, city):
    found(tmp_path, city, "WHX1")
    with program(tmp_path) as running:
        hand = running.start()
        hand = running.wait_for("welcome")
        first = worker(running, "13900001111")
        hand.wait(lambda: known(city, first), "the city does not hear of the worker")
        admin.revoke(city.context, "WHX1", REASON)
        second = worker(running, "13900002222")
        to_sync(hand)
        see(hand, "这台机器已被市里停用")
        hand.wait_text(REASON)
        hand.wait_text("请工作人员联系市里的管理员")
        assert not known(city, second)
        hand = come_back(running, city, "WHX1")
        assert known(city, second)
        assert settled(running)
        assert running.kiosk.config.enrolment.incarnation == 2


def old_image(folder, city, kiosk: str):
    """A kiosk whose disk is put back to before its last operation, which the city holds; who was registered by it."""
    found(folder, city, kiosk)
    with program(folder) as running:
        running.start()
        hand = running.wait_for("welcome")
        first = worker(running, "13900001111")
        hand.wait(lambda: known(city, first), "the city does not hear of the worker")
    shutil.copytree(folder / "data", folder / "image")
    with program(folder) as running:
        running.start()
        hand = running.wait_for("welcome")
        after = worker(running, "13900002222")
        hand.wait(lambda: known(city, after), "the city does not hear of the worker")
    shutil.rmtree(folder / "data")
    (folder / "image").rename(folder / "data")
    return after


def whole_again(running: Program, city, kiosk: str, here, after) -> None:
    hand = come_back(running, city, kiosk)
    assert known(city, here)
    assert settled(running)
    read = running.kiosk.storage.read
    hand.wait(lambda: read.worker(after) is not None, "what the image had forgotten does not come back")
    assert running.kiosk.config.enrolment.incarnation == 2


def test_a_kiosk_on_an_old_image_says_so_enrols_anew_and_loses_nothing_it_holds(qapp, tmp_path, city):
    after = old_image(tmp_path, city, "WHX2")
    with program(tmp_path) as running:
        running.start()
        hand = running.wait_for("welcome")
        to_sync(hand)
        see(hand, "本机的数据是旧的备份，需要重新注册")
        here = worker(running, "13900003333")  # under the number of what the image has forgotten
        hand.tap("现在同步")
        see(hand, "本机的数据是旧的备份，需要重新注册")
        assert not known(city, here)
        whole_again(running, city, "WHX2", here, after)


def test_an_old_image_that_was_worked_on_before_the_city_was_reached_comes_back_as_well(qapp, tmp_path, city):
    """It has made another operation under the same number: for the city that is what a second machine would do."""
    after = old_image(tmp_path, city, "WHX3")
    kiosk = open_kiosk(tmp_path, SystemClock())  # and no exchange begins
    here = registered(kiosk, "13900003333")
    kiosk.close()
    with program(tmp_path) as running:
        running.start()
        hand = running.wait_for("welcome")
        to_sync(hand)
        see(hand, "有两台机器用了同一个身份，或本机数据是旧的备份")
        assert not known(city, here)
        whole_again(running, city, "WHX3", here, after)
