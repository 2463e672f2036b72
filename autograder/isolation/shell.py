"""An IPython shell in this process that gives a cell's outputs as a notebook holds them.

The same shell runs a student's cells in their process and the check cells in the trusted one, so that an autograded notebook
looks as if one kernel had run it.
"""

import contextlib
import sys
from collections.abc import Iterable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from autograder.isolation.figures import MARK, Sketches
from autograder.isolation.stand_ins import install_stand_ins, print_not_run

MAXIMAL_TEXT = 1_000_000
MAXIMAL_OUTPUTS = 1_000
CUT = "\n... (the rest was cut off: too much output)\n"


class Outputs:
    """The outputs of the cell that is running, bounded in size."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin the next cell."""
        self.collected: list[dict[str, Any]] = []
        self._text = 0

    def add(self, output: dict[str, Any]) -> None:
        """Add an output unless there are too many."""
        size = sum(len(value) for value in output.get("data", {}).values() if isinstance(value, str))
        if len(self.collected) < MAXIMAL_OUTPUTS and self._text + size <= 20 * MAXIMAL_TEXT:
            self._text += size
            self.collected.append(output)

    def write(self, name: str, text: str) -> None:
        """Add to a stream; text to the stream written last goes on where it ended."""
        room = MAXIMAL_TEXT - self._text
        if room < 0:
            return
        self._text += len(text)
        if len(text) > room:
            text = text[:room] + CUT
        last = self.collected[-1] if self.collected else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif len(self.collected) < MAXIMAL_OUTPUTS:
            self.collected.append({"output_type": "stream", "name": name, "text": text})


class _Stream:
    """Stands for ``sys.stdout`` or ``sys.stderr``."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, name: str, outputs: Outputs):
        self.name = name
        self._outputs = outputs

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self.name, text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    outputs = AnyTrait()

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        self.outputs.add({"output_type": "display_data", "data": _plain(data), "metadata": {}})

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):
    outputs = AnyTrait()

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        result = {"output_type": "execute_result", "data": _plain(format_dict), "metadata": {}}
        self.outputs.add({**result, "execution_count": self.shell.execution_count})  # type: ignore[union-attr]  # IPython sets it

    def finish_displayhook(self) -> None:
        pass


class _Shell(InteractiveShell):
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    outputs = AnyTrait()

    def init_io(self) -> None:
        pass

    def init_display_pub(self) -> None:
        super().init_display_pub()
        self.display_pub.outputs = self.outputs  # type: ignore[attr-defined]  # of the class above

    def init_displayhook(self) -> None:
        super().init_displayhook()
        self.displayhook.outputs = self.outputs  # type: ignore[attr-defined]  # of the class above

    def enable_gui(self, gui: Any = None) -> None:
        pass

    def ask_exit(self) -> None:
        pass

    def init_magics(self) -> None:
        super().init_magics()
        install_stand_ins(self)

    def system(self, cmd: str) -> None:
        print_not_run(f"!{cmd}")

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | str:
        print_not_run(f"!{cmd}")
        return SList() if split else ""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        try:
            text = str(evalue)
        except Exception:
            text = ""
        error = {"output_type": "error", "ename": str(etype.__name__), "evalue": text[:10_000]}
        self.outputs.add({**error, "traceback": [line[:10_000] for line in stb[:500]]})


class CellRunner:
    """Runs cells one after the other, in names that they share. Matplotlib draws into the notebook."""

    def __init__(self) -> None:
        self.outputs = Outputs()
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.cache_size = 0
        config.InteractiveShell.ast_node_interactivity = "last_expr"
        # The one instance of the process: `display` and Matplotlib look for it.
        self.shell = _Shell.instance(config=config, outputs=self.outputs)
        self._stdout, self._stderr = _Stream("stdout", self.outputs), _Stream("stderr", self.outputs)
        self.shell.enable_matplotlib("inline")
        self.sketches = Sketches(self.namespace, self._show)
        self.begin()

    def begin(self) -> None:
        """Count the cells from one again."""
        self.count = 0

    @property
    def namespace(self) -> dict:
        """The names that the cells share."""
        return self.shell.user_ns

    def run(self, source: str) -> list[dict[str, Any]]:
        """Run one cell; returns its outputs as nbformat has them."""
        self.outputs.clear()
        self.count += 1
        sketching = self.sketches.during(source)
        with contextlib.redirect_stdout(self._stdout), contextlib.redirect_stderr(self._stderr), sketching:
            hook, sys.displayhook = sys.displayhook, self.shell.displayhook
            try:
                self.shell.run_cell(source, store_history=True)
            except SystemExit:
                # exit() in a cell ends nothing but the cell.
                pass
            finally:
                sys.displayhook = hook
        for output in self.outputs.collected:
            if output["output_type"] == "execute_result":
                output["execution_count"] = self.count
        return self.outputs.collected

    def _show(self, key: str) -> None:
        self.outputs.add({"output_type": "display_data", "data": {"image/png": MARK + key}, "metadata": {}})


def _plain(data: dict) -> dict[str, str]:
    """A bundle of MIME types as text; binary ones arrive as base64 text already."""
    plain = {}
    for kind, value in data.items():
        if isinstance(value, bytes):
            import base64

            value = base64.b64encode(value).decode()
        if isinstance(value, str):
            plain[str(kind)] = value
    return plain
