import itertools

import pytest
from PySide6.QtGui import QColor

from kiosk.ui.input.handwriting_panel import Offer
from kiosk.ui.input.look import BLACK_WHITE, GAP_MM, MIN_KEY_MM, DockColours, DockLook
from kiosk.ui.input.wish import InputTab, InputWish
from kiosk.ui.strings import LANGUAGES

WORKER = [(1920, 1080), (1080, 1920)]
SCALES = [1.0, 1.15, 1.3]


def rect(key, dock):
    return key.rect().translated(key.mapTo(dock, key.rect().topLeft()))


def show(desk, tab, size):
    desk.window.resize(*size)
    if tab is InputTab.NUMBERS:
        desk.focus(InputWish.ID_NUMBER)
        panel = desk.dock.panel(tab)
    else:
        panel = desk.open(tab, InputWish.NAME)
    if tab is InputTab.PINYIN:
        desk.tap(*"wei")
    if tab is InputTab.HANDWRITING:
        panel._offer([Offer("王")] * 10)
    return panel


@pytest.mark.parametrize("size", WORKER)
@pytest.mark.parametrize("tab", list(InputTab))
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_large_enough_apart_and_readable(make_desk, size, tab, scale, language):
    desk = make_desk(look=DockLook(text_scale=scale), language=language)
    show(desk, tab, size)
    dock, look = desk.dock, DockLook(text_scale=scale)
    keys = desk.shown_keys()
    assert len(keys) > 10
    least = look.px(MIN_KEY_MM)
    small = [(key.accessibleName(), key.size()) for key in keys if min(key.width(), key.height()) < least - 1]
    assert not small
    for first, second in itertools.combinations(keys, 2):
        grown = rect(first, dock).adjusted(
            -look.px(GAP_MM) + 2, -look.px(GAP_MM) + 2, look.px(GAP_MM) - 2, look.px(GAP_MM) - 2
        )
        assert not grown.intersects(rect(second, dock)), (first.accessibleName(), second.accessibleName())
    assert all(dock.rect().contains(rect(key, dock)) for key in keys)
    assert all(key.accessibleName() for key in keys)
    wide = [key.text() for key in keys if key.fontMetrics().horizontalAdvance(key.text()) > key.width()]
    assert not wide
    assert all(key.fontMetrics().height() <= key.height() for key in keys)


@pytest.mark.parametrize("size", WORKER)
@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("scale", SCALES)
def test_a_word_has_the_room_of_two_candidates(make_desk, size, last, scale):
    desk = make_desk(look=DockLook(text_scale=scale))
    panel = show(desk, InputTab.HANDWRITING, size)
    panel._offer([Offer(char) for char in "王李张刘陈杨赵黄"], "欧阳海兰", last=last)
    desk.qtbot.waitUntil(lambda: panel.word.width() > panel.candidates[0].width())
    keys = [panel.word, *panel.candidates[:8]]
    assert all(key.isVisible() for key in keys)
    assert not any(key.isVisible() for key in panel.candidates[8:])
    for first, second in itertools.combinations(keys, 2):
        assert not rect(first, desk.dock).intersects(rect(second, desk.dock))
    assert panel.word.fontMetrics().horizontalAdvance("欧阳海兰") < panel.word.width()
    in_order = sorted(keys, key=lambda key: (key.y(), key.x()))
    assert in_order[-1 if last else 0] is panel.word
    panel._offer([Offer(char) for char in "王李张刘陈杨赵黄周吴"])
    desk.qtbot.waitUntil(lambda: abs(panel.candidates[9].width() - panel.candidates[0].width()) <= 1)
    assert all(key.isVisible() for key in panel.candidates)
    assert not panel.word.isVisible()


@pytest.mark.parametrize("size", [*WORKER, (1366, 768)])
def test_the_dock_takes_at_most_two_fifths_and_the_field_stays_in_view(desk, size):
    desk.window.resize(*size)
    desk.focus(InputWish.NAME)
    desk.qtbot.waitUntil(lambda: desk.dock.geometry().bottom() == desk.window.height() - 1)
    assert desk.dock.height() <= 0.4 * size[1]
    assert desk.line.geometry().bottom() < desk.dock.geometry().top()


def luminance(colour):
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("colours", [DockColours(), BLACK_WHITE])
def test_contrast(colours):
    pairs = [
        (colours.ink, colours.key),
        (colours.ink, colours.ground),
        (colours.ink, colours.action),
        (colours.soft_ink, colours.ground),
        (colours.soft_ink, colours.action),
        (colours.soft_ink, colours.paper),
        (colours.on_chosen, colours.chosen),
        (colours.on_pressed, colours.pressed),
        (colours.ink, colours.paper),
    ]
    for text, ground in pairs:
        light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 7, (text, ground)


def test_a_pressed_key_looks_pressed_at_once(desk):
    desk.focus(InputWish.DIGITS)
    key = desk.key("5")
    calm = key.grab().toImage().pixelColor(6, key.height() // 2)
    key.setDown(True)
    assert key.grab().toImage().pixelColor(6, key.height() // 2) != calm


def test_the_ink_is_on_the_sheet_before_the_pen_is_lifted(desk, qtbot):
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    canvas = desk.open(InputTab.HANDWRITING).canvas
    centre = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=centre + QPoint(-40, 30))
    QTest.mouseMove(canvas, centre + QPoint(40, 30))
    inked = canvas.grab().toImage().pixelColor(centre + QPoint(11, 30))
    assert inked == QColor(DockColours().ink)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=centre + QPoint(40, 30))


def test_words_follow_the_language(desk):
    desk.open(InputTab.HANDWRITING)
    desk.strings.set_language("en")
    assert desk.dock.panel(InputTab.HANDWRITING).undo.text() == "Undo"
    assert desk.key("Pinyin").isVisible()
