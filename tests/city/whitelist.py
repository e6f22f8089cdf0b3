"""Which fields a stream may show of which entity: a field that is added to a record needs a thought here, too."""

from kiosk.city.projections import PUBLIC_LISTING, PUBLIC_WANTED

_TERMS = (
    "trade title headcount pay_fen pay_unit settlement minutes_per_day date_from date_to start_minute end_minute "
    "region address meeting_place meals lodging transport own_tools strength full_time requirements "
    "contact_name contact_phone"
)
#: A kiosk's own stream, and what all are shown.
_OWN = {
    "worker": (
        "id name phone trades wage_wish_fen wage_wish_unit districts identity consent number home night_work "
        "needs_lodging own_tools own_vehicle wants_sms also merged_into created_at changed_at version"
    ),
    "employer": (
        "id kind name contact_name phone credit_code identity home verified_at verified_by standing "
        "standing_reason standing_until also created_at changed_at version"
    ),
    "listing": (
        "id employer_id employer_name employer_kind terms source status taken findings number home posted_at "
        "published_at valid_until review_reason reviewed_by changed_at version"
    ),
    "placement": (
        "id listing_id employer_id employer_name worker_id worker_name worker_phone terms status claim claim_home "
        "home listing_home number applied_at changed_at reason version"
    ),
    "wanted": (
        "id worker_id surname phone_masked offer status number home posted_at valid_until changed_at version"
    ),
    "invitation": (
        "id wanted_id listing_id employer_id employer_name terms surname phone_masked status home worker_home "
        "invited_at changed_at version"
    ),
    "slip": "id kind number subject_id token home issued_at state version",
    "lease": "listing_id home granted spent returned version",
    "alias": "entity now",
    "verdict": "seq op_id outcome reason",
    "demand": "listing_id waiting asked_at",
    "station_key": "key_id public_key kiosk valid_from valid_until revoked",
    "courier_key": "seal sign",
}
#: What stands inside of them: by the name of the field.
_INSIDE = {
    "terms": _TERMS,
    "offer": (
        "trades days parts wage_wish_fen wage_wish_unit districts own_tools own_vehicle needs_lodging note"
    ),
    "identity": "sealed lookup birth_date masked",
    "consent": "text_version given_at withdrawn_at",
    "trades": "trade years",
    "findings": "rule severity field law span params",
    # Of a worker: kiosk since id number consent_text. Of an employer: the rest.
    "also": "kiosk since id number consent_text contact_name phone made_at verified_at",
}
#: What stands on a public stream in the place of fields that are not public.
_BLANK = {
    "listing": {"source": "self", "findings": [], "review_reason": "", "reviewed_by": None},
    "wanted": {"worker_id": None},
}
_PUBLIC = {"listing": PUBLIC_LISTING, "wanted": PUBLIC_WANTED}


def check_item(stream, item):
    """No field that this stream may not show of such a record."""
    if item["deleted"]:
        assert item["body"] is None
        return
    entity, body = item["entity"], item["body"]
    _check_names(entity, body, _OWN[entity])
    if stream.startswith("area/"):
        hidden = {name: value for name, value in body.items() if name not in _PUBLIC[entity]}
        assert hidden == _BLANK[entity], f"{stream} shows of a {entity}: {hidden}"


def _check_names(where, body, allowed):
    more = set(body) - set(allowed.split())
    assert not more, f"{where}: {sorted(more)}"
    for name, value in body.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                _check_names(f"{where}.{name}", each, _INSIDE[name])
