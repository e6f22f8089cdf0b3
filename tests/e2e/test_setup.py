"""First set-up by hand: offline and with a city, with every mistake that staff can make on the way."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.bootstrap.demo_city import DemoCity
from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.system import SystemClock, SystemEntropy
from kiosk.services.station_config import SETTING
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.market import LANDSCAPE, PORTRAIT
from tests.e2e.program import program
from tests.e2e.test_faults import impostor
from tests.kiosk_fixture import PIN, settings_in

ROOT = Path(__file__).resolve().parents[2]


def to_where(hand: Driver, kiosk: str = "whc1") -> None:
    hand.wait_screen("setup")
    hand.type("kiosk", kiosk)
    hand.type("name", "环翠零工驿站")
    hand.tap("下一步")
    hand.wait_screen("setup_where")


def to_devices(hand: Driver, city: str = "威海市", district: str = "环翠区") -> None:
    to_where(hand)
    hand.tap(city)
    hand.tap(district)
    hand.tap("下一步")
    hand.wait_screen("setup_devices")


def to_city(hand: Driver, city: str = "威海市", district: str = "环翠区") -> None:
    to_devices(hand, city, district)
    hand.tap("下一步")
    hand.wait_screen("setup_city")


def connect(hand: Driver, url: str, token: str) -> None:
    hand.clear("city_url")
    hand.type("city_url", url)
    hand.clear("enrol_token")
    hand.type("enrol_token", token)
    hand.tap("下一步")
    hand.wait_screen("setup_staff")


def sign_on(hand: Driver, again: str = PIN) -> None:
    hand.type("staff_name", "于海燕")
    hand.type("pin", PIN)
    hand.type("pin_again", again)
    hand.tap("完成设置")


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    for each in (folder, folder.parent, folder.parent.parent):
        each.chmod(0o711)  # PostgreSQL runs as another user when the tests run as root
    with DemoCity(folder / "city", SystemClock(), SystemEntropy(), durable=False) as city:
        city.start()
        yield city


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_offline_and_on_into_the_market_with_the_chosen_panel(qapp, tmp_path, size):
    with program(tmp_path, size=size) as running:
        hand = running.start()
        to_devices(hand)
        hand.tap("43 寸")
        hand.tap("下一步")
        hand.wait_screen("setup_city")
        hand.tap("先不联网")
        hand.wait_screen("setup_staff")
        sign_on(hand)
        hand.wait_screen("setup_done")
        for said in ("WHC1", "环翠零工驿站", "存到文件夹", "先不联网"):
            hand.wait_text(said)
        usual = hand.window.ctx.theme.px(10)
        hand.tap("开始使用")
        hand = running.wait_for("welcome")
        assert hand.window.ctx.theme.px(10) == pytest.approx(usual * 21.5 / 43, abs=1)
        assert (hand.window.width(), hand.window.height()) == (size.width, size.height)
        hand.wait_text("单机使用")
        hand.tap("工作人员")
        hand.wait_screen("staff_sign_in")
        hand.type("staff_number", "1")
        hand.type("pin", PIN)
        hand.tap("登录")
        hand.wait_screen("staff")


@pytest.mark.postgres
def test_with_a_city_after_every_wrong_token(qapp, tmp_path, city):
    url = city.server.url
    with program(tmp_path) as running:
        hand = running.start()
        to_city(hand)
        connect(hand, url, "ABCD-EFGH-JKLM-NPQR")
        sign_on(hand)
        hand.wait_screen("setup_city")
        hand.wait_text("这个口令不对，或者用过了")
        assert hand.value("city_url") == url
        of_another = city.token("WHC9")
        connect(hand, url, of_another)
        hand.tap("完成设置")
        hand.wait_screen("setup_city")
        hand.wait_text("这个口令不对，或者用过了")
        assert hand.value("enrol_token") == of_another
        connect(hand, url, city.token("WHC1"))
        assert hand.value("staff_name") == "于海燕"
        hand.tap("完成设置")
        hand.wait_screen("setup_done")
        hand.wait_text(url.removeprefix("http://"))
        hand.tap("开始使用")
        hand = running.wait_for("welcome")
        hand.wait_text("已同步")


@pytest.mark.postgres
def test_a_district_of_another_city_is_mended_with_the_same_token(qapp, tmp_path, city):
    with program(tmp_path) as running:
        hand = running.start()
        to_city(hand, "烟台市", "芝罘区")
        connect(hand, city.server.url, city.token("WHC1"))
        sign_on(hand)
        hand.wait_screen("setup_where")
        hand.wait_text("别的城市")
        running.kiosk.reload()
        assert running.kiosk.config is None
        hand.tap("威海市")
        hand.tap("环翠区")
        for screen in ("setup_devices", "setup_city", "setup_staff"):
            hand.tap("下一步")
            hand.wait_screen(screen)
        hand.tap("完成设置")
        hand.wait_screen("setup_done")


@pytest.mark.parametrize(
    ("url", "screen", "sentence"),
    [
        ("http://127.0.0.1:9", "fault", "连不上市里的平台"),
        ("whc.example", "setup_city", "市里的地址要以 https:// 开头"),
        ("http://", "setup_city", "市里的地址要以 https:// 开头"),
        ("http://city.example", "setup_city", "市里的地址要以 https:// 开头"),
        ("http://127.0.0.1:99999", "setup_city", "市里的地址要以 https:// 开头"),
        ("https://whc..example", "setup_city", "市里的地址要以 https:// 开头"),
    ],
)
def test_a_city_that_is_not_there(qapp, tmp_path, url, screen, sentence):
    with program(tmp_path) as running:
        hand = running.start()
        to_city(hand)
        connect(hand, url, "ABCD")
        sign_on(hand)
        hand.wait_screen(screen)
        hand.wait_text(sentence)
        if screen == "fault":
            hand.tap("再试一次")
            hand.wait_screen("setup_staff")
            assert hand.value("staff_name") == "于海燕"
            hand.back()
            hand.wait_screen("setup_city")
        assert hand.value("city_url") == url
        hand.tap("先不联网")
        hand.wait_screen("setup_staff")
        hand.tap("完成设置")
        hand.wait_screen("setup_done")


@pytest.mark.parametrize(("status", "sentence"), [(200, "网络要先登录"), (500, "市里的平台正忙")])
def test_something_else_answers_in_the_citys_place(qapp, tmp_path, status, sentence):
    with impostor(status) as server, program(tmp_path) as running:
        hand = running.start()
        to_city(hand)
        url = f"http://127.0.0.1:{server.server_port}"
        connect(hand, url, "ABCD-EFGH")
        sign_on(hand)
        hand.wait_screen("fault")
        hand.wait_text(sentence)
        hand.tap("再试一次")
        hand.wait_screen("setup_staff")
        hand.back()
        assert (hand.value("city_url"), hand.value("enrol_token")) == (url, "ABCD-EFGH")
        hand.tap("先不联网")
        hand.wait_screen("setup_staff")
        hand.tap("完成设置")
        hand.wait_screen("setup_done")


def test_mistakes_are_said_where_they_are_made_and_nothing_typed_is_lost(qapp, tmp_path):
    with program(tmp_path) as running:
        hand = running.start()
        hand.tap("下一步")
        hand.wait_text("4到8位大写字母或数字")
        to_where(hand)
        hand.tap("下一步")
        hand.wait_text("请选在哪个区")
        hand.tap("威海市")
        hand.tap("环翠区")
        hand.tap("下一步")
        hand.wait_screen("setup_devices")
        hand.tap("网口打印机")
        hand.tap("下一步")
        hand.wait_text("打印机地址不对")
        hand.type("printer_address", "192.168.1.50:9100")
        hand.clear("panel_inch")
        hand.type("panel_inch", "3")
        hand.tap("下一步")
        hand.wait_text("屏幕尺寸在7到98英寸之间")
        hand.tap("27 寸")
        hand.tap("下一步")
        hand.wait_screen("setup_city")
        hand.tap("先不联网")
        hand.wait_screen("setup_staff")
        sign_on(hand, "135790")
        hand.wait_text("两次密码不一样")
        for screen in ("setup_city", "setup_devices", "setup_where", "setup"):
            hand.back()
            hand.wait_screen(screen)
        assert (hand.value("kiosk"), hand.value("name")) == ("whc1", "环翠零工驿站")
        for screen in ("setup_where", "setup_devices"):
            hand.tap("下一步")
            hand.wait_screen(screen)
        assert hand.value("printer_address") == "192.168.1.50:9100"
        hand.tap("下一步")
        hand.wait_screen("setup_city")
        hand.tap("先不联网")
        hand.wait_screen("setup_staff")
        assert hand.value("staff_name") == "于海燕"
        hand.clear("pin_again")
        hand.type("pin_again", PIN)
        hand.tap("完成设置")
        hand.wait_screen("setup_done")
        running.kiosk.reload()
        config = running.kiosk.config
        assert config is not None
        assert (config.kiosk, config.panel_inch, config.printer_address) == (
            "WHC1",
            27.0,
            "192.168.1.50:9100",
        )


CUT_OFF = """
import sys
from pathlib import Path
from kiosk.bootstrap.window import make_application
from tests.e2e.program import program
from tests.e2e.test_faults import impostor
from tests.e2e.test_setup import PIN, to_city
application = make_application([])
with program(Path(sys.argv[1])) as running:
    hand = running.start()
    to_city(hand)
    hand.tap("先不联网")
    hand.wait_screen("setup_staff")
    hand.type("staff_name", "于海燕")
    hand.type("pin", PIN)
    hand.type("pin_again", PIN)
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_a_power_cut_before_the_last_step_leaves_an_empty_kiosk(qapp, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", CUT_OFF, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGKILL)
    kiosk = Kiosk(
        settings_in(tmp_path), Outside(clock=SystemClock(), entropy=SystemEntropy()), Strings(strict=True)
    )
    kiosk.open()
    assert kiosk.config is None
    assert kiosk.storage.read.setting(SETTING) is None
    assert kiosk.storage.read.staff_count() == 0
    kiosk.close()
    with program(tmp_path) as running:
        hand = running.start()
        hand.wait_screen("setup")
        assert hand.value("kiosk") == ""
