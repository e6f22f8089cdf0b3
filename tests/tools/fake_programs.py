"""Programs written to a folder for the PATH, each a few lines of Python that behave like the real thing."""

import os
import sys
from pathlib import Path


def write_program(folder: Path, name: str, source: str) -> Path:
    """Write an executable Python script."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
    path.chmod(0o755)
    return path


# Each notes its process id and waits for its end.
_NOTE = """
import os, pathlib, signal, sys, threading
def note(name):
    pathlib.Path(os.environ["PIDS"], name).write_text(str(os.getpid()))
"""
FOREVER = "threading.Event().wait()\n"

XVFB = (
    _NOTE
    + """
note("xvfb")
os.write(int(sys.argv[sys.argv.index("-displayfd") + 1]), b"77\\n")
"""
    + FOREVER
)
WINDOW_MANAGER = _NOTE + 'note("openbox")\n' + FOREVER
VNC = (
    _NOTE
    + """
import socket
note("x11vnc")
pathlib.Path(os.environ["PIDS"], "vnc-arguments").write_text("\\n".join(sys.argv[1:]))
server = socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("-rfbport") + 1])))
"""
    + FOREVER
)
# Like a demo with a database: starts a server that leaves its session, then says that it is ready.
DEMO = (
    _NOTE
    + """
import subprocess
server = "import os, pathlib, signal, threading; signal.signal(signal.SIGTERM, signal.{how});" \\
    "pathlib.Path(os.environ['PIDS'], 'server').write_text(str(os.getpid())); print('up', flush=True);" \\
    "threading.Event().wait()"
how = "SIG_IGN" if "stubborn" in sys.argv else "SIG_DFL"
with subprocess.Popen([sys.executable, "-c", server.format(how=how)], start_new_session=True,
                      stdout=subprocess.PIPE) as started:
    started.stdout.readline()
    note("demo")
    pathlib.Path(os.environ["PIDS"], "demo-display").write_text(os.environ.get("DISPLAY", ""))
    pathlib.Path(os.environ["PIDS"], "demo-size").write_text(os.environ.get("GIG_DEMO_SIZE", ""))
    print("ready in 0.1 s", flush=True)
    if "end" in sys.argv:
        os._exit(7)
    if "crash" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()
"""
)


def alive(pid: int) -> bool:
    """Tell whether a process runs (a dead one that nobody collected does not count)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def path_with(folder: Path) -> str:
    """Return a PATH that finds our programs first."""
    return os.pathsep.join([str(folder), os.environ["PATH"]])
