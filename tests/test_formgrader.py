"""What a person who marks sees in formgrader: the marking form, typeset formulas, and nothing of a student's that is live."""

import functools
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers

from autograder.course.release import load_config
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from autograder.pages.marking_pages import MAXIMAL_LETTERS
from autograder.pages.page import FeedbackExporter
from tests.browser import chromium
from tests.conftest import BY_ID, ROOT, copy_course, read_notebook
from tests.hostile_pages import HOSTILE_DATA, HOSTILE_TEXTS, RUN
from tests.test_offline_html import DOT

LAYERS = BY_ID["layers"]
GRADED = {"grade": True, "solution": True, "locked": False, "task": False, "points": 8.0, "grade_id": "writeup_linear"}


@pytest.fixture(scope="module")
def exporter():
    """The exporter as formgrader makes it."""
    config = load_config(ROOT)
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    return HTMLExporter(config=config)


def page_of(exporter, *cells, student="eve", **metadata):
    resources = {"assignment_id": "layers", "notebook_id": "n", "submission_id": "s", "index": 0, "total": 1, "base_url": ""}
    resources |= {"student": student, "last_name": "", "first_name": "", "notebook_path": student}
    notebook = new_notebook(metadata=metadata)
    notebook.cells = list(cells)
    return BeautifulSoup(exporter.from_notebook_node(notebook, resources)[0], "html.parser")


def skeleton(page):
    """All of a page but what may be in it of a student's: text, and elements that do nothing."""
    live = []
    for element in page.find_all(True):
        if element.find_parent("math"):
            assert element.name.startswith("m") and not any(re.match("on|href|src|style|action", name) for name in element.attrs)
            continue
        harmless = (
            {"class", "alt", "title", "colspan", "align"} if element.name in ("span", "img", "td", "div", "code") else {"title"}
        )
        kept = {name: value for name, value in element.attrs.items() if name not in harmless}
        is_picture = element.name == "img" and str(kept.pop("src", "data:")).startswith("data:")
        names = ("script", "style", "meta", "link", "form", "input", "button", "textarea", "a", "svg", "iframe", "object", "base")
        if (element.name in names or kept or element.name == "img") and not (is_picture and not kept):
            live.append((element.name, element.get_text() if element.name in ("script", "style") else "", kept))
    return live


# Nothing live


def cells_that_say(text, kind):
    output = new_output("display_data", {"text/html" if kind == "write-up" else kind: text})
    written = new_markdown_cell(text if kind == "write-up" else "-", metadata={"nbgrader": GRADED})
    return written, new_code_cell("f()", outputs=[output])


@pytest.fixture(scope="module")
def harmless_skeleton(exporter):
    """All of the page of a text that does nothing, by kind."""
    return functools.cache(lambda kind: skeleton(page_of(exporter, *cells_that_say("-", kind))))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("kind", ["write-up", "text/html", "text/markdown", "text/latex"])
def test_nothing_of_what_a_student_wrote_is_live(exporter, harmless_skeleton, text, kind):
    page = page_of(exporter, *cells_that_say(text, kind))
    assert skeleton(page) == harmless_skeleton(kind)
    for element in page.select(".text_cell_render *, .output_html *"):
        assert set(element.get("class", ())).isdisjoint({"nbgrader_cell", "score", "tabbable", "full-credit", "modal"})


@pytest.mark.parametrize("data", HOSTILE_DATA, ids=lambda data: next(iter(data))[:30])
def test_no_kind_of_output_is_live(exporter, data):
    def cells(shown):
        return [new_code_cell("f()", outputs=[new_output("display_data", shown, metadata={"text/html": {"isolated": True}})])]

    assert skeleton(page_of(exporter, *cells(data))) == skeleton(page_of(exporter, *cells({"text/plain": "-"})))


