"""Light values are what frozen, slotted dataclasses are, to whoever uses them."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, fields

import pytest

from kiosk.light import field, light, replace


@light
class Place:
    name: str
    px: int = 7
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def wide(self) -> bool:
        return self.px > 10


@light
class Other:
    name: str
    px: int = 7
    notes: tuple[str, ...] = ()


def test_fields_by_place_or_by_name_and_their_defaults():
    assert (Place("a").name, Place("a").px, Place(name="a").notes) == ("a", 7, ())
    assert Place("a", 11) == Place(px=11, name="a")
    assert Place("a", 11).wide


@pytest.mark.parametrize(
    ("placed", "named"),
    [((), {}), (("a", 1, (), 2), {}), (("a",), {"name": "b"}), (("a",), {"colour": "red"})],
    ids=["missing", "too-many", "twice", "unknown"],
)
def test_wrong_fields_are_an_error(placed, named):
    with pytest.raises(TypeError):
        Place(*placed, **named)


def test_nothing_can_be_changed_or_added():
    place = Place("a")
    with pytest.raises(FrozenInstanceError):
        place.px = 8
    with pytest.raises(FrozenInstanceError):
        del place.px
    with pytest.raises(FrozenInstanceError):
        place.more = 1
    assert not hasattr(place, "__dict__")


def test_equal_values_are_one_key_and_other_kinds_are_not_equal():
    assert {Place("a"): 1}[Place("a")] == 1
    assert Place("a") != Place("a", 8)
    assert Place("a") != Other("a")


def test_it_is_a_dataclass_to_the_standard_library():
    assert dataclasses.is_dataclass(Place)
    assert dataclasses.is_dataclass(Place("a"))
    assert dataclasses.replace(Place("a"), px=9) == Place("a", 9)
    assert [(each.name, each.type) for each in fields(Place)] == [
        ("name", str),
        ("px", int),
        ("notes", tuple[str, ...]),
    ]
    assert fields(Place)[1].default == 7
    assert fields(Place("a"))[2].default_factory is tuple
    assert dataclasses.asdict(Place("a")) == {"name": "a", "px": 7, "notes": ()}
    assert repr(Place("a")) == "Place(name='a', px=7, notes=())"


def test_it_can_be_copied_and_pickled():
    place = Place("a", 9, ("x",))
    assert copy.copy(place) == copy.deepcopy(place) == pickle.loads(pickle.dumps(place)) == place


def test_a_copy_with_other_values():
    assert replace(Place("a", 9, ("x",)), px=8) == Place("a", 8, ("x",))
    with pytest.raises(TypeError):
        replace(Place("a"), colour="red")


def test_what_is_made_anew_is_made_for_each_value():
    @light
    class Basket:
        things: list[str] = field(default_factory=list)

    assert Basket().things is not Basket().things


def test_a_value_may_check_itself():
    @light
    class Even:
        number: int

        def __post_init__(self) -> None:
            if self.number % 2:
                raise ValueError("odd")

    assert Even(2).number == 2
    with pytest.raises(ValueError, match="odd"):
        Even(3)


def test_one_list_for_all_values_is_an_error():
    with pytest.raises(ValueError, match="things"):

        @light
        class Basket:
            things: list[str] = []  # noqa: RUF012 - that is what is wrong
