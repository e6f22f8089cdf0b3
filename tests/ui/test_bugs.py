import sys

from kiosk.ui.bugs import BugTrap, describe


def _fail(secret: str):
    raise ValueError(secret)


def _bug(secret: str):
    try:
        _fail(secret)
    except ValueError as error:
        return describe(error)
    return None


def test_the_same_bug_has_the_same_code_whoever_met_it():
    one, other = _bug("王小明"), _bug("李四")
    assert one == other
    assert len(one.code) == 5
    assert one.frames[-1].endswith(" _fail")
    assert "王" not in repr(one)


def test_an_error_that_was_never_raised_can_be_described():
    assert describe(RuntimeError("x")).frames == ()


def test_the_trap_catches_and_gives_back(caplog):
    former, caught = sys.excepthook, []
    trap = BugTrap(caught.append)
    trap.set()
    trap.set()
    try:
        _fail("13812345678")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    trap.release()
    trap.release()
    assert sys.excepthook is former
    assert [bug.kind for bug in caught] == ["ValueError"]
    assert "138" not in caplog.text


def test_the_end_of_the_program_is_no_bug(monkeypatch):
    seen, caught = [], []
    monkeypatch.setattr(sys, "excepthook", lambda *args: seen.append(args[0]))
    trap = BugTrap(caught.append)
    trap.set()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    trap.release()
    assert seen == [KeyboardInterrupt]
    assert caught == []
