"""Ways of writing: the tabs of the input dock, with something written on each."""

from collections.abc import Iterator

from kiosk.ui.input.canvas import InkCanvas
from kiosk.ui.input.keys import Key
from kiosk.ui.input.wish import InputTab
from tests.e2e.stage import Stage
from tests.e2e.stop import At

#: 工: across, down, across. Points in shares of the sheet.
GONG = (
    ((0.25, 0.28), (0.4, 0.28), (0.6, 0.27), (0.75, 0.27)),
    ((0.5, 0.28), (0.5, 0.45), (0.5, 0.6), (0.5, 0.75)),
    ((0.18, 0.76), (0.4, 0.76), (0.6, 0.75), (0.82, 0.75)),
)
#: 十: across, down.
SHI = (((0.2, 0.4), (0.5, 0.4), (0.8, 0.4)), ((0.5, 0.15), (0.5, 0.5), (0.5, 0.85)))
#: 人: two legs.
REN = (((0.5, 0.15), (0.45, 0.4), (0.2, 0.85)), ((0.48, 0.4), (0.6, 0.6), (0.82, 0.85)))
Ink = tuple[tuple[tuple[float, float], ...], ...]


def _third(strokes: Ink, place: int) -> Ink:
    """Squeezed into one third of the sheet."""
    return tuple(tuple((0.33 * place + 0.3 * x, y) for x, y in stroke) for stroke in strokes)


def dock(stage: Stage) -> Iterator[At]:
    """手写, 拼音, 字母, 生僻字 for a name; 数字 for a phone number."""
    hand = stage.hand
    stage.tap("welcome.register")
    hand.wait_screen("register_consent")
    stage.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", "王")
    hand.wait(stage.dock.isVisible, "the dock did not open")

    def write() -> None:
        _choose(stage, InputTab.HANDWRITING)
        panel = stage.dock.panel(InputTab.HANDWRITING)
        canvas = panel.findChild(InkCanvas)
        if not canvas.strokes():
            stage.draw(canvas, GONG)
        hand.wait(
            lambda: any(key.isVisible() and key.text() == "工" for key in panel.findChildren(Key)),
            "nothing was recognised",
        )

    write()
    yield At("input-handwriting", write)

    def write_word() -> None:
        _choose(stage, InputTab.HANDWRITING)
        panel = stage.dock.panel(InputTab.HANDWRITING)
        panel.wipe()
        ink = (*_third(GONG, 0), *_third(SHI, 1), *_third(REN, 2))
        stage.draw(panel.findChild(InkCanvas), ink)
        hand.wait(
            lambda: any(key.isVisible() and key.text() == "工十人" for key in panel.findChildren(Key)),
            "no word was recognised",
        )

    write_word()
    yield At("input-handwriting-word", write_word)
    stage.dock.panel(InputTab.HANDWRITING).wipe()
    for tab, letters in ((InputTab.PINYIN, "jian"), (InputTab.LETTERS, ""), (InputTab.RARE, "longtian")):

        def spell(tab: InputTab = tab, letters: str = letters) -> None:
            _choose(stage, tab)
            stage.dock.panel(tab).wipe()
            for letter in letters:
                hand.tap(letter)

        spell()
        yield At(f"input-{tab.value}", spell)
    hand.clear("name")
    hand.type("name", "王芳")
    stage.tap("common.next")
    hand.wait_screen("register_phone")
    hand.type("phone", "138")

    def count() -> None:
        hand.wait(lambda: stage.dock.tab is InputTab.NUMBERS, "the numbers did not come")

    count()
    yield At("input-numbers", count)


def _choose(stage: Stage, tab: InputTab) -> None:
    if stage.dock.tab is not tab:
        stage.tap(f"input.tab.{tab.value}")


WALKS = (dock,)
