"""Starts a peer in a virtual environment of its own.

Usage: python3 bench/peers/launch.py venv|system PEER

venv makes `.venv` beside this repository's README, unless it is there already,
with the peer's packages in the versions of `bench/requirements.txt`; system takes
the packages of the Python that runs this file. Then it becomes the peer, see
`peer.py`.
"""

import hashlib
import os
import pathlib
import subprocess
import sys

PEERS = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = PEERS.parent / "requirements.txt"
ENVIRONMENT = PEERS.parent.parent / ".venv"
PACKAGES = {
    "pytorch": ["numpy", "torch"],
    "jax": ["numpy", "jax", "jaxlib"],
    "pymoo": ["numpy", "pymoo"],
    "sb3": ["numpy", "torch", "gymnasium", "stable-baselines3"],
    "sbx": ["numpy", "torch", "gymnasium", "stable-baselines3", "jax",
            "jaxlib", "sbx-rl"],
}


def environment_python(peer: str) -> pathlib.Path:
    """The environment's Python; installs what the peer lacks."""
    folder = "Scripts" if os.name == "nt" else "bin"
    python = ENVIRONMENT / folder / "python"
    stamp = ENVIRONMENT / f"{peer}.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"installing {', '.join(PACKAGES[peer])} into .venv …",
          file=sys.stderr)
    quiet = {"check": True, "stdout": sys.stderr}
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], **quiet)
    pip = [python, "-m", "pip", "install", "--quiet", "-c", REQUIREMENTS]
    subprocess.run([*pip, *PACKAGES[peer]], **quiet)
    stamp.write_text(wanted)
    return python


def main() -> None:
    packages, peer = sys.argv[1:]
    python = sys.executable
    if packages == "venv":
        try:
            python = str(environment_python(peer))
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"the virtual environment cannot be made: {error}")
    os.execv(python, [python, "-B", "-u", str(PEERS / "peer.py"), peer])


main()
