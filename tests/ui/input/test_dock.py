import math

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kiosk.devices.handwriting import DinkitRecogniser
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.tabs import TabColumn
from kiosk.ui.input.wish import InputTab, InputWish
from tests.c_heap import in_use
from tests.fakes import FakeClock
from tests.ui.input.conftest import WANG, FakeRecogniser, draw

T = InputTab


def test_handwriting_puts_the_chosen_character_and_clears_the_sheet(desk):
    panel = desk.open(T.HANDWRITING, InputWish.NAME)
    desk.write(*WANG[:2])
    assert [key.text() for key in panel.candidates] == list(FakeRecogniser().says)
    desk.tap("王")
    assert desk.line.text() == "王"
    assert panel.canvas.strokes() == ()
    assert not any(key.isVisible() for key in panel.candidates)
    desk.write(WANG[0])
    desk.tap("三")
    assert desk.line.text() == "王三"


def test_handwriting_with_the_real_recogniser(make_desk):
    pytest.importorskip("dinkit", reason="not built for this system")
    desk = make_desk(DinkitRecogniser())
    desk.open(T.HANDWRITING, InputWish.NAME)
    desk.write(*WANG)
    assert desk.dock.panel(T.HANDWRITING).candidates[0].text() == "王"
    desk.tap("王")
    assert desk.line.text() == "王"


def test_a_stroke_is_taken_back_and_the_sheet_begun_again(desk, qtbot):
    panel = desk.open(T.HANDWRITING)
    desk.write(*WANG[:2])
    with qtbot.waitSignal(panel._recognition.recognised):
        desk.tap("退一笔")
    assert len(panel.canvas.strokes()) == 1
    desk.tap("重写")
    assert panel.canvas.strokes() == ()
    assert not any(key.isVisible() for key in panel.candidates)


def test_an_answer_to_old_ink_is_not_shown(desk):
    panel = desk.open(T.HANDWRITING)
    shown = []
    panel._recognition.recognised.connect(shown.append)
    draw(panel.canvas, WANG[0])
    desk.tap("重写")
    # The recogniser's thread has answered all before this. Nothing of the test listens on that thread: an answer on its
    # way to a listener that is gone would crash.
    panel._recognition._pool.submit(int).result(timeout=5)
    QApplication.processEvents()
    assert shown == []
    assert not any(key.isVisible() for key in panel.candidates)


def test_turning_the_panel_or_larger_text_loses_nothing(desk):
    panel = desk.open(T.HANDWRITING)
    desk.write(*WANG[:2])
    offered = [key.text() for key in panel.candidates]
    desk.window.resize(1080, 1920)
    desk.dock.set_look(DockLook(text_scale=1.3))
    desk.strings.set_language("en")
    assert len(panel.canvas.strokes()) == 2
    assert [key.text() for key in panel.candidates] == offered


def test_characters_are_joined_into_a_rare_one(desk):
    desk.open(T.HANDWRITING, InputWish.NAME)
    assert not desk.key("合字").isEnabled()
    desk.line.setText("王龙天")
    desk.tap("合字", "䶮")
    assert desk.line.text() == "王䶮"


def test_pinyin_types_a_name_with_the_surname_first(desk):
    panel = desk.open(T.PINYIN, InputWish.NAME)
    desk.tap(*"wang")
    assert panel.row.shown()[0].text() == "王"
    desk.tap("王", *"fang", "芳")
    assert desk.line.text() == "王芳"
    assert panel.echo.text() == ""


def test_pinyin_keeps_the_letters_that_a_choice_left_over(desk):
    panel = desk.open(T.PINYIN)
    desk.tap(*"weihai")
    assert panel.echo.text() == "wei'hai"
    desk.tap("为")
    assert panel.echo.text() == "hai"
    desk.tap("退格", "退格", "退格")
    assert (panel.echo.text(), desk.line.text()) == ("", "为")
    desk.tap("退格")
    assert desk.line.text() == ""


def test_a_mark_takes_the_first_candidate_with_it(desk):
    desk.open(T.PINYIN)
    desk.tap(*"weihai", "，")
    assert desk.line.text() == "威海，"


def test_candidates_have_pages(desk):
    panel = desk.open(T.PINYIN)
    desk.tap(*"yi")
    first = [key.text() for key in panel.row.shown()]
    desk.tap("后面的字")
    second = [key.text() for key in panel.row.shown()]
    assert not set(first) & set(second)
    desk.tap("前面的字")
    assert [key.text() for key in panel.row.shown()] == first


