"""What every page does: what was refused is said in the language of the moment."""

from tests.ui.screens.house import House


def test_an_error_is_told_again_in_another_language(house: House) -> None:
    hand = house.start()
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    hand.type("phone", "138")
    house.tap("common.next")
    said = house.text("refusal.phone_length", limit=11, length=3)
    hand.wait_text(said)
    house.strings.set_language("en")
    assert house.text("refusal.phone_length", limit=11, length=3) in hand.texts()
    assert said not in hand.texts()


def test_an_error_that_was_mended_does_not_come_back(house: House) -> None:
    hand = house.start()
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    hand.type("phone", "138")
    house.tap("common.next")
    hand.wait_text(house.text("refusal.phone_length", limit=11, length=3))
    hand.type("phone", "0631")
    house.strings.set_language("en")
    assert not any("digits" in text for text in hand.texts())


def test_an_error_beside_a_field_that_was_left_is_told_again_too(house: House) -> None:
    hand = house.start()
    house.tap("welcome.register")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", "王")
    house.tap("common.next")
    said = house.text("refusal.name_short", limit=2)
    hand.wait_text(said)
    house.strings.set_language("en")
    assert house.text("refusal.name_short", limit=2) in hand.texts()
    hand.type("name", "芳")
    assert house.text("refusal.name_short", limit=2) not in hand.texts()


def test_a_sentence_in_the_banner_is_told_again_too(house: House) -> None:
    hand = house.start()
    hand.scan("https://example.org/menu/42")
    hand.wait_text(house.text("refusal.qr_foreign"))
    house.strings.set_language("en")
    assert house.text("refusal.qr_foreign") in hand.texts()
