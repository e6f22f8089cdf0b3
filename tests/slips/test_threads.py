"""The press is used by several threads at once: the screen shows a slip while the printer gets it."""

from concurrent.futures import ThreadPoolExecutor

from kiosk.assets import asset_path
from kiosk.services.slip_content import SlipContent
from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.press import SlipPress
from kiosk.slips.typeface import Typeface


def test_the_same_slip_in_many_threads_is_the_same_picture():
    press = SlipPress(asset_path(), Typeface(slip_fonts()))
    slip = SlipContent(
        kind="job_slip",
        number="WHC1-0001",
        state="confirmed",
        values={
            "trade": "搬运/搬家：搬家，三楼" * 3,
            "pay": "240 元/天",
            "place": "环翠区竹岛街道海滨路12号" * 3,
        },
        qr="https://city.example/s/ABC",
    )
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: press.picture(slip, 576).tobytes(), range(60)))
    assert len(set(pictures)) == 1
