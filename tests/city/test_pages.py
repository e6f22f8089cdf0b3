"""What a phone sees behind the QR code: the state now, people masked, nothing loaded from anywhere."""

import http.client
from dataclasses import replace
from datetime import datetime, time, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from kiosk.city import admin, pages
from kiosk.city.server import CityServer
from kiosk.domain.calendar import SHANGHAI, span_minutes
from kiosk.domain.operations import CancelPlacement, CloseListing
from kiosk.domain.values import Claim
from kiosk.protocol.signing import SigningKey
from kiosk.protocol.token import City, TokenKind, issue
from tests.city.stage import AREA, HOST
from tests.city.test_push import published, registered

pytestmark = pytest.mark.postgres


def token(kiosk, kind, subject, *, area=AREA, seed=None):
    return issue(
        kind=kind,
        subject=subject,
        number=7,
        station=kiosk.code,
        issued_at=kiosk.market.now,
        key=SigningKey(seed or kiosk.seed),
        city=City(code=area, host=HOST),
    )


def page(kiosk, text):
    return kiosk.city.store.run(lambda tx: pages.slip_page(kiosk.city, tx, text))


class Checker(HTMLParser):
    """Counts what stays open and what would be loaded."""

    VOID = ("meta", "link", "br", "img", "!doctype")

    def __init__(self):
        super().__init__()
        self.open, self.loads = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        self.loads += [
            value for name, value in attrs if name in {"src", "href"} and not value.startswith("tel:")
        ]
        if tag == "script":
            self.loads.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def checked(html):
    checker = Checker()
    checker.feed(html)
    assert checker.open == []
    assert checker.loads == []
    return html


def test_a_job_slip_shows_the_state_now_not_at_printing(kiosk):
    listing, worker = published(kiosk, headcount=1), registered(kiosk, "钱多多")
    body = kiosk.apply_body(listing, worker)
    kiosk.say(body)
    slip = token(kiosk, TokenKind.JOB_SLIP, body.placement_id)
    before = page(kiosk, slip)
    assert before.status == 200
    assert "已确认" in checked(before.html)
    assert "200 元/天" in before.html
    kiosk.say(CancelPlacement(placement_id=body.placement_id))
    assert "已取消" in checked(page(kiosk, slip).html)


def test_a_waiting_worker_is_told_not_to_go(kiosk):
    listing = published(kiosk, headcount=1)
    kiosk.say(kiosk.apply_body(listing, registered(kiosk, "王一")))
    body = kiosk.apply_body(listing, registered(kiosk, "王二"), Claim.NONE)
    kiosk.say(body)
    html = page(kiosk, token(kiosk, TokenKind.JOB_SLIP, body.placement_id)).html
    assert "候补，未确认" in html


def test_past_work_is_promised_to_nobody(kiosk):
    listing = published(kiosk, headcount=1)
    sure, waiting = (
        kiosk.apply_body(listing, registered(kiosk, "王一")),
        kiosk.apply_body(listing, registered(kiosk, "王二"), Claim.NONE),
    )
    kiosk.say(sure)
    kiosk.say(waiting)
    gone = kiosk.apply_body(published(kiosk, headcount=1), registered(kiosk, "王三"))
    kiosk.say(gone)
    kiosk.say(CancelPlacement(placement_id=gone.placement_id))
    slips = [token(kiosk, TokenKind.JOB_SLIP, each.placement_id) for each in (sure, waiting, gone)]
    receipt = token(kiosk, TokenKind.POSTING_RECEIPT, listing)
    terms = kiosk.city.store.run(lambda tx: tx.peek("listing", listing)).terms
    last = datetime.combine(terms.date_to, time(), SHANGHAI)
    kiosk.market.now = last + timedelta(minutes=terms.start_minute + span_minutes(terms))
    told = [page(kiosk, each).html for each in (*slips, receipt)]
    assert ["时间已过" in checked(each) for each in told] == [True, True, False, False]
    assert "已取消" in told[2]
    assert "已结束" in told[3]


def test_people_are_masked(kiosk):
    listing, worker = published(kiosk), registered(kiosk, "钱多多")
    body = kiosk.apply_body(listing, worker)
    kiosk.say(body)
    for kind, subject in (
        (TokenKind.JOB_SLIP, body.placement_id),
        (TokenKind.WORKER_CARD, worker),
        (TokenKind.POSTING_RECEIPT, listing),
    ):
        html = page(kiosk, token(kiosk, kind, subject)).html
        assert "钱多多" not in html
        assert "王师傅" not in html
        assert "13900000000" not in html
        assert "13800000000" not in html


def test_the_posting_receipt_counts_places(kiosk):
    listing = published(kiosk, headcount=2)
    kiosk.say(kiosk.apply_body(listing, registered(kiosk)))
    receipt = token(kiosk, TokenKind.POSTING_RECEIPT, listing)
    html = page(kiosk, receipt).html
    assert "招工中" in html
    assert "招 2 人，已定 1 人" in html
    kiosk.say(CloseListing(listing_id=listing))
    assert "已结束" in page(kiosk, receipt).html


def test_typed_markup_stays_text(kiosk):
    employer = kiosk.employer_body()
    post = kiosk.post_body(employer.employer_id)
    post = replace(post, terms=replace(post.terms, address="<script>alert(1)</script>$state"))
    kiosk.say(employer, post)
    html = checked(page(kiosk, token(kiosk, TokenKind.POSTING_RECEIPT, post.listing_id)).html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;$state" in html


def test_every_bad_token_has_its_answer(kiosk):
    listing = published(kiosk)
    good = token(kiosk, TokenKind.POSTING_RECEIPT, listing)
    bad = "A" if good[40] != "A" else "B"
    answers = {
        "没有读完整": good[:40] + bad + good[41:],
        "不是本市的凭条": token(kiosk, TokenKind.POSTING_RECEIPT, listing, area="370600"),
        "还没有同步到市里": token(kiosk, TokenKind.POSTING_RECEIPT, kiosk.market.new_id()),
    }
    for words, text in answers.items():
        assert words in checked(page(kiosk, text).html), words
    stranger = page(kiosk, token(kiosk, TokenKind.POSTING_RECEIPT, listing, seed=bytes(32)))
    assert stranger.status == 404
    admin.revoke(kiosk.city, kiosk.code)
    assert "这张凭条已停用" in page(kiosk, good).html
    market = kiosk.market
    market.now = market.now.replace(year=market.now.year + 6)
    for text in ("", "x", "%2e%2e", "A" * 3000, "<b>"):
        assert page(kiosk, text).status == 404


def test_the_page_comes_over_http_and_forbids_scripts(kiosk):
    worker = registered(kiosk)
    with CityServer(kiosk.city) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        connection.request("GET", "/s/" + token(kiosk, TokenKind.WORKER_CARD, worker))
        answer = connection.getresponse()
        html = answer.read().decode()
        connection.close()
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "登记有效" in html