def test_names_and_settings_in_a_notebook_are_not_live(exporter):
    tag = f'"><script>{RUN}</script>'
    error = new_output("error", ename=tag, evalue=tag, traceback=[tag, "\x1b[31m" + tag])
    about = {"image/png": {"width": tag, "alt": tag, "unconfined": True}, "filenames": {"image/png": tag}}
    picture = new_output("display_data", {"image/png": DOT}, metadata=about)
    code = new_code_cell(f"%%javascript\n{tag}", outputs=[error, picture], metadata={"tags": [tag], "name": tag, "alt": tag})
    code["execution_count"] = tag
    marked = new_markdown_cell("-", metadata={"nbgrader": GRADED | {"grade_id": tag, "points": tag}})
    raw = new_raw_cell(tag, metadata={"raw_mimetype": "text/html"})
    hidden = new_raw_cell(tag)
    language = {"name": tag, "pygments_lexer": tag}
    kernel = {"name": tag, "display_name": tag}
    page = page_of(exporter, code, marked, raw, hidden, student=tag, title=tag, language_info=language, kernelspec=kernel)
    assert not [script for script in page("script") if RUN in script.get_text()]
    assert page.select_one("input.score")["id"] == tag  # the form finds its mark by this name, whatever it is


@pytest.mark.parametrize("state", [{}, {"version_major": 2}, {"state": {"m": {}}}])
def test_widgets_in_a_notebook_cost_no_page(exporter, state):
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}, "text/plain": "a slider"}
    cell = new_code_cell("f()", outputs=[new_output("display_data", view)])
    page = page_of(exporter, cell, widgets={"application/vnd.jupyter.widget-state+json": state})
    assert page.select_one(".output_text pre").get_text() == "a slider"


REOPENED = "".join(f"<b a={number}>" for number in range(99)) + "<p>x" * 5000


@pytest.mark.parametrize("text", ["<" * 100_000, "\\\\(" * 30_000, "<!--" * 30_000, REOPENED], ids=lambda text: text[:4])
def test_a_text_that_would_keep_a_reader_busy_is_shown_as_it_was_written(exporter, text):
    output = new_output("display_data", {"text/html": text})
    page = page_of(exporter, new_markdown_cell(text), new_code_cell("f()", outputs=[output]))
    shown = [element.get_text() for element in page.select(".text_cell_render pre, .output_html pre")]
    assert [letters[:15_000] for letters in shown] == [text[:15_000]] * 2


def test_a_page_renders_so_much_and_no_more(exporter):
    text = "$x$ " + "word " * (MAXIMAL_LETTERS // 5 - 1)
    page = page_of(exporter, *[new_markdown_cell(text) for _ in range(5)])
    assert [bool(cell.find("math")) for cell in page.select(".text_cell_render")] == [True, True, False, False, False]


# What is shown


def test_formulas_are_typeset_and_what_is_between_angle_brackets_stays(exporter):
    text = "$a &< b$ and $$\\langle c, d \\rangle <c, d>$$\n\n<details><summary>A hint $x^2$</summary>\n\n**bold** `$code$`\n\n</details>"
    latex = new_output("display_data", {"text/latex": r"$\displaystyle \sqrt{x}$"})
    page = page_of(exporter, new_markdown_cell(text, metadata={"nbgrader": GRADED}), new_code_cell("x", outputs=[latex]))
    body = page.select_one(".nbgrader_cell .text_cell_render")
    assert "<c,d>" in body.get_text().replace(" ", "") and body.find("strong") and body.find("summary").find("math")
    assert page.select_one(".output_html msqrt")
    assert page.select_one("input.score")["id"] == "writeup_linear" and page.select_one("textarea.comment")


def test_pictures_in_the_notebook_are_seen_and_others_named_as_missing(exporter):
    long = "A" * 2 * MAXIMAL_LETTERS
    text = f'![a](attachment:dot.png) <img src="attachment:dot.png" width="50"> ![b](data:image/png;base64,{long}) ![c](other.png)'
    cell = new_markdown_cell(text, attachments={"dot.png": {"image/png": DOT}})
    plot = new_output("display_data", {"image/png": DOT, "text/plain": "<Figure>"}, metadata={"image/png": {"width": 40}})
    page = page_of(exporter, cell, new_code_cell("plot()", outputs=[plot]))
    written = page.select(".text_cell_render img")
    dot = f"data:image/png;base64,{DOT}"
    assert [picture["src"] for picture in written[:3]] == [dot, dot, f"data:image/png;base64,{long}"]
    assert written[3]["src"].startswith("data:image/svg+xml") and written[1]["width"] == "50"
    assert page.select_one(".output_png img")["src"] == dot and page.select_one(".output_png img")["width"] == "40"


def test_tables_and_code_keep_their_looks(exporter):
    frame = (
        "<style scoped>td {}</style><table border='1' class='dataframe'><tr><th colspan='2'>a</th></tr><tr><td>1</td></tr></table>"
    )
    cell = new_code_cell("def f(): pass", outputs=[new_output("display_data", {"text/html": frame})])
    page = page_of(exporter, new_markdown_cell("|a|\n|:-:|\n|1|\n\n```python\nreturn 1\n```"), cell)
    assert page.select_one(".output_html th")["colspan"] == "2" and "td {}" not in page.select_one(".output_html").get_text()
    assert page.select_one(".text_cell_render td")["style"] == "text-align:center"
    assert page.select_one(".text_cell_render .highlight .k") and page.select_one(".input_area .highlight .k")


def test_a_links_address_can_be_read_and_not_clicked(exporter):
    page = page_of(exporter, new_markdown_cell("[the handbook](https://example.org/a?b&c)"))
    assert page.select_one(".text_cell_render p").get_text() == "the handbook (https://example.org/a?b&c)"
    assert not page.select(".text_cell_render a")


def test_the_page_asks_no_other_host(exporter):
    page = page_of(exporter, new_markdown_cell("$x$"))
    assert all(element["src"].startswith("/") for element in page.select("[src]"))
    assert "connect-src 'self'" in page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]


