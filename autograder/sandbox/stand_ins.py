"""What notebooks ask of Colab and of the command line, answered by one line, so that the rest of the cell runs."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

LONGEST_COMMAND = 80
# Magics that start a program.
LINE_MAGICS = ("pip", "conda", "mamba", "micromamba", "uv", "system", "sx")
CELL_MAGICS = ("bash", "sh", "script", "perl", "ruby", "pypy", "python2", "python3", "system", "sx", "!")
# Magics that run a cell aside, so that nothing that it defines is there afterwards. How long it takes is of no interest here.
MEASURING = ("timeit", "prun")
COLAB = {
    "drive": ("mount", "flush_and_unmount"),
    "files": ("upload", "download", "view"),
    "output": ("clear", "enable_custom_widget_manager", "disable_custom_widget_manager", "eval_js", "no_vertical_scroll"),
    "auth": ("authenticate_user",),
    "userdata": ("get",),
    "runtime": ("unassign",),
}


def print_not_run(what: str) -> None:
    """Say in one line that something is not done while a notebook is graded."""
    first = (what.splitlines() or [""])[0]
    shown = first if len(first) <= LONGEST_COMMAND else f"{first[:LONGEST_COMMAND]}..."
    print(f"(not run while the notebook is graded: {shown})")


class NoHints:
    """Stands for the ``check`` of a student's notebook, whose hints are asked for in a cell of the student's own."""

    def hint(self) -> None:
        """Say that hints are given in the student's notebook only."""
        print_not_run("check.hint()")


def install_stand_ins(shell: InteractiveShell) -> None:
    """Put them into a shell, and ``google.colab`` among the modules where there is none."""
    shell.user_ns["check"] = NoHints()
    # IPython's decorator hides the parameters of the method.
    register: Any = shell.register_magic_function
    for name in LINE_MAGICS:
        register(_line_magic(name), "line", name)
    for name in CELL_MAGICS:
        register(_cell_magic(name), "cell", name)
    for name in MEASURING:
        register(_measured(shell), "cell", name)
    if "google.colab" not in sys.modules:
        _install_colab()


def _line_magic(name: str) -> Callable[[str], None]:
    return lambda line: print_not_run(f"%{name} {line}")


def _cell_magic(name: str) -> Callable[[str, str], None]:
    return lambda line, cell: print_not_run(f"%%{name} {line}")


def _measured(shell: InteractiveShell) -> Callable[[str, str], None]:
    def run(line: str, cell: str) -> None:
        print_not_run("the measuring of time; the cell itself is run")
        result = shell.run_cell(cell)
        result.raise_error()

    return run


def _install_colab() -> None:
    colab = ModuleType("google.colab")
    for part, functions in COLAB.items():
        module = ModuleType(f"google.colab.{part}")
        for function in functions:
            setattr(module, function, _colab_function(f"google.colab.{part}.{function}"))
        setattr(colab, part, module)
        sys.modules[module.__name__] = module
    sys.modules["google.colab"] = colab
    google = sys.modules.setdefault("google", ModuleType("google"))
    google.colab = colab  # type: ignore[attr-defined]  # made here


def _colab_function(name: str) -> Callable[..., dict[str, Any]]:
    def stand_in(*_: object, **__: object) -> dict[str, Any]:
        print_not_run(name)
        return {}

    return stand_in