def test_a_phone_number_shows_what_is_missing_and_other_numbers_have_larger_keys(desk):
    desk.focus(InputWish.PHONE)
    pad = desk.dock.panel(T.NUMBERS)
    assert pad._echo.text() == "___ ____ ____"
    desk.tap(*"13806")
    assert (pad._echo.text(), pad._echo.accessibleName()) == ("138 06__ ____", "138 06")
    assert rows(pad, pad.clear) == 1
    desk.focus(InputWish.DIGITS)
    assert pad._echo.isHidden()
    assert rows(pad, pad.clear) == rows(pad, pad.backspace) == 2
    desk.focus(InputWish.PHONE)
    assert pad._echo.isVisible()
    assert rows(pad, pad.clear) == rows(pad, pad.backspace) == 1


def rows(pad, key):
    """How many rows of the pad a key takes."""
    _, _, high, _ = pad._grid.getItemPosition(pad._grid.indexOf(key))
    return high


def test_numbers_with_x_for_an_id_and_a_point_for_money(desk):
    desk.focus(InputWish.ID_NUMBER)
    assert desk.dock.tabs() == (T.NUMBERS,)
    desk.tap(*"37100219700101123X")
    assert desk.line.text() == "37100219700101123X"
    assert desk.dock.panel(T.NUMBERS)._echo.accessibleName() == "371002 19700101 123X"
    desk.tap("退格")
    assert desk.line.text().endswith("123")
    desk.tap("清空")
    assert desk.line.text() == ""
    desk.focus(InputWish.MONEY)
    desk.tap(*"180.50")
    assert desk.line.text() == "180.50"
    assert "X" not in [key.text() for key in desk.shown_keys()]


def test_two_quick_touches_are_two_digits(desk):
    desk.focus(InputWish.PHONE)
    key = desk.key("1")
    kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
    second = (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease)
    for kind in (*kinds, *second):
        place = QPointF(key.rect().center())
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        held = Qt.MouseButton.NoButton if kind is kinds[1] else left
        QApplication.sendEvent(key, QMouseEvent(kind, place, key.mapToGlobal(place), left, held, none))
    assert desk.line.text() == "11"


def test_letters_in_both_cases(desk):
    desk.focus(InputWish.CODE)
    assert desk.dock.tab is T.LETTERS
    desk.tap("9", "1", "M", "A", "小写", "b", "-")
    assert desk.line.text() == "91MAb-"


@pytest.mark.parametrize(
    ("typed", "char"), [("364d", "㙍"), ("longtian", "䶮"), ("2cb6c", "𬭬"), ("2a6a5", "𪚥")]
)
def test_rare_characters_are_put(desk, typed, char):
    desk.open(T.RARE, InputWish.NAME)
    desk.tap(*typed, char)
    assert desk.line.text() == char
    desk.tap("退格")
    assert desk.line.text() == ""


def test_what_no_font_has_is_told_and_not_offered(desk):
    panel = desk.open(T.RARE, InputWish.NAME)
    desk.tap(*"2ebf0")
    assert panel.row.shown() == []
    assert "2ebf0" in panel.hint.text()
    assert panel.hint.isVisible()
    desk.tap("清空")
    assert panel.hint.text() == desk.strings.text("input.rare.hint")
    desk.tap(*"4dae", "䶮")
    assert desk.line.text() == "䶮"


def test_the_focus_stays_and_a_keyboard_types_beside_the_dock(desk):
    desk.focus(InputWish.CODE)
    desk.tap("A")
    assert desk.line.hasFocus()
    QTest.keyClicks(desk.line, "b")
    desk.tap("C")
    assert desk.line.text() == "AbC"
    assert desk.touches == 2


def test_a_text_of_several_lines_is_written_too(desk):
    desk.focus(InputWish.TEXT, desk.text)
    desk.dock.choose(T.PINYIN)
    desk.tap(*"banyun", "搬运")
    assert desk.text.toPlainText() == "搬运"


def test_the_dock_comes_and_goes_with_the_focus(desk, qtbot):
    assert desk.dock.isHidden()
    desk.focus(InputWish.NAME)
    with qtbot.waitSignal(desk.dock.closed):
        desk.button.setFocus()
    assert desk.dock.isHidden()
    assert desk.dock.field is None


def test_a_read_only_field_needs_no_dock(desk):
    desk.line.setReadOnly(True)
    desk.line.setFocus()
    assert desk.dock.isHidden()


def test_put_away_it_returns_at_a_touch_on_the_field(desk, qtbot):
    desk.focus(InputWish.NAME)
    desk.tap("收起")
    assert desk.dock.isHidden()
    with qtbot.waitSignal(desk.dock.opened):
        QTest.mouseClick(desk.line, Qt.MouseButton.LeftButton)
    assert desk.dock.isVisible()


def test_a_field_that_dies_takes_the_dock_with_it(desk, qtbot):
    field = QLineEdit(desk.window)
    field.show()
    desk.focus(InputWish.NAME, field)
    with qtbot.waitSignal(desk.dock.closed):
        field.deleteLater()
    assert desk.dock.field is None