def test_feedback_pages_are_made_as_they_were():
    """The settings for formgrader's page are for that page."""
    notebook = new_notebook(cells=[new_markdown_cell("[a link](https://example.org) $x$", id="a")])
    with_settings, without = FeedbackExporter(config=load_config(ROOT)), FeedbackExporter()
    assert with_settings.from_notebook_node(notebook)[0] == without.from_notebook_node(notebook)[0]


# A real formgrader in a real browser


def _hostile_course(folder):
    """A course with one graded submission, hostile in its write-ups and in what its code shows; and its page's address."""
    course = copy_course(folder)
    place = f"{LAYERS.identifier}/{LAYERS.notebook}.ipynb"
    submitted = course / "submitted" / "eve" / place
    submitted.parent.mkdir(parents=True)
    notebook = read_notebook(ROOT / "examples" / "submitted" / "perfect" / place)
    api = (
        "fetch('/formgrader/api/grades?submission_id=' + submission_id).then(answer => answer.json()).then(all => "
        "all.forEach(one => fetch('/formgrader/api/grade/' + one.id, {method: 'PUT', "
        "headers: {'X-CSRFToken': getCookie('_xsrf')}, body: JSON.stringify({manual_score: 8})})))"
    )
    hostile = [f"<script>{api}; {RUN}</script>", *HOSTILE_TEXTS]
    writeups = [cell for cell in notebook.cells if cell.id.startswith("writeup")]
    for cell in writeups:
        cell.source = "$\\frac{x}{y}$\n\n" + hostile[0]
    for text in HOSTILE_TEXTS:
        notebook.cells.append(new_markdown_cell(text))
    shown = [{"text/html": text} for text in hostile] + [{"text/markdown": text} for text in hostile]
    notebook.cells.append(new_code_cell(f"for data in {shown!r}:\n    display(data, raw=True)"))
    submitted.write_text(json.dumps(notebook), encoding="utf-8")
    said = []
    grade(course, choose_class(course, said.append), say=said.append)
    autograded = course / "autograded" / "eve" / place
    notebook = read_notebook(autograded)
    outputs = [new_output("display_data", data) for data in HOSTILE_DATA]
    notebook.cells.append(new_code_cell("f()", id="more", outputs=outputs))
    autograded.write_text(json.dumps(notebook), encoding="utf-8")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        identifier = gradebook.find_submission_notebook(LAYERS.notebook, LAYERS.identifier, "eve").id
    return course, autograded, identifier


