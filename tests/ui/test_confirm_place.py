"""A confirming button never lies where the last touch was: a finger that comes down twice confirms nothing.

The rule, measured: on a page that a touch has led to, the point of that touch lies in no button that saves or destroys
something at once, or gives a consent (``tests/ui/finger.py`` finds out which do; ``tests/ui/test_every_screen.py``
takes that hand along on the whole tour, ``tests/ui/saving.py`` reads it from the code). Forms that lead from one
question to the next keep their 下一步 where it is: a second touch there meets a question without an answer. Across
there is no room to move the button; there no touch counts for a second instead of 300 ms.
"""

import inspect

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.ui.components.agreement import AgreementScreen
from kiosk.ui.input.dock import InputDock
from kiosk.ui.preferences import TextSize
from kiosk.ui.strings import Strings
from tests.e2e.market import LANDSCAPE, PORTRAIT
from tests.e2e.test_morning import post, register
from tests.kiosk_fixture import open_kiosk
from tests.services.conftest import Market
from tests.ui.finger import Watcher
from tests.ui.saving import pages, saving_actions

#: Actions that save at a touch and may come under the finger all the same, and why.
HARMLESS = {
    **dict.fromkeys(
        (
            "draft_digits draft.go_on",
            "draft_resume common.next",
            "hire_who common.next",
            "identify common.next",
            "register_phone common.next",
            "register_who common.next",
            "setup_staff setup.finish",
            "staff_member_add members.save",
            "staff_member_pin members.save",
            "staff_sign_in staff.sign_in",
            "tail common.next",
        ),
        "nothing has been typed yet: a second touch is asked for it",
    ),
    "applicants applicants.print": "paper is prepared, and printed on the next page",
    "applicants applicants.renew": "the listing is shown for longer, no more",
    "asked wanted.later": "asked again next time",
    "register_id common.next": "it may be left out, and is asked for again by a touch on the summary",
    "my_job mine.take_back": "only there after a mark, which guards for a second",
    "staff staff.sign_out": "sign in again",
    "staff_calls calls.print": "one sheet of paper too many",
    "staff_devices staff.devices_save": "what is there already is saved again",
    "staff_machine staff.sure_close": "a question's answer: it stands where no row of actions is",
    "twice {self.room}.{self.no_key}": "not now: asked again next time",
}


@pytest.fixture(
    params=[(PORTRAIT, TextSize.LARGE), (LANDSCAPE, TextSize.HUGE)], ids=["portrait large", "landscape huge"]
)
def hand(qapp, tmp_path, clock, request):
    size, text = request.param
    kiosk = open_kiosk(tmp_path, clock)
    Market(kiosk, clock).published(headcount="2", title="搬家，三楼")
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), size)
    window.start()
    hand = Watcher(window.shell, timeout=10)
    hand.wish = lambda: window.shell.preferences.set_look(text, high_contrast=False)
    hand.wait_screen("welcome")
    yield hand
    window.stop()
    kiosk.close()


def test_no_confirming_button_comes_under_the_finger(hand):
    hand.wish()
    register(hand, name="丛建国", phone="13900001111")
    hand.wish()
    post(hand, title="清雪")
    hand.wish()
    hand.tap("找活干")
    hand.tap("全部活")
    hand.wait_screen("listings")
    hand.tap_nth("搬家，三楼", 0)
    hand.wait_screen("listing")
    hand.tap("我要去")
    hand.wait_screen("identify")
    hand.type("phone", "13900001111")
    hand.tap("下一步")
    hand.wait_screen("applied")
    assert {"register_summary", "registered", "post_summary", "posted", "applied"} <= set(hand.seen)
    assert hand.faults == []
    assert {("register_summary", "register.confirm"), ("post_summary", "hire.post")} <= hand.saves


def test_no_consent_comes_under_the_finger_when_the_dock_was_put_away(hand):
    hand.wish()
    hand.tap("我的")
    hand.wait_screen("identify")
    hand.type("phone", "13900009999")
    dock = hand.window.findChild(InputDock)
    if dock.isVisible():  # keys of a real keyboard put it away by themselves
        hand.tap("收起")
    hand.wait(dock.isHidden, "the dock stays")
    QApplication.processEvents()
    hand.tap("下一步")
    hand.wait_screen("register_consent")
    assert hand.faults == []


def test_every_action_that_saves_commits_or_says_why_not():
    loose = {f"{page.name} {key}" for page in pages() for key, commits in saving_actions(page) if not commits}
    assert loose == set(HARMLESS)


def test_every_agreement_commits():
    agreements = [page for page in pages() if issubclass(page, AgreementScreen)]
    assert {page.name for page in agreements} == {"register_consent", "remember", "twice"}
    source = inspect.getsource(AgreementScreen)
    assert 'self.agreed, icon_name="check", stretch=2, commits=True' in source
