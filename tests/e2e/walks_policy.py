"""政策补贴: the list, one of them, what it asks, and both results, on paper too."""

from collections.abc import Iterator

from kiosk.services.policies import PolicyItem
from tests.e2e.stage import Stage


def fits(stage: Stage) -> Iterator[str]:
    """Everything fits, and the paper says so."""
    hand = stage.hand
    stage.tap("welcome.policy")
    hand.wait_screen("policies")
    yield "policies"
    item = of(stage, "social_insurance_subsidy")
    hand.tap(title(stage, item))
    hand.wait_screen("policy")
    yield "policy"
    stage.tap("policy.check")
    hand.wait_screen("policy_who")
    yield "policy_who"
    hand.tap(item.said(stage.strings.language).who[0])
    hand.wait_screen("policy_conditions")
    for each in item.said(stage.strings.language).conditions:
        hand.tap(each)
    yield "policy_conditions"
    stage.tap("policy.result")
    hand.wait_screen("policy")
    yield "policy-fits"
    stage.tap("policy.paper")
    hand.wait_text(stage.word("slip_panel.printed"))
    yield "policy-printed"


def asks(stage: Stage) -> Iterator[str]:
    """Something has to be asked first; and one that asks nothing."""
    hand = stage.hand
    stage.tap("welcome.policy")
    hand.wait_screen("policies")
    item = of(stage, "accident_insurance_subsidy")
    hand.tap(title(stage, item))
    hand.wait_screen("policy")
    yield "policy-conditions"
    stage.tap("policy.check")
    hand.wait_screen("policy_conditions")
    hand.tap(item.said(stage.strings.language).conditions[0])
    yield "policy_conditions-four"
    stage.tap("policy.result")
    hand.wait_screen("policy")
    yield "policy-ask"
    stage.tap("policy.paper")
    hand.wait_text(stage.word("slip_panel.printed"))
    yield "policy-ask-printed"
    stage.tap("policy.others")
    hand.wait_screen("policies")
    stage.tap("common.next_page")
    yield "policies-more"
    hand.tap(title(stage, of(stage, "pension")))
    hand.wait_screen("policy")
    yield "policy-plain"


def of(stage: Stage, key: str) -> PolicyItem:
    """A policy of this city."""
    found = stage.services.policies.get(key)
    assert found is not None
    return found


def title(stage: Stage, item: PolicyItem) -> str:
    """What it is called, as it is shown."""
    return item.said(stage.strings.language).title


WALKS = (fits, asks)
