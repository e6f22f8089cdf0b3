"""People who are known at two kiosks: asked as visitors, compared by staff, remembered."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.domain.ids import uuid7
from kiosk.domain.records import Presence
from kiosk.services.visitors import Visitor
from kiosk.ui.screens.find.params import IdentifyParams, KnownWorker
from kiosk.ui.screens.staff.double import DoubleParams
from kiosk.ui.screens.twice.twice import TwiceParams
from tests.e2e.stage import Stage
from tests.e2e.walks_worker import known_worker

NAME, PHONE = "欧阳凤霞", "13906310990"


def visitor(stage: Stage) -> Iterator[str]:
    """Registered here, too; and one who is not, and wants to be remembered."""
    hand, services, navigator = stage.hand, stage.services, stage.shell.ctx.navigator
    here = known_worker(stage, NAME, PHONE).worker
    away = replace(here, id=uuid7(7, bytes(10)), home="WHG1", number=31)
    navigator.show("twice", TwiceParams(visitor=away, here=here, wish=IdentifyParams()))
    hand.wait_screen("twice")
    yield "twice"
    stage.begin()
    services.identify.welcome(Visitor(worker=away, placements=()))
    navigator.show("my_data")
    navigator.visit.keep(KnownWorker(worker_id=away.id, proved=True))
    navigator.swap("my_data")
    hand.wait_screen("my_data")
    hand.settle()
    yield "my_data-visitor"
    stage.tap("remember.ask")
    hand.wait_screen("remember")
    yield "remember"
    services.identify.leave()


def remembered(stage: Stage) -> Iterator[str]:
    """Only remembered here, and asked once before that ends."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    # Their card was printed elsewhere.
    worker = replace(known_worker(stage, "丛培玉", "13906310991").worker, id=uuid7(8, bytes(10)))
    known = Presence(kiosk=stage.kiosk.config.kiosk, since=stage.clock.now(), consent_text="1")
    with stage.kiosk.storage.unit_of_work() as uow:
        uow.put(replace(worker, home="WHG1", also=(known,)))
        uow.commit()
    navigator.show("welcome")
    navigator.visit.keep(KnownWorker(worker_id=worker.id, proved=True))
    navigator.swap("my_data")
    hand.wait_screen("my_data")
    hand.settle()
    yield "my_data-remembered"
    stage.tap("remember.leave")
    yield "my_data-leave"


def doubles(stage: Stage) -> Iterator[str]:
    """Staff: the list, the comparison, the question; and looking for the other registration."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    stage.sign_in()
    stage.tap("staff.people")
    hand.wait_screen("staff_people")
    first = known_worker(stage, "毕淑芬", "13906310992").worker
    second = known_worker(stage, "毕淑芳", "13906310992").worker
    stage.tap("double.list")
    hand.wait_screen("staff_doubles")
    hand.settle()
    yield "staff_doubles"
    navigator.show("staff_double", DoubleParams(one=first.id, other=second.id))
    hand.wait_screen("staff_double")
    hand.settle()
    yield "staff_double"
    stage.tap("double.same")
    yield "staff_double-ask"
    stage.tap("double.no")
    navigator.show("staff_same", KnownWorker(worker_id=first.id))
    hand.wait_screen("staff_same")
    yield "staff_same"


WALKS = (visitor, remembered, doubles)
