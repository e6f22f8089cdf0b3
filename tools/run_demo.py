"""Start the demo on this machine's screen, or on a virtual one that can be looked at by VNC.

Everything that was started ends with it: on Ctrl-C, on SIGTERM, and when the demo ends by itself.

Usage: ``python3 -m tools.run_demo [--orientation portrait] [--size 1280x800] [-- arguments of the demo]``
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools import display, virtual_display
from tools.environment import Environment
from tools.processes import Children, Stopped, stop_signals
from tools.terminal import main_guard, say


def run(demo: Sequence[str | Path], size: virtual_display.ScreenSize, *, environ: Mapping[str, str]) -> int:
    """Run the demo until it ends or we are asked to stop.

    Args:
        demo: Command that starts the demo.
        size: Size of the demo's window, and of the virtual screen where one is needed.
        environ: Our environment; names the screen, if there is one.

    Returns:
        The demo's exit code; 0 when we were asked to stop.

    Raises:
        ToolError: A program that is needed is missing or does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="gig-kiosk-"))
    try:
        with stop_signals(), Children() as children:
            env = {**environ, "GIG_DEMO_SIZE": f"{size.width}x{size.height}"}
            if not display.is_reachable(environ):
                say("No display here: starting a virtual one.")
                screen = virtual_display.start(children, size, folder)
                env |= screen.env
                say(how_to_look(screen, size))
            # Its lines shall be seen when they are said, also in a log file.
            process = children.start(demo, env={**env, "PYTHONUNBUFFERED": "1"})
            code = children.wait(process)
            return code if code >= 0 else 128 - code
    except Stopped:
        say("Stopped; everything that was started has ended.")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def how_to_look(screen: virtual_display.VirtualDisplay, size: virtual_display.ScreenSize) -> str:
    """Return the words that tell a person how to see the virtual screen."""
    port = screen.vnc_port
    return "\n".join(
        [
            "",
            f"  The screen ({size.width} x {size.height}) can be seen with any VNC viewer:",
            f"    here:           vncviewer localhost:{port}",
            f"    from elsewhere: first ssh -L {port}:localhost:{port} THIS-MACHINE, then the same",
            f"    password:       {screen.password}   (for this run only)",
            "",
        ]
    )


def main() -> int:
    """Read the command line and run the demo."""
    parser = argparse.ArgumentParser(prog="tools.run_demo", description=__doc__)
    parser.add_argument("--orientation", default=os.environ.get("ORIENTATION") or "landscape")
    parser.add_argument("--size", default="", help="WIDTHxHEIGHT in pixels")
    parser.add_argument("demo", nargs="*", metavar="ARGUMENT", help="passed on to gig-kiosk demo")
    options = parser.parse_args()
    wished = options.size or os.environ.get("GIG_DEMO_SIZE") or ""
    size = virtual_display.screen_size(options.orientation, wished)
    return run([Environment.here().gig_kiosk, "demo", *options.demo], size, environ=os.environ)


if __name__ == "__main__":
    main_guard(main)
