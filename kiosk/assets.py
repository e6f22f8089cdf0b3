"""Where the program's own files lie: strings, icons, style, reference data, sounds.

They stand in the top-level folder ``assets/``, beside the package and not in it, so that a translator or a
city's engineer finds them. A source checkout, an editable install and a frozen onedir each see it elsewhere.
"""

import sys
from functools import cache
from pathlib import Path


class AssetMissing(FileNotFoundError):
    """The program was installed or packed without a file that it needs."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"asset not found: {path}")
        self.path = path


@cache
def assets_root() -> Path:
    """Return the folder that holds all assets.

    Raises:
        AssetMissing: There is no such folder: a broken installation.
    """
    # PyInstaller unpacks data files below sys._MEIPASS; the attribute exists only in a frozen program.
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    root = base / "assets"
    if not root.is_dir():
        raise AssetMissing(root)
    return root


def asset_path(*parts: str) -> Path:
    """Return the path of one asset, a file or a folder.

    Args:
        *parts: Path below ``assets/``, one name each, such as ``"icons", "back.svg"``.

    Raises:
        AssetMissing: Nothing stands there.
        ValueError: The path leads out of the assets folder.
    """
    root = assets_root()
    path = root.joinpath(*parts)
    # By name alone: following links costs a look at every folder, for each of the many icons.
    if not path.is_relative_to(root) or ".." in path.parts[len(root.parts) :]:
        message = f"not below the assets folder: {'/'.join(parts)}"
        raise ValueError(message)
    if not path.exists():
        raise AssetMissing(path)
    return path
