"""A JupyterLab for tests: with settings of its own, without a kernel, and asking nothing of the network."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

# Each cell stands in the page from the start, whether or not it is in view; and nobody asks the world for news.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
OPTIONS = (
    "--no-browser --allow-root --ip=127.0.0.1 --port=0 --LabApp.extension_manager=readonly"
    " --LabApp.notebook_starts_kernel=False --LabApp.news_url=None"
    " --LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate"
).split()


class Lab(NamedTuple):
    """A JupyterLab that runs, and the folder that it shows."""

    folder: Path
    address: str
    token: str

    def address_of(self, notebook: Path) -> str:
        """Where a browser opens a notebook of the folder, and nothing beside it."""
        return f"{self.address}doc/tree/{notebook.relative_to(self.folder)}?token={self.token}&reset"


@contextmanager
def started_lab(folder: Path, home: Path) -> Iterator[Lab]:
    """A JupyterLab that shows a folder and keeps its settings in `home`; it is ended behind it."""
    settings = home / "config" / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    token = secrets.token_hex()
    own = {"HOME": str(home), "JUPYTER_TOKEN": token}
    own |= {f"JUPYTER_{kind.upper()}_DIR": str(home / kind) for kind in ("config", "data", "runtime")}
    others = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *OPTIONS],
            cwd=folder,
            env={**others, **own},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Lab(folder, _address(process, home), token)
        finally:
            process.terminate()
            process.wait(30)


def _address(process: subprocess.Popen, home: Path) -> str:
    """Where the server listens, which it writes into a file as soon as it does."""
    announced = home / "runtime" / f"jpserver-{process.pid}.json"
    for _ in range(600):
        assert process.poll() is None, (home / "log").read_text()
        if announced.exists() and announced.read_text():
            return json.loads(announced.read_text())["url"]
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start within a minute:\n" + (home / "log").read_text())