def test_without_a_recogniser_the_tab_is_not_there(make_desk):
    desk = make_desk(FakeRecogniser(reason="not installed"))
    desk.focus(InputWish.NAME)
    assert desk.dock.tabs() == (T.PINYIN, T.LETTERS, T.RARE)


def test_a_recogniser_that_fails_goes_and_writing_goes_on(make_desk, qtbot):
    desk = make_desk(FakeRecogniser(broken=True))
    with qtbot.waitSignal(desk.dock._recognition.failed):
        desk.focus(InputWish.NAME)
    assert desk.dock.tab is T.PINYIN
    assert T.HANDWRITING not in desk.dock.tabs()
    desk.tap(*"wang", "王")
    assert desk.line.text() == "王"


def test_nothing_is_left_for_the_next_person(desk):
    desk.focus(InputWish.NAME)
    desk.dock.choose(T.HANDWRITING)
    desk.write(WANG[0])
    desk.dock.choose(T.PINYIN)
    desk.tap(*"wang")
    pinyin = desk.dock.panel(T.PINYIN)
    before = [key.text() for key in pinyin.row.shown()]
    desk.tap(before[3])
    desk.tap(*"wan")
    desk.dock.choose(T.RARE)
    desk.tap(*"yan")
    desk.focus(InputWish.ID_NUMBER)
    desk.tap("3", "7")
    desk.dock.wipe()
    handwriting = desk.dock.panel(T.HANDWRITING)
    assert handwriting.canvas.strokes() == ()
    left = [key.text() for panel in (handwriting, pinyin, desk.dock.panel(T.RARE)) for key in _offers(panel)]
    assert not any(left)
    assert (pinyin.echo.text(), desk.dock.panel(T.RARE).echo.text()) == ("", "")
    assert desk.dock.panel(T.NUMBERS)._echo.text() == ""
    assert (desk.dock.field, desk.dock.isHidden()) == (None, True)
    desk.line.clear()
    desk.open(T.PINYIN, InputWish.NAME)
    desk.tap(*"wang")
    assert [key.text() for key in pinyin.row.shown()] == before


def _offers(panel):
    return panel.candidates if hasattr(panel, "candidates") else panel.row._keys


def test_what_the_field_hides_the_dock_does_not_show(desk):
    desk.line.setEchoMode(QLineEdit.EchoMode.Password)
    desk.focus(InputWish.DIGITS)
    desk.tap(*"1234")
    assert desk.line.text() == "1234"
    assert desk.dock.panel(T.NUMBERS)._echo.text() == ""


def test_stopping_frees_the_recogniser(qtbot, make_desk, recogniser):
    desk = make_desk(recogniser)
    desk.open(T.HANDWRITING)
    desk.write(WANG[0])
    desk.dock.stop()
    assert recogniser.closed
    desk.dock.start()


def test_other_tabs_leave_nothing_behind(desk):
    tabs = desk.dock.findChild(TabColumn)

    def many(times):
        for _ in range(times):
            tabs.show_tabs((T.HANDWRITING, T.PINYIN, T.LETTERS, T.RARE), T.HANDWRITING)
            tabs.show_tabs((T.NUMBERS,), T.NUMBERS)
        QApplication.processEvents()

    many(10)
    before = in_use()
    many(100)
    assert in_use() - before < 100 * 80  # one place of the column is 88 bytes


def test_the_tabs_stand_in_the_order_they_are_offered_in_and_the_way_out_last(desk):
    tabs = desk.dock.findChild(TabColumn)
    desk.open(T.HANDWRITING)
    for offered in ((T.LETTERS, T.NUMBERS), (T.PINYIN, T.HANDWRITING, T.RARE), (T.NUMBERS,)):
        tabs.show_tabs(offered, offered[0])
        QApplication.processEvents()
        shown = [key for key in desk.shown_keys() if key.parent() is tabs]
        in_place = sorted(shown, key=lambda key: key.y())
        assert in_place == [*(tabs.keys[tab] for tab in offered), tabs.hide_key]


#: The strokes of 工, of 十 and of 人 in a square, as shares of the sheet's height.
GONG = (((0.25, 0.28), (0.75, 0.27)), ((0.5, 0.28), (0.5, 0.75)), ((0.18, 0.76), (0.82, 0.75)))
SHI = (((0.18, 0.4), (0.8, 0.4)), ((0.5, 0.15), (0.5, 0.85)))
REN = (((0.5, 0.15), (0.45, 0.4), (0.2, 0.85)), ((0.48, 0.4), (0.6, 0.6), (0.82, 0.85)))


def third(strokes, place):
    return tuple(tuple((0.33 * place + 0.3 * x, y) for x, y in stroke) for stroke in strokes)


