"""The command line of ``gig-kiosk city``: arguments, and help that teaches. Imports no room."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Tools: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

MAX_WORKERS = 32
DESCRIPTION = """\
The city's gateway and its tools. In the order in which they are first needed:

  prepare        make or update the tables and the gateway's rights, as their owner
  create         make the city in an empty database, once
  serve          serve kiosks and the pages behind the QR codes, until Ctrl-C
  enroll         make a one-time token that staff type at a new kiosk
  devices        the kiosks, how far each has got, who is shut out
  quarantine     operations that could not be decided: see, take up again, give up
  reference      publish wages, regions, trades, policies and wording rules to every kiosk
  merge-workers  find who is registered twice, with the key out of the safe
  import-courier take a kiosk's operations from a file that came on a stick
  export-courier write all that a kiosk may see to a file for a stick
  purge          let the streams forget old deletions and long expired listings
  revoke         shut a kiosk out and take its unspent places back
  backup         dump, restore the dump on trial, and let kiosks forget what is in it
  restore-drill  restore the newest backup on trial and say whether it is a whole city
  after-restore  once after going back to a backup, before serving

Every tool works beside a gateway that serves. Each has help of its own: gig-kiosk city TOOL --help
"""


def add_city(parser: argparse.ArgumentParser) -> None:
    """Add the tools to the parser of ``city``."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    tools = parser.add_subparsers(dest="tool", metavar="TOOL", required=True)
    _add_founding(tools)
    _add_kiosks(tools)
    _add_quarantine(tools)
    _add_merging(tools)
    _add_reference(tools)
    _add_backup(tools)
    demo = tools.add_parser("demo", help="the demo's city (started by gig-kiosk demo)")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--now", required=True)