def _opened(course, identifier, scratch):
    """The page as a browser ends with it, and all addresses that the browser asked for."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # JupyterLab and what comes with it would take half of the server's start.
    others = ("jupyterlab", "jupyterlab_jupytext", "jupyter_lsp", "jupyter_server_terminals", "notebook", "notebook_shim")
    extensions = {"nbgrader.server_extensions.formgrader": True, **dict.fromkeys(others, False)}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=",
         f"--ServerApp.root_dir={course}", f"--ServerApp.jpserver_extensions={extensions}"],
        cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(scratch), "JUPYTER_CONFIG_DIR": str(scratch / "configuration")},
    )  # fmt: skip
    host = f"http://127.0.0.1:{port}"
    address = f"{host}/formgrader/submissions/{identifier}/"
    try:
        for _ in range(300):
            try:
                # Not the page itself, which would be made twice then.
                urllib.request.urlopen(f"{host}/api", timeout=60).read()
                break
            except (ConnectionError, urllib.error.URLError) as error:
                assert server.poll() is None and not isinstance(error, urllib.error.HTTPError), error
                time.sleep(0.2)
        browser = subprocess.run(
            [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", f"--user-data-dir={scratch / 'profile'}", f"--log-net-log={scratch / 'net.json'}",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=20000", "--dump-dom", address],
            capture_output=True, text=True, timeout=200, env={**os.environ, "HOME": str(scratch)},
        )  # fmt: skip
        assert browser.returncode == 0, browser.stderr[-2000:]
        asked = set(re.findall(r'"url":"([^"]+)"', (scratch / "net.json").read_text(errors="replace")))
        return BeautifulSoup(browser.stdout, "html.parser"), {url.replace(f":{port}", "") for url in asked}
    finally:
        server.terminate()
        server.wait(30)


def _is_its_own(url):
    """Whether a request is for the server, or one that the browser makes for itself."""
    return re.match(r"https?://(127\.0\.0\.1/|[a-z0-9.-]+\.(google|googleapis|gvt1)\.com/)|(data|chrome[a-z-]*):", url) is not None


def _manual_scores(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grades = gradebook.find_submission(LAYERS.identifier, "eve").notebooks[0].grades
        return [one.manual_score for one in grades if one.manual_score is not None]


def test_a_submission_opened_in_a_browser_runs_nothing_and_can_be_marked(tmp_path):
    course, autograded, identifier = _hostile_course(tmp_path / "course")
    before = autograded.read_bytes()
    (tmp_path / "closed").mkdir()
    page, asked = _opened(course, identifier, tmp_path / "closed")
    assert page.title.get_text() == LAYERS.notebook
    assert any(url.endswith("formgrade.js") for url in asked)
    assert [url for url in asked if "RAN" in url or not _is_its_own(url)] == []
    assert _manual_scores(course) == []
    assert autograded.read_bytes() == before
    fields = {field["id"]: field for field in page.select(".nbgrader_cell input.score")}
    writeups = [name for name in fields if name.startswith("writeup")]
    assert writeups and all(fields[name].find_parent(class_="nbgrader_cell").find("math") for name in writeups)
    # formgrader's own scripts have run: the form shows what is in the gradebook, and comments can be written.
    assert [field["placeholder"] for name, field in fields.items() if name.startswith("check")]
    assert any(comment.get("placeholder") for comment in page.select("textarea.comment"))

    # Without the two settings the first of these scripts gives marks, lest this test pass for want of an attack.
    configuration = course / "nbgrader_config.py"
    lines = configuration.read_text().splitlines(keepends=True)
    configuration.write_text("".join(line for line in lines if not line.startswith("c.HTMLExporter.")))
    notebook = read_notebook(autograded)
    notebook.cells = [cell for cell in notebook.cells if cell.id.startswith("writeup")]
    autograded.write_text(json.dumps(notebook), encoding="utf-8")
    (tmp_path / "open").mkdir()
    page, _ = _opened(course, identifier, tmp_path / "open")
    assert page.title.get_text() == "RAN"
    assert _manual_scores(course) != []
