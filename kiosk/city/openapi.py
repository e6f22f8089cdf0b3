"""The gateway described in OpenAPI 3.1, made from the messages themselves: ``GET /openapi.json``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from kiosk import __version__
from kiosk.city.problems import STATUS, Code
from kiosk.protocol import lean, requests
from kiosk.protocol import messages as m

PATH = "/openapi.json"
_REF = "#/components/schemas/{name}"
#: Refusals that any signed request may meet.
_ANY = (
    Code.MALFORMED,
    Code.SIGNATURE,
    Code.UNKNOWN_DEVICE,
    Code.REVOKED,
    Code.FENCED,
    Code.OLD_INCARNATION,
    Code.PROTOCOL,
    Code.PROTOCOL_AHEAD,
    Code.TOO_LARGE,
    Code.ENCODING,
    Code.BUSY,
    Code.INTERNAL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One method on one path."""

    method: str
    path: str
    summary: str
    answer: type[msgspec.Struct]
    request: type[msgspec.Struct] | None = None
    query: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    also: tuple[Code, ...] = ()
    opaque: bool = False
    lean: type[msgspec.Struct] | None = None
    signed: bool = True


_STREAM = {"type": "string", "minLength": 1, "maxLength": 100}
#: Whoever asks for it gets a page as ``LeanPage`` (field ``lean`` instead of ``items``), and the same header with it.
_LEAN = {"type": "string", "enum": [requests.LEAN]}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 2**62}
WAYS = (
    _Way(
        method="post",
        path="/v1/enroll",
        summary="Make a kiosk known with a one-time token; may be repeated with the same key.",
        request=m.EnrollRequest,
        answer=m.EnrollResponse,
        also=(Code.TOKEN, Code.DISTRICT),
        signed=False,
    ),
    _Way(
        method="post",
        path="/v1/renew",
        summary="Another key for an enrolled kiosk, signed by the old one and the new one.",
        request=m.RenewRequest,
        answer=m.EnrollResponse,
    ),
    _Way(method="get", path="/v1/hello", summary="Who the city takes us for.", answer=m.HelloResponse),
    _Way(
        method="post",
        path="/v1/push",
        summary="The next operations of this device's log; answered again when repeated.",
        request=m.PushRequest,
        answer=m.PushResponse,
        also=(Code.WRONG_DEVICE, Code.OP_GAP),
    ),
    _Way(
        method="get",
        path="/v1/pull",
        summary="Items of a stream after a cursor.",
        answer=m.PullResponse,
        lean=lean.LeanPull,
        query={
            "stream": _STREAM,
            "after": _NUMBER,
            "limit": _NUMBER,
            "epoch": {"type": "string", "format": "uuid"},
        },
        needed=frozenset({"stream"}),
        also=(Code.STREAM,),
    ),
    _Way(
        method="get",
        path="/v1/snapshot",
        summary="What a stream holds now, page by page.",
        answer=m.SnapshotResponse,
        lean=lean.LeanSnapshot,
        query={
            "stream": _STREAM,
            "entity": {"type": "string", "maxLength": 100},
            "id": {"type": "string", "format": "uuid"},
            "limit": _NUMBER,
        },
        needed=frozenset({"stream"}),
        also=(Code.STREAM,),
    ),
    _Way(
        method="post",
        path="/v1/reserve",
        summary="Places of the city's reserve, while a worker waits.",
        request=m.ReserveRequest,
        answer=m.ReserveResponse,
    ),
    _Way(
        method="get",
        path="/v1/digest",
        summary="What this device should hold of a stream.",
        answer=m.DigestResponse,
        query={"stream": _STREAM},
        needed=frozenset({"stream"}),
        also=(Code.STREAM,),
    ),
    _Way(
        method="post",
        path="/v1/settle",
        summary="Staff's decision on an operation of theirs that was set aside.",
        request=m.SettleRequest,
        answer=m.SettleResponse,
        also=(Code.OPERATION,),
    ),
    _Way(
        method="post",
        path="/v1/courier",
        summary="One part of another kiosk's courier file.",
        answer=m.CourierResponse,
        opaque=True,
    ),
    _Way(
        method="post",
        path="/v1/lookup",
        summary="A worker of another kiosk, by the last digits of the phone and a valid slip.",
        request=m.LookupRequest,
        answer=m.LookupResponse,
        also=(Code.NOT_FOUND,),
    ),
)


@cache
def document() -> bytes:
    """The description, as JSON."""
    kinds = sorted(
        {kind for way in WAYS for kind in (way.request, way.answer, way.lean) if kind is not None}
        | {m.Problem},
        key=lambda kind: kind.__name__,
    )
    _, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for way in WAYS:
        paths.setdefault(way.path, {})[way.method] = _operation(way)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "gig-kiosk city gateway",
                "version": __version__,
                "description": "Signed with the device's Ed25519 key over method, target and body (docs/sync.md).",
            },
            "paths": paths,
            "components": {"schemas": components},
        }
    )


def _operation(way: _Way) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "query", "required": name in way.needed, "schema": schema}
        for name, schema in way.query.items()
    ]
    names = (
        (requests.DEVICE, requests.INCARNATION, requests.SIGNATURE) if way.signed else (requests.SIGNATURE,)
    )
    parameters += [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in names
    ]
    if way.lean is not None:
        parameters.append({"name": requests.PAGES, "in": "header", "required": False, "schema": _LEAN})
    described: dict[str, Any] = {
        "operationId": f"{way.method}_{way.path.rsplit('/', 1)[-1]}",
        "summary": way.summary,
        "parameters": parameters,
        "responses": _responses(way),
    }
    if way.request is not None:
        described["requestBody"] = {"required": True, "content": _json(way.request)}
    elif way.opaque:
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _responses(way: _Way) -> dict[str, Any]:
    found: dict[str, Any] = {"200": {"description": "Served.", "content": _json(way.answer, way.lean)}}
    codes: dict[int, list[str]] = {}
    for code in (*_ANY, *way.also):
        codes.setdefault(int(STATUS[code]), []).append(code.value)
    for status, names in sorted(codes.items()):
        found[str(status)] = {"description": "Refused: " + ", ".join(names), "content": _json(m.Problem)}
    return found


def _json(*kinds: type[msgspec.Struct] | None) -> dict[str, Any]:
    schemas = [{"$ref": _REF.format(name=kind.__name__)} for kind in kinds if kind is not None]
    return {requests.JSON: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}}