def _tool(tools: "Tools", name: str, short: str, *, more: str, example: str) -> argparse.ArgumentParser:
    """A tool whose help says what it does, what comes of it, and shows it done."""
    return tools.add_parser(
        name,
        help=short,
        description=f"{short[0].upper()}{short[1:]}.\n\n{more}",
        epilog=f"example:\n{_indented(example)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_WORKERS):
        raise argparse.ArgumentTypeError(f"a number from 1 to {MAX_WORKERS}")
    return int(text)


def _add_founding(tools: "Tools") -> None:
    serve = _tool(
        tools,
        "serve",
        "serve kiosks and the pages behind the QR codes",
        more="Runs until SIGINT or SIGTERM; answers what is under way before it ends. Any number of gateways may\n"
        "serve one database. Kiosks on other machines speak HTTPS only: put a TLS proxy in front (docs/operations.md).",
        example="gig-kiosk --settings city.toml city serve --host 127.0.0.1 --port 8371",
    )
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port (default 8371; 0 takes a free one)")
    serve.add_argument(
        "--workers",
        type=_workers,
        default=1,
        metavar="N",
        help="gateway processes on this machine, 1-32 (default 1): about one for each two processors",
    )
    prepare = _tool(
        tools,
        "prepare",
        "make or update the tables in a PostgreSQL of your own, and the rights of the gateway's role",
        more="Needed once before create, and after each upgrade, before the new gateways serve (the old ones may\n"
        "serve on meanwhile). Only with city_dsn: the embedded PostgreSQL is prepared by itself.",
        example="gig-kiosk city prepare --owner-dsn postgresql://city_owner@db.city.internal/city",
    )
    prepare.add_argument("--owner-dsn", required=True, metavar="DSN", help="the role that owns the tables")
    create = _tool(
        tools,
        "create",
        "make the city's database and keys, once",
        more="Prints where the private key lies that opens sealed ID numbers: move it to a safe, the gateway does not\n"
        "need it. Run again it only takes the new host name.",
        example="gig-kiosk city create --region 371000 --public-host lgsc.example.cn",
    )
    create.add_argument(
        "--region", required=True, metavar="CODE", help="region code of the city, e.g. 371000"
    )
    create.add_argument("--public-host", required=True, metavar="HOST", help="host name in the QR codes")


def _add_kiosks(tools: "Tools") -> None:
    enroll = _tool(
        tools,
        "enroll",
        "make a one-time token for a kiosk",
        more="Staff type the token at first set-up, or in the console under Sync, Join the city. It is good for two\n"
        "days and for one kiosk. A kiosk that was fenced, shut out or set back comes in again the same way.",
        example="gig-kiosk city enroll WHC1",
    )
    enroll.add_argument("kiosk", help="code of the kiosk, 4-8 characters A-Z 0-9")
    _tool(
        tools,
        "devices",
        "list the kiosks the city knows",
        more="One line each: code, state (ok, revoked, fenced and why), operations, last push, name.\n"
        "Fenced: two machines used one identity, or a disk was set back. Enrol the right one anew.",
        example="gig-kiosk city devices",
    )
    courier = _tool(
        tools,
        "import-courier",
        "take a kiosk's operations from a file that came on a stick, and write the answers for it",
        more="For a kiosk without a network. The file is encrypted for this city and signed by the kiosk; taken twice\n"
        "it changes nothing, so the answers can be written again. Staff read them in at the kiosk: console, Sync,\n"
        "Send by USB stick. Any kiosk with a network can carry the file as well.",
        example="gig-kiosk city import-courier /media/usb/gig-WHC1-20260307-0610-1f2e3d4c.gig-up \\\n"
        "    --answers /media/usb",
    )
    courier.add_argument("file", type=Path, help="the file, ending in .gig-up")
    courier.add_argument("--answers", type=Path, metavar="FOLDER", help="where to write the file of answers")
    export = _tool(
        tools,
        "export-courier",
        "write all that the city shows a kiosk to a file for a stick",
        more="For a kiosk that never has a network, or has fallen far behind: listings, its own records, leases, keys\n"
        "and reference data, signed by the city and readable by that kiosk alone. Staff read it in at the kiosk:\n"
        "console, Sync, Send by USB stick. An old file, or the same one twice, changes nothing there. Verdicts on\n"
        "what the kiosk has sent come with import-courier --answers.",
        example="gig-kiosk city export-courier WHC1 /media/usb",
    )
    export.add_argument("kiosk", help="code of the kiosk")
    export.add_argument("folder", type=Path, help="where to write the file")
    revoke = _tool(
        tools,
        "revoke",
        "shut a kiosk out",
        more="It gets 403 from now on and says so on its screen, its slips are refused, and places that it holds and\n"
        "has not given to anybody go back to the city's reserve. It goes on working alone and loses nothing: enrolled\n"
        "anew it sends all it did meanwhile. Run again after an interruption it goes on.",
        example="gig-kiosk city revoke WHC1",
    )
    revoke.add_argument("kiosk", help="code of the kiosk")
    revoke.add_argument("--reason", default="", help="why; staff read it at the kiosk")


def _add_quarantine(tools: "Tools") -> None:
    quarantine = _tool(
        tools,
        "quarantine",
        "operations that could not be decided: see them, take them up again, give them up",
        more="Nothing blocks a kiosk: what is damaged, unknown or breaks a rule's code is set aside, together with\n"
        "later operations of the same record. Kinds of a newer program are taken up by themselves after an upgrade.\n"
        "Staff of the kiosk can do the same on its screen.",
        example="gig-kiosk city quarantine list\n"
        "gig-kiosk city quarantine show 019aa86e-6b00-7925-b03b-ba91401ce852\n"
        "gig-kiosk city quarantine retry 019aa86e-6b00-7925-b03b-ba91401ce852\n"
        'gig-kiosk city quarantine discard 019aa86e-6b00-7925-b03b-ba91401ce852 --reason "registered twice"',
    )
    what = quarantine.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = what.add_parser(
        "list", help="what waits: which operation, of which kiosk, whose record, since when, why"
    )
    listed.add_argument("--all", action="store_true", help="those that are settled too")
    for name, text in (
        ("show", "everything about one, also the operation as it came (with personal data)"),
        ("retry", "decide it once more, and then those that wait behind it"),
        ("discard", "give it up: its kiosk undoes it, and those that wait behind it are decided"),
    ):
        one = what.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        one.add_argument("operation", help="its id, as list shows it")
        if name == "discard":
            one.add_argument("--reason", required=True, help="why; kept in the city's log")


def _add_merging(tools: "Tools") -> None:
    merging = _tool(
        tools,
        "merge-workers",
        "find workers who are registered at two kiosks, by their ID numbers, and make one of each",
        more="No gateway and no kiosk can read an ID number: they are sealed for the key that create wrote once, and\n"
        "that lies in a safe. Run this on a machine that holds the key for as long as it takes. Numbers are compared\n"
        "in memory, under a key made for this run; they are never shown, written or sent. Without --write nothing is\n"
        "changed: the pairs are listed by number and masked name. The earlier registration stays; their work moves to\n"
        "it, both kiosks come to know the person, and the city's log has a line for each. It cannot be undone.",
        example="gig-kiosk --settings city.toml city merge-workers --key /media/safe/sealing.key\n"
        "gig-kiosk --settings city.toml city merge-workers --key /media/safe/sealing.key --write",
    )
    merging.add_argument(
        "--key", type=Path, required=True, metavar="FILE", help="the private key of the city's ID numbers"
    )
    merging.add_argument(
        "--write", action="store_true", help="make one of each pair; else they are only listed"
    )


def _add_reference(tools: "Tools") -> None:
    reference = _tool(
        tools,
        "reference",
        "publish reference data (wages, regions, trades, policies, wording) to every kiosk",
        more="Checks the whole set of files in FOLDER, signs it as the next version and publishes it. Kiosks use it\n"
        "from their next start on (every night), gateways within half a minute. Begin with a copy of the program's\n"
        "own assets/reference; wages carry the day from which they hold.",
        example="gig-kiosk city reference ./wages-2027 --key /media/safe/reference.key",
    )
    reference.add_argument("folder", type=Path, help="folder with the whole set of files")
    reference.add_argument(
        "--key",
        type=Path,
        required=True,
        metavar="FILE",
        help="the city's reference key, made the first time; keep it off this machine, kiosks take no other",
    )


def _add_backup(tools: "Tools") -> None:
    backup = _tool(
        tools,
        "backup",
        "dump the city, restore the dump into a scratch database, and let kiosks forget what is in it",
        more="Only a dump that was read back counts: kiosks then forget what is in it seven days later. Run it each\n"
        "night while the gateway serves, copy the file elsewhere, and alarm on an exit status that is not 0.",
        example="gig-kiosk city backup /backups/city-$(date +%F).dump --owner-dsn postgresql://city_owner@/city",
    )
    backup.add_argument("file", type=Path, help="the file to make")
    backup.add_argument(
        "--owner-dsn", default="", metavar="DSN", help="with city_dsn: a role that owns the tables, CREATEDB"
    )
    purge = _tool(
        tools,
        "purge",
        "let the streams forget old deletions and long expired listings (serve does it every night)",
        more="Listings that expired long ago leave the streams of their districts, and deletions of that age are\n"
        "forgotten. Nothing is lost: the records stay in the city, and a kiosk that was away for longer reads its\n"
        "streams anew by itself. Works in short steps beside running gateways; may be stopped and repeated.",
        example="gig-kiosk city purge --days 30",
    )
    purge.add_argument(
        "--days", type=int, metavar="N", help="forget what is older than N days (default: city_keep_days, 30)"
    )
    drill = _tool(
        tools,
        "restore-drill",
        "restore the newest backup into a scratch database and say whether it is a whole city",
        more="Touches nothing of the live city. Looks at logs, places, streams and counts, says what it found in\n"
        "words or as one JSON object, and ends with 1 when the backup cannot be relied on. Run it each week from\n"
        "another machine than the one that makes the backups.",
        example="gig-kiosk city restore-drill /backups --json --owner-dsn postgresql://city_owner@/city",
    )
    drill.add_argument("place", type=Path, help="a backup, or a folder whose newest *.dump is taken")
    drill.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    drill.add_argument(
        "--owner-dsn", default="", metavar="DSN", help="with city_dsn: a role that may create databases"
    )
    _tool(
        tools,
        "after-restore",
        "after restoring a backup: kiosks send again what it lacks",
        more="Gives the database a new epoch. Kiosks notice it by themselves, rewind their logs to what the backup\n"
        "holds, and read their streams anew. Run it once, before the gateway serves the restored database.",
        example="pg_restore --no-owner --role=city_owner --dbname=city_new city.dump\n"
        "gig-kiosk city after-restore",
    )