@pytest.fixture
def hand(make_desk):
    """A desk with the real recogniser, and a clock for the rests between strokes."""
    pytest.importorskip("dinkit", reason="not built for this system")
    desk, clock = make_desk(DinkitRecogniser()), FakeClock()
    desk.dock._steady = clock.monotonic
    return desk, clock, desk.open(T.HANDWRITING, InputWish.NAME)


def test_characters_beside_each_other_are_a_word_for_one_touch(hand):
    desk, _, panel = hand
    desk.write(*third(GONG, 0), *third(SHI, 1), *third(REN, 2))
    assert panel.word.text() == "工十人"
    assert panel.candidates[0].text() == "工"
    desk.tap("工十人")
    assert desk.line.text() == "工十人"
    assert panel.canvas.strokes() == ()
    assert not panel.word.isVisible()


def test_each_character_of_a_word_can_be_mended(hand, qtbot):
    desk, _, panel = hand
    desk.write(*third(GONG, 0), *third(SHI, 1), *third(REN, 2))
    wanted = panel.candidates[1].text()
    with qtbot.waitSignal(panel._recognition.recognised):
        desk.tap(wanted)
    assert desk.line.text() == wanted
    assert len(panel.canvas.strokes()) == 4
    assert panel.word.text() == "十人"
    with qtbot.waitSignal(panel._recognition.recognised):
        desk.tap("十")
    assert panel.candidates[0].text() == "人"
    assert not panel.word.isVisible()
    desk.tap("人")
    assert desk.line.text() == f"{wanted}十人"


def test_the_halves_of_one_character_written_apart_are_offered_as_one(hand):
    desk, _, panel = hand
    tree = (
        ((0.1, 0.35), (0.9, 0.34)),
        ((0.5, 0.05), (0.5, 0.95)),
        ((0.5, 0.35), (0.3, 0.65), (0.08, 0.8)),
        ((0.5, 0.35), (0.7, 0.65), (0.92, 0.8)),
    )
    desk.write(*third(tree, 0), *third(tree, 1.5))
    assert panel.word.text() == "木木"
    assert "林" in [key.text() for key in panel.candidates]
    desk.tap("林")
    assert desk.line.text() == "林"
    assert panel.canvas.strokes() == ()


def on_top(desk, clock, panel, rest):
    """工, a rest, 十 over it; until the recogniser has said everything."""
    desk.write(*GONG)
    clock.advance(rest)
    desk.write(*SHI)
    panel._recognition._pool.submit(int).result(timeout=5)
    QApplication.processEvents()


def test_a_character_on_top_after_a_rest_takes_the_one_below(hand):
    desk, clock, panel = hand
    on_top(desk, clock, panel, 0.8)
    assert desk.line.text() == "工"
    assert len(panel.canvas.strokes()) == 2
    desk.qtbot.waitUntil(lambda: panel.candidates[0].text() == "十")
    desk.tap("十")
    assert desk.line.text() == "工十"


def test_the_undo_key_takes_it_back_and_it_is_one_character(hand, qtbot):
    desk, clock, panel = hand
    on_top(desk, clock, panel, 0.8)
    assert panel.undo.text() == "退回工"
    with qtbot.waitSignal(panel._recognition.recognised):
        desk.tap("退回工")
    assert desk.line.text() == ""
    assert len(panel.canvas.strokes()) == 5
    assert panel.undo.text() == "退一笔"
    clock.advance(1.0)
    desk.write(((0.2, 0.2), (0.6, 0.2)))
    assert desk.line.text() == ""


def test_a_stroke_written_after_it_is_taken_back_first(hand, qtbot):
    desk, clock, panel = hand
    on_top(desk, clock, panel, 0.8)
    desk.write(((0.7, 0.6), (0.8, 0.7)))
    assert panel.undo.text() == "退一笔"
    with qtbot.waitSignal(panel._recognition.recognised):
        desk.tap("退一笔")
    assert desk.line.text() == "工"
    assert panel.undo.text() == "退回工"


def test_on_top_without_a_rest_takes_nothing_but_offers_both(hand):
    desk, clock, panel = hand
    on_top(desk, clock, panel, 0.2)
    assert desk.line.text() == ""
    assert panel.word.text() == "工十"


def test_a_full_field_takes_nothing_more_and_the_ink_stays(hand):
    desk, clock, panel = hand
    desk.line.setMaxLength(1)
    desk.line.setText("王")
    on_top(desk, clock, panel, 0.8)
    assert desk.line.text() == "王"
    assert len(panel.canvas.strokes()) == 5


def test_a_drawn_circle_is_the_zero_of_names(hand):
    desk, _, panel = hand
    ring = tuple(
        (0.5 + 0.3 * math.sin(n * math.pi / 12), 0.5 - 0.3 * math.cos(n * math.pi / 12)) for n in range(25)
    )
    desk.write(ring)
    assert panel.candidates[0].text() == "〇"
    desk.tap("〇")
    assert desk.line.text() == "〇"
