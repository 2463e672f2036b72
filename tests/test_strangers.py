"""A class of strangers: what real students do to a notebook, each with the marks that a fair person would give."""

import io
import json
import os
import shutil
import zipfile

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.grading.classes import choose_class
from autograder.grading.marks import read_marks
from autograder.grading.run import grade
from tests.conftest import BY_ID, ROOT, copy_course

LAYERS = BY_ID["layers"]
NAME = f"{LAYERS.notebook}.ipynb"
STRANGERS = {}


def stranger(lost=None, waits=(), says=""):
    """Register an edit, the points that it loses by check, the write-ups that wait, and a word that is said of it."""

    def register(edit):
        STRANGERS[edit.__name__] = (edit, lost or {}, waits, says)
        return edit

    return register


def at(notebook, name):
    return next(i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def rewrite(notebook, name, source):
    notebook.cells[at(notebook, name)].source = source


def before(notebook, name, *sources):
    place = at(notebook, name)
    notebook.cells[place:place] = [nbformat.v4.new_code_cell(source) for source in sources]


def after(notebook, name, *sources):
    place = at(notebook, name) + 1
    notebook.cells[place:place] = [nbformat.v4.new_code_cell(source) for source in sources]


def text(notebook, place, source):
    notebook.cells.insert(place, nbformat.v4.new_markdown_cell(source))


def stub(notebook, name):
    """The released text of a cell."""
    released = nbformat.read(ROOT / "release" / "layers" / NAME, as_version=4)
    original = notebook.cells[at(notebook, name)].source
    rewrite(notebook, name, released.cells[at(released, name)].source)
    return original


SOLUTIONS = [
    "linear_forward",
    "linear_backward",
    "linear_parameter_gradients",
    "two_layer_backward",
    "softmax_forward",
    "softmax_jacobian",
    "softmax_backward",
    "batch_norm_forward",
    "batch_norm_backward",
    "batch_norm_backward_evaluation",
    "train_step",
]
FORWARD = "def linear_forward(x, weight, bias):\n    return x @ weight + bias\n"
SOFTMAX = "def softmax_forward(x):\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)\n"
POINTS = dict(zip(SOLUTIONS, (4, 4, 6, 6, 5, 4, 7, 6, 7, 3, 8)))


# Cells that only stand before the student's own work, and should cost nothing: by name, where, and what.
SCRATCH = {}


def scratch(name, source, place="linear_forward", **expected):
    def edit(folder, notebook):
        before(notebook, place, source)

    if not expected:
        SCRATCH[name] = edit
        return
    edit.__name__ = name
    stranger(**expected)(edit)


def together(number=6):
    """Several such cells in one notebook, so that it is graded once for all of them; its name says which they are."""
    names = list(SCRATCH)
    for some in [names[place :: -(-len(names) // number)] for place in range(-(-len(names) // number))]:

        def edit(folder, notebook, some=some):
            for name in some:
                SCRATCH[name](folder, notebook)

        edit.__name__ = "-and-".join(some)
        stranger()(edit)


def solution(name, source, place="linear_forward", **expected):
    def edit(folder, notebook):
        rewrite(notebook, place, source)

    edit.__name__ = name
    stranger(**expected)(edit)


# Names.
scratch("star_import", "from numpy import *\nfrom math import *")
scratch("star_import_late", "from numpy import *", "batch_norm_backward")
scratch(
    "builtins_as_variables",
    "sum = 0; max = 5; min = 1; abs = 'x'; all = []; any = None; round = 3; range = 4; list = []; dict = {}; tuple = 1; type = 'a'; str = 's'; float = 1.0; int = 2; isinstance = 1; zip = 3; map = 4; sorted = 5; set = 1; iter = 1; next = 1; bool = 0",
)
scratch("print_is_gone", "print = None")
scratch(
    "exceptions_redefined",
    "class ValueError(Exception):\n    pass\nException = 5\nNotImplementedError = 'x'\nTypeError = KeyError = AssertionError = None",
)
scratch(
    "names_of_the_checks",
    "check = 'done'; truth = 3; x = 5; expected = 1; case = 2; cases = []; visible = 1; rng = 3; r = 0; function = 'f'; given = 3; result = []; student = 'me'",
)
scratch(
    "own_check_class",
    "class Check:\n    def __init__(self, *a, **k):\n        pass\n    def visible(self, *a, **k):\n        print('ok')\n    def points(self):\n        return 100\n",
)
scratch(
    "course_names_redefined",
    "def look():\n    pass\ndef heat_map(*a):\n    pass\ndef check_writeup(n):\n    print('all right')\nautograder = 3",
)
scratch("np_deleted", "del np, plt, os")
scratch("reset", "%reset -f")
scratch("reset_late", "%reset -f", "softmax_backward")
scratch(
    "globals_cleared",
    "for name in list(globals()):\n    if not name.startswith('_') and name not in ('get_ipython', 'In', 'Out', 'exit', 'quit'):\n        del globals()[name]",
    "batch_norm_forward",
)
scratch("deleted_before_check", "del linear_forward", "check_linear_forward", lost={"linear_forward": 4})
scratch("deleted_after_check", "del linear_forward, linear_backward", "two_layer_backward")
scratch("builtins_module", "import builtins\nbuiltins.sum = lambda *a: 0\nbuiltins.len = lambda a: 0")
scratch(
    "numpy_is_changed",
    "import numpy as np\nnp.set_printoptions(precision=2)\nnp.seterr(all='raise')\nimport warnings\nwarnings.filterwarnings('error')",
)
scratch("numpy_reloaded", "import importlib\nimportlib.reload(np)")
scratch("variable_np", "np_sum = np.sum\nnp = 'my array'\n", "check_softmax_forward")
scratch(
    "helper_functions_named_like_ours",
    "def call(f, *a):\n    return 0\ndef grade():\n    pass\ndef main():\n    pass\n__name__ = 'student'\n",
)
# Shells and tools.
scratch(
    "pip",
    "!pip install torch==2.0 --quiet\n%pip install numba\n!nvidia-smi\n!ls -la && cat x | head\nfiles = !ls\n!{sys.executable} -m pip install x\n!wget -q http://example.com/x.npz \\\n   -O x.npz",
)
scratch(
    "colab",
    "from google.colab import drive, files\ndrive.mount('/content/drive', force_remount=True)\n%cd /content/drive/MyDrive/course\nuploaded = files.upload()\nimport sys\nsys.path.append('/content/drive/MyDrive/course')",
)
scratch(
    "colab_form",
    '#@title Run me { display-mode: "form" }\nname = "Ivan" #@param {type:"string"}\n!unzip -o release.zip > /dev/null\nfrom google.colab import userdata\nuserdata.get(\'KEY\')',
)
scratch(
    "kaggle",
    "import os\nfor dirname, _, filenames in os.walk('/kaggle/input'):\n    for filename in filenames:\n        print(os.path.join(dirname, filename))\nimport pandas as pd\ndf = pd.read_csv('/kaggle/input/train.csv')",
)
scratch("chdir", "import os\nos.makedirs('work', exist_ok=True)\nos.chdir('work')\nos.chdir('..')\nos.chdir('/tmp')")
scratch("windows_path", "import os\nos.chdir(r'C:\\Users\\Иван\\Documents')")
scratch(
    "matplotlib_magics",
    "%matplotlib notebook\n%matplotlib widget\n%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\n%autoreload 2",
)
scratch("matplotlib_inline_cell", "%matplotlib inline\nfor i in range(40):\n    plt.plot([1, i])\n    plt.show()")
scratch("help", "?np.sum\nnp.sum??\nhelp(np.einsum)")
scratch("other_cell_magics", "%%html\n<script>alert(1)</script>")
scratch("bash_magic", "%%bash\npip list\necho hi")
scratch("javascript_magic", "%%javascript\nIPython.OutputArea.prototype._should_scroll = function(lines) { return false; }")
scratch("unknown_magic", "%%sql\nselect 1")
scratch("await_in_a_cell", "import asyncio\nawait asyncio.sleep(0.1)")
scratch("conda", "conda install numpy")
scratch("merge_conflict", "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main")
scratch("python2", "print 'hello'")
# Ends and endlessness.
scratch("sys_exit", "import sys\nsys.exit()")
scratch("quit", "quit()\n")
scratch("system_exit_in_main", "def main():\n    raise SystemExit(0)\nif __name__ == '__main__':\n    main()")
scratch("keyboard_interrupt", "raise KeyboardInterrupt")
scratch("os_exit_last", "import os\nos._exit(0)", "look_network", says="")
scratch("endless", "while True:\n    pass")
scratch("endless_twice", "import time\nwhile True:\n    time.sleep(1)", "softmax_forward")
scratch("endless_print", "i = 0\nwhile True:\n    print(i)\n    i += 1")
scratch("endless_input", "while True:\n    answer = input('more? ')\n    if answer == 'no':\n        break")
scratch(
    "endless_caught",
    "while True:\n    try:\n        int(input('n: '))\n        break\n    except Exception:\n        print('not a number')",
)
scratch("endless_recursion", "def f(n):\n    return f(n + 1)\nf(0)")
scratch("thread_left", "import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()")
scratch("subprocess", "import subprocess, multiprocessing\nsubprocess.run(['ls'])")
scratch("pool", "from multiprocessing import Pool\ndef f(x):\n    return x\nwith Pool(4) as p:\n    print(p.map(f, [1, 2]))")
scratch("much_memory", "big = np.ones((40000, 40000))")
scratch("huge_output", "print('x' * 50_000_000)\n")
scratch("stdout_redirected", "import sys\nsys.stdout = open('log.txt', 'w')\nprint('hello')")
scratch("stdout_closed", "import sys\nsys.stdout.close()\nsys.stderr.close()")
scratch(
    "logging_file",
    "import logging\nlogging.basicConfig(filename='a.log', level=logging.DEBUG)\nlogging.info('x')\nnp.save('w.npy', np.ones(3))\nnp.load('w.npy')",
)
scratch("recursion_limit", "import sys\nsys.setrecursionlimit(60)")
scratch("signals", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.alarm(3)")
scratch(
    "unittest_main",
    "import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertTrue(False)\nunittest.main(argv=[''])",
)
scratch("answer_to_input", "name = input('Your name: ')\ngroup = int(input('group'))")
# Forms of a solution.
solution("lambda_solution", "linear_forward = lambda x, weight, bias: x @ weight + bias")
solution("if_true", "if True:\n    def linear_forward(x, weight, bias):\n        return x @ weight + bias")
solution(
    "main_guard",
    "if __name__ == '__main__':\n    def linear_forward(x, weight, bias):\n        return x @ weight + bias\n    print(linear_forward(np.ones((1, 1)), np.ones((1, 1)), np.ones(1)))",
)
solution("other_parameter_names", "def linear_forward(X, W, b):\n    return X.dot(W) + b")
solution("star_arguments", "def linear_forward(*args, **kwargs):\n    return args[0] @ args[1] + args[2]")
solution("extra_parameter", "def linear_forward(x, weight, bias, verbose=False):\n    return x @ weight + bias")
solution(
    "method_of_a_class",
    "class Linear:\n    def __init__(self, weight, bias):\n        self.weight, self.bias = weight, bias\n    def forward(self, x):\n        self.x = x\n        return x @ self.weight + self.bias\n    __call__ = forward\ndef linear_forward(x, weight, bias):\n    return Linear(weight, bias)(x)",
)
solution(
    "static_method",
    "class Layers:\n    @staticmethod\n    def forward(x, weight, bias):\n        return x @ weight + bias\nlinear_forward = Layers.forward",
)
solution(
    "callable_object", "class F:\n    def __call__(self, x, weight, bias):\n        return x @ weight + bias\nlinear_forward = F()"
)
solution(
    "decorated",
    "import time\ndef timer(f):\n    def inner(*a, **k):\n        t = time.time()\n        r = f(*a, **k)\n        print(f'{f.__name__}: {time.time() - t:.3f} s')\n        return r\n    return inner\n@timer\n"
    + FORWARD,
)
solution("cached", "from functools import lru_cache\n@lru_cache(maxsize=None)\n" + FORWARD, lost={"linear_forward": 4})
solution(
    "typed",
    "from __future__ import annotations\nfrom numpy.typing import NDArray\ndef linear_forward(x: NDArray[np.float64], weight: np.ndarray, bias: 'np.ndarray') -> Array[N, M]:\n    return x @ weight + bias",
)
solution(
    "global_state",
    "calls = 0\ncache = None\ndef linear_forward(x, weight, bias):\n    global calls, cache\n    calls += 1\n    cache = x\n    return x @ weight + bias",
)
solution(
    "much_printing",
    "def linear_forward(x, weight, bias):\n    for i in range(2000):\n        print('x =', x, 'step', i)\n    return x @ weight + bias",
)
solution("plots_inside", "def linear_forward(x, weight, bias):\n    plt.plot([1, 2])\n    plt.show()\n    return x @ weight + bias")
solution("assert_fails_below", FORWARD + "assert (linear_forward(np.ones((1, 1)), np.ones((1, 1)), np.ones(1)) == 3).all()")
solution("timed", "%%time\n" + FORWARD)
solution("timeit", "%%timeit\n" + FORWARD)
solution("captured", "%%capture out\n" + FORWARD)
solution(
    "line_magic_inside",
    FORWARD
    + "%timeit -n 3 linear_forward(np.ones((3, 3)), np.ones((3, 3)), np.ones(3))\n%time linear_forward(np.ones((3, 3)), np.ones((3, 3)), np.ones(3))\n!echo done",
)
solution("writefile", "%%writefile mine.py\n" + FORWARD, lost={"linear_forward": 4})
solution(
    "loops",
    "def linear_forward(x, weight, bias):\n    y = np.zeros((x.shape[0], weight.shape[1]))\n    for i in range(x.shape[0]):\n        for j in range(weight.shape[1]):\n            y[i, j] = sum(x[i, k] * weight[k, j] for k in range(x.shape[1])) + bias[j]\n    return y",
    lost={"linear_forward": 1},
    says="float32",
)
solution(
    "cyrillic_letter",
    "def linear_fоrward(x, weight, bias):\n    return x @ weight + bias",
    lost={"linear_forward": 4},
    says="yrillic",
)
solution(
    "tabs_and_spaces", "def linear_forward(x, weight, bias):\n\ty = x @ weight\n        return y + bias", lost={"linear_forward": 4}
)
solution("tabs", "def linear_forward(x, weight, bias):\n\treturn x @ weight + bias")
solution(
    "other_languages",
    "# 线性层 ⟶ 前向传播 🙂\u2028\ndef linear_forward(x, weight, bias):\n    '''Слой. \\frac \\u'''\n    выход = x @ weight + bias  # λ = 1\n    return выход".replace(
        "'''Слой. \\frac \\u'''", "r'''Слой. \\frac'''"
    ),
)
solution(
    "no_break_space",
    "def linear_forward(x, weight, bias):\n\u00a0\u00a0\u00a0\u00a0return x @ weight + bias",
    lost={"linear_forward": 4},
    says="U\\+00A0|no-break",
)
solution("indented_cell", "    def linear_forward(x, weight, bias):\n        return x @ weight + bias")
solution("doctest_prompt", ">>> def linear_forward(x, weight, bias):\n...     return x @ weight + bias")
solution("wrong_sign", "def linear_forward(x, weight, bias):\n    return x @ weight - bias", lost={"linear_forward": 4})
solution(
    "visible_only",
    "def linear_forward(x, weight, bias):\n    return np.array([[11.0, 22.0, 30.0], [13.0, 24.0, 32.0], [15.0, 26.0, 34.0]])",
    lost={"linear_forward": 4},
)
solution(
    "input_inside",
    "def linear_forward(x, weight, bias):\n    k = input('k')\n    return x @ weight + bias",
    lost={"linear_forward": 4},
)
solution(
    "returns_a_list",
    "def linear_parameter_gradients(x, grad_output):\n    return [x.T @ grad_output, grad_output.sum(0)]",
    "linear_parameter_gradients",
)
solution(
    "named_tuple",
    "from collections import namedtuple\nG = namedtuple('G', 'w b')\ndef linear_parameter_gradients(x, grad_output):\n    return G(x.T @ grad_output, grad_output.sum(0))",
    "linear_parameter_gradients",
)
solution("exec_solution", "exec('''def linear_forward(x, weight, bias):\\n    return x @ weight + bias''')")
solution("try_torch", "try:\n    import torch\nexcept ImportError:\n    torch = None\n" + FORWARD)
solution(
    "defined_in_a_function",
    "def setup():\n    global linear_forward\n" + "\n".join("    " + line for line in FORWARD.splitlines()) + "\nsetup()",
)
solution(
    "own_numpy_star_solution",
    "from numpy import *\ndef softmax_forward(x):\n    e = exp(x - max(x, axis=1, keepdims=True))\n    return e / sum(e, axis=1, keepdims=True)",
    "softmax_forward",
)
solution(
    "own_sum_and_max",
    "def sum(a):\n    s = 0\n    for b in a:\n        s = s + b\n    return s\ndef max(a):\n    return a.max()\ndef softmax_forward(x):\n    rows = []\n    for row in x:\n        e = np.exp(row - max(row))\n        rows.append(e / sum(e))\n    return np.array(rows)",
    "softmax_forward",
)
solution(
    "comment_at_the_end",
    FORWARD
    + "'''\nunfinished: I wanted to\n'''\n# BEGIN SOLUTION\n### END SOLUTION\n# YOUR CODE HERE\nraise NotImplementedError()",
)


# Files.
@stranger()
def helper_module(folder, notebook):
    (folder / "utils.py").write_text("import numpy as np\n" + FORWARD)
    rewrite(notebook, "linear_forward", "from utils import linear_forward")


@stranger()
def package_with_path(folder, notebook):
    (folder / "src").mkdir()
    (folder / "src" / "my_layers.py").write_text("import numpy as np\n" + FORWARD)
    rewrite(
        notebook,
        "linear_forward",
        "import sys\nsys.path.insert(0, 'src')\nimport my_layers\nlinear_forward = my_layers.linear_forward",
    )


@stranger()
def module_that_hides_numpys(folder, notebook):
    (folder / "random.py").write_text("print('my random')\n")
    (folder / "numpy.py").write_text("raise ImportError('my notes on numpy')\n")


@stranger()
def run_magic(folder, notebook):
    (folder / "solve.py").write_text(FORWARD)
    rewrite(notebook, "linear_forward", "%run solve.py")


@stranger()
def exec_file(folder, notebook):
    (folder / "solve.txt").write_text(FORWARD)
    rewrite(notebook, "linear_forward", "exec(open('solve.txt').read())")


@stranger()
def written_and_imported(folder, notebook):
    before(notebook, "linear_forward", "%%writefile mine.py\n" + FORWARD)
    rewrite(notebook, "linear_forward", "from mine import linear_forward")


# Cells.
@stranger()
def one_giant_cell(folder, notebook):
    everything = "\n\n".join(notebook.cells[at(notebook, name)].source for name in SOLUTIONS)
    for name in SOLUTIONS[1:]:
        rewrite(notebook, name, "")
    rewrite(notebook, "linear_forward", everything)


@stranger(says="another cell than its own")
def all_at_the_end(folder, notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("\n\n".join(stub(notebook, name) for name in SOLUTIONS)))


@stranger()
def solution_in_the_cell_above_and_empty_cell(folder, notebook):
    before(notebook, "softmax_forward", SOFTMAX)
    rewrite(notebook, "softmax_forward", "# see above")


@stranger(says="softmax_forward")
def solution_in_a_cell_below_the_stub(folder, notebook):
    after(notebook, "softmax_forward", stub(notebook, "softmax_forward"))


@stranger()
def solution_written_into_the_check(folder, notebook):
    cell = notebook.cells[at(notebook, "check_softmax_forward")]
    cell.source = stub(notebook, "softmax_forward") + "\n" + cell.source


@stranger()
def pasted_into_a_new_notebook(folder, notebook):
    notebook.metadata = nbformat.NotebookNode()
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
        cell.id = "x" + cell.id[::-1][:40]


@stranger()
def writeup_is_a_link(folder, notebook):
    rewrite(notebook, "writeup_linear", "https://docs.Google.com/document/d/1x")


@stranger(waits=("writeup_linear",))
def writeup_below_the_stub(folder, notebook):
    original = stub(notebook, "writeup_linear")
    text(notebook, at(notebook, "writeup_linear") + 1, original)


@stranger(waits=("writeup_softmax",))
def writeup_in_a_code_cell(folder, notebook):
    original = stub(notebook, "writeup_softmax")
    after(notebook, "writeup_softmax", "'''\n" + original + "\n'''")


@stranger(waits=("writeup_softmax",))
def writeup_in_the_statement(folder, notebook):
    original = stub(notebook, "writeup_softmax")
    notebook.cells[at(notebook, "statement_softmax")].source += "\n\n" + original


@stranger(waits=("writeup_softmax", "writeup_linear", "writeup_batch_norm"))
def writeups_all_at_the_end(folder, notebook):
    texts = [stub(notebook, f"writeup_{name}") for name in ("linear", "softmax", "batch_norm")]
    notebook.cells.append(nbformat.v4.new_markdown_cell("# My derivations\n" + "\n\n".join(texts)))


@stranger(waits=("writeup_softmax", "writeup_linear", "writeup_batch_norm"), says="derivations.docx")
def word_document(folder, notebook):
    for name in ("linear", "softmax", "batch_norm"):
        stub(notebook, f"writeup_{name}")
    (folder / "derivations.docx").write_bytes(b"PK\3\4")


@stranger(waits=("writeup_softmax", "writeup_linear", "writeup_batch_norm"), says="IMG_1.HEIC")
def phone_photos(folder, notebook):
    for name in ("linear", "softmax", "batch_norm"):
        stub(notebook, f"writeup_{name}")
    (folder / "photos").mkdir()
    (folder / "photos" / "IMG_1.HEIC").write_bytes(b"\0\1")


@stranger(waits=("writeup_linear",))
def text_in_a_distant_cell(folder, notebook):
    text(notebook, 3, "My answer to the linear one: " + stub(notebook, "writeup_linear"))


# Files of the notebook: what is written is bytes.
def as_bytes(change, **expected):
    def edit(folder, notebook):
        return change(folder, notebook)

    edit.__name__ = change.__name__
    stranger(**expected)(edit)


def format_3(folder, notebook):
    return nbformat.writes(nbformat.convert(notebook, 3), version=3).encode()


def bom(folder, notebook):
    return b"\xef\xbb\xbf" + nbformat.writes(notebook).encode()


def utf16(folder, notebook):
    return nbformat.writes(notebook).encode("utf-16")


def zip_in_zip(folder, notebook):
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("HW/" + NAME, nbformat.writes(notebook))
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("Домашка.zip", inner.getvalue())
    (folder / "hw (1).zip").write_bytes(outer.getvalue())
    return


def other_name(folder, notebook):
    (folder / 'Копия блокнота "neural_layers (2)".ipynb').write_text(nbformat.writes(notebook))
    return


def with_the_other_assignment(folder, notebook):
    other = BY_ID["differentiation"].notebook + ".ipynb"
    shutil.copyfile(ROOT / "examples/submitted/perfect/differentiation" / other, folder / other)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "neural_layers-checkpoint.ipynb").write_bytes((ROOT / "release/layers" / NAME).read_bytes())
    return nbformat.writes(notebook).encode()


def untouched_beside_solved(folder, notebook):
    (folder / "neural_layers_final_FINAL.ipynb").write_text(nbformat.writes(notebook))
    return (ROOT / "release/layers" / NAME).read_bytes()


def saved_by_an_old_tool(folder, notebook):
    content = json.loads(nbformat.writes(notebook))
    for cell in content["cells"]:
        cell["source"] = "".join(cell["source"])
        cell.pop("id", None)
        cell.setdefault("outputs", None) if cell["cell_type"] == "code" else None
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": 5}}, {"name": "stdout"}]
            cell["execution_count"] = "12"
    content["nbformat_minor"] = "5"
    return json.dumps(content).encode()


def python_script(folder, notebook):
    code = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    (folder / "neural_layers.py").write_text(code)
    return


def html_export(folder, notebook):
    (folder / "neural_layers.html").write_text("<html></html>")
    return


for change in (
    format_3,
    bom,
    utf16,
    zip_in_zip,
    other_name,
    with_the_other_assignment,
    untouched_beside_solved,
    saved_by_an_old_tool,
):
    as_bytes(change)
for change in (python_script, html_export):
    as_bytes(change, lost=None, says="NOT GRADED|no notebook")

for label, stamp, word in (
    ("late_msk", "2027-12-20 10:00:00 MSK", "time zone MSK"),
    ("late_iso", "2027-12-20T10:00:00+03:00", "late"),
    ("late_z", "2027-12-20T10:00:00Z\n", "late"),
    ("late_russian", "20.12.2027 10:00", "late|timestamp"),
    ("late_epoch", "1829293200", "late|timestamp"),
    ("late_bom", "\ufeff2027-12-20 10:00:00 UTC", "late|timestamp"),
    ("late_words", "Mon, 20 Dec 2027 10:00:00 +0000", "late"),
    ("in_time", "2026-12-01 10:00:00", ""),
):

    def late(folder, notebook, stamp=stamp):
        (folder / "timestamp.txt").write_text(stamp)

    late.__name__ = label
    stranger(says=word)(late)

# What the first round had taught to try.
solution("right_below_wrong", "def linear_forward(x, weight, bias):\n    return x @ weight\n\n\n" + FORWARD)
solution(
    "stub_left_below",
    FORWARD + "\n\ndef linear_forward(x, weight, bias):\n    raise NotImplementedError\n",
    lost={"linear_forward": 4},
    says="not written yet",
)
solution("unused_import", "import torch\nimport seaborn as sns\n" + FORWARD, lost={"linear_forward": 4}, says="torch")
solution("colab_import_in_the_solution", "from google.colab import files\n" + FORWARD)
solution("exit_below", FORWARD + "import sys\nsys.exit(0)")
solution("exit_inside", "import sys\ndef linear_forward(x, weight, bias):\n    sys.exit(1)", lost={"linear_forward": 4})
solution(
    "helper_in_the_same_cell_below",
    "def linear_forward(x, weight, bias):\n    return my_dot(x, weight) + bias\ndef my_dot(a, b):\n    return a @ b",
)
solution("own_jit", "try:\n    from numba import njit\nexcept ImportError:\n    njit = lambda f: f\n@njit\n" + FORWARD)
solution("return_outside", FORWARD + "return linear_forward")
solution(
    "result_as_a_subclass",
    "class Array(np.ndarray):\n    pass\ndef linear_forward(x, weight, bias):\n    return (x @ weight + bias).view(Array)",
    lost={"linear_forward": 4},
)
scratch("written_again_wrongly", "def linear_forward(x):\n    return 'an experiment'\nlinear_backward = 5", "two_layer_backward")
scratch("backend", "import matplotlib\nmatplotlib.use('TkAgg')\nplt = None")
scratch("variable_like_a_module", "os = 1; look = 2; heat_map = 3; plt = 4; Check = 5")
scratch("random_module_named", "import random as np_random\nfrom random import *\nseed(3)\nfrom os import *\nfrom time import *\n")
scratch("os_star", "from os import *")
scratch("tracing", "import sys, gc\nsys.settrace(lambda *a: None)\ngc.disable()\nsys.setrecursionlimit(10 ** 6)")


@stranger(lost={"linear_forward": 4}, says="further down|my_dot")
def helper_further_down(folder, notebook):
    rewrite(notebook, "linear_forward", "def linear_forward(x, weight, bias):\n    return my_dot(x, weight) + bias")
    after(notebook, "check_linear_forward", "def my_dot(a, b):\n    return a @ b")


@stranger()
def ordered_dictionary(folder, notebook):
    cell = notebook.cells[at(notebook, "train_step")]
    cell.source += "\n\n_step = train_step\n\n\ndef train_step(*arguments):\n    from collections import OrderedDict\n    new, loss = _step(*arguments)\n    return OrderedDict(new), loss"


@stranger()
def star_import_of_own_module(folder, notebook):
    (folder / "my_solution.py").write_text("import numpy as np\n" + FORWARD)
    rewrite(notebook, "linear_forward", "from my_solution import *")


@stranger(waits=("writeup_softmax",))
def writeup_typeset_by_a_cell(folder, notebook):
    stub(notebook, "writeup_softmax")
    after(
        notebook,
        "writeup_softmax",
        "from IPython.display import display, Latex\ndisplay(Latex(r'$\\frac{dy}{dx} = J^\\top g$ because of the chain rule'))",
    )


@stranger(waits=("writeup_softmax",))
def writeup_in_comments_above(folder, notebook):
    original = stub(notebook, "writeup_softmax")
    before(notebook, "writeup_softmax", "\n".join("# " + line for line in original.splitlines()))


@stranger(waits=("writeup_softmax",))
def writeup_in_plain_words_in_a_code_cell(folder, notebook):
    stub(notebook, "writeup_softmax")
    after(
        notebook,
        "writeup_softmax",
        "# The derivative of y_i by x_k is y_i (d_ik - y_k), because the quotient rule gives two cases:\n# i = k and i != k. So J = diag(y) - y y^T and the gradient is J g.",
    )


@stranger(waits=("writeup_softmax", "writeup_batch_norm"))
def writeups_all_in_the_first(folder, notebook):
    texts = [
        notebook.cells[at(notebook, "writeup_linear")].source,
        stub(notebook, "writeup_softmax"),
        stub(notebook, "writeup_batch_norm"),
    ]
    rewrite(notebook, "writeup_linear", "\n\n# Next\n\n".join(texts))


@stranger(waits=("writeup_linear", "writeup_softmax", "writeup_batch_norm"))
def writeups_in_a_text_file(folder, notebook):
    texts = [stub(notebook, f"writeup_{name}") for name in ("linear", "softmax", "batch_norm")]
    (folder / "derivations.tex").write_text("\n\n".join(texts))


@stranger()
def folder_in_folder(folder, notebook):
    (folder / "layers").mkdir()
    (folder / "layers" / NAME).write_text(nbformat.writes(notebook))
    (folder / "layers" / "mine.py").write_text(FORWARD)
    return


@stranger()
def helper_beside_a_zipped_notebook(folder, notebook):
    rewrite(notebook, "linear_forward", "from mine import linear_forward")
    with zipfile.ZipFile(folder / "all.zip", "w") as file:
        file.writestr("hw/" + NAME, nbformat.writes(notebook))
        file.writestr("hw/mine.py", FORWARD)
    return


@stranger(says="could be exchanged: read as 2027-03-12")
def late_by_a_dotted_date(folder, notebook):
    (folder / "timestamp.txt").write_text("03.12.2027 10:00")


def hand_in(course, student):
    edit = STRANGERS[student][0]
    folder = course / "submitted" / student / "layers"
    folder.mkdir(parents=True)
    for extra in (course / "examples/submitted/perfect/layers").iterdir():
        if extra.is_file() and extra.name != NAME:
            shutil.copyfile(extra, folder / extra.name)
    notebook = nbformat.read(ROOT / "examples/submitted/perfect/layers" / NAME, as_version=4)
    content = (
        edit(folder, notebook) if edit.__name__ in WRITERS else (edit(folder, notebook), nbformat.writes(notebook).encode())[1]
    )
    if content is not None:
        (folder / NAME).write_bytes(content)


WRITERS = {
    "format_3",
    "bom",
    "utf16",
    "zip_in_zip",
    "other_name",
    "with_the_other_assignment",
    "untouched_beside_solved",
    "saved_by_an_old_tool",
    "folder_in_folder",
    "helper_beside_a_zipped_notebook",
    "python_script",
    "html_export",
}


together()


# Derivations of three exercises in the cell of one: nobody is told to look there for the others'.
NOT_YET = {"writeups_all_in_the_first"}
# All of them take minutes: STRANGERS=1 tries each, and without it every fifth one is tried, of every kind some.
EVERY = int(os.environ.get("STRANGERS", "5"))
TRIED = [name for place, name in enumerate(STRANGERS) if not place % EVERY or name in NOT_YET]


class Graded:
    def __init__(self, root):
        self.course, self.said = copy_course(root), []
        for student in TRIED:
            hand_in(self.course, student)
        # A right cell computes for a small part of a second; what never ends need not be waited for longer here.
        with (self.course / "nbgrader_config.py").open("a") as file:
            file.write("\nc.IsolatedExecute.timeout = 1\n")
        which = choose_class(self.course, self.said.append)
        self.remarks = grade(self.course, which, say=self.said.append)
        with Gradebook(which.db_url) as gradebook:
            self.marks = {student: read_marks(gradebook, LAYERS, student) for student in TRIED}


@pytest.fixture(scope="module")
def strangers(tmp_path_factory):
    return Graded(tmp_path_factory.mktemp("strangers") / "course")


EACH = [pytest.param(name, marks=pytest.mark.xfail(strict=True)) if name in NOT_YET else name for name in TRIED]


@pytest.mark.parametrize("student", EACH)
def test_a_stranger_gets_what_a_fair_person_would_give(strangers, student):
    import re

    _, lost, waits, says = STRANGERS[student]
    marks, remarks = strangers.marks[student], strangers.remarks.get(f"{student}/layers", [])
    assert (strangers.course / "feedback" / student / "layers").exists(), "no page"
    pages = "".join(path.read_text() for path in (strangers.course / "feedback" / student / "layers").glob("*.html"))
    if student not in ("python_script", "html_export"):
        assert marks is not None, remarks
        found = {name: marks.scores[f"check_{name}"] for name in POINTS}
        assert found == {name: points - lost.get(name, 0) for name, points in POINTS.items()}, remarks
        assert all(marks.waits(f"writeup_{name}") for name in ("linear", "softmax", "batch_norm")), remarks
    assert re.search(says, " ".join(remarks) + pages), remarks
