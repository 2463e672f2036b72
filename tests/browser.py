"""A real browser for tests: Debian's Chromium without a window, spoken to by its own protocol."""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from websocket import WebSocketTimeoutException, create_connection

OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
    " --no-first-run --hide-scrollbars --remote-debugging-port=0 --remote-allow-origins=*"
).split()
# axe looks at what lies behind each piece of text, which takes ten seconds for a page of formulas: of texts with the same colours,
# size and background it is given three. All other rules look at everything.
VIOLATIONS = """(async within => {
    const colours = new Map(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement, own = getComputedStyle(element);
        if (!texts.currentNode.data.trim() || (within && !element.closest(within))) continue;
        const seen = [own.color, own.fontSize, own.fontWeight];
        for (let around = element; around; around = around.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(around);
            seen.push(backgroundColor, backgroundImage, opacity);
        }
        const key = [...new Set(seen)].join();
        if ((colours.get(key) ?? []).length < 3) colours.set(key, [...(colours.get(key) ?? []), element]);
    }
    const context = within ? { include: [[within]] } : document;
    const rules = { "color-contrast": { enabled: false } };
    const found = (await axe.run(context, { resultTypes: ["violations"], rules })).violations;
    const alike = [...colours.values()].flat();
    if (alike.length) found.push(...(await axe.run({ include: alike }, { runOnly: ["color-contrast"] })).violations);
    return found.filter(each => ["serious", "critical"].includes(each.impact))
        .map(each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.html.slice(0, 150)).join(" | "));
})(%s)"""
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The path of the browser. Where there is none, the test that asks for it fails: it would test nothing."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "no Chromium on this machine: apt-get install chromium"
    return found


class Tab:
    """One tab of the browser, and what it asked for and complained of since it was opened."""

    def __init__(self, address: str):
        self._socket = create_connection(address, timeout=60)
        self._numbers = itertools.count(1)
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.errors: list[str] = []  # those messages that tell of one, with the place
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.do(f"{domain}.enable")

    def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command of the protocol, and return what it gave."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = self._next()
            if message.get("id") == number:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]

    def open(self, address: str) -> None:
        """Load a page, and wait until its fonts are there."""
        self.do("Page.navigate", url=address)
        while self._next().get("method") != "Page.loadEventFired":
            pass
        self.value("document.fonts.ready.then(() => 1)")

    def value(self, expression: str) -> Any:
        """The value of an expression in the page."""
        result = self.do("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def show(self, width: int, *, dark: bool = False, printed: bool = False) -> None:
        """Choose how wide the screen is, its colours, and whether it is paper."""
        self.do("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.do("Emulation.setEmulatedMedia", media="print" if printed else "screen", features=features)

    def close(self) -> None:
        """End the conversation."""
        self._socket.close()

    def _next(self) -> dict[str, Any]:
        try:
            message = json.loads(self._socket.recv())
        except WebSocketTimeoutException as error:
            raise AssertionError("the browser did not answer within a minute") from error
        told = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif message.get("method") == "Log.entryAdded":
            self._note(told["entry"]["text"], told["entry"]["level"], told["entry"].get("url"))
        elif message.get("method") == "Runtime.consoleAPICalled":
            self._note(str(told["args"]), told["type"])
        elif message.get("method") == "Runtime.exceptionThrown":
            self._note(told["exceptionDetails"]["text"], "error", told["exceptionDetails"].get("exception"))
        return message

    def _note(self, text: str, level: str, place: object = None) -> None:
        self.messages.append(text)
        if level in ("error", "assert"):
            self.errors.append(f"{text} {place or ''}".strip())


def violations(tab: Tab, within: str | None = None) -> list[str]:
    """The serious barriers that axe finds in a page, or `within` what a selector selects."""
    if tab.value("typeof axe") == "undefined":
        package = find_spec("axe_core_python")
        assert package is not None and package.submodule_search_locations, "axe-core-python is not installed"
        tab.value(Path(package.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8") + "; 1")
    return tab.value(VIOLATIONS % json.dumps(within))


@contextmanager
def opened_browser() -> Iterator[Tab]:
    """A tab of a new browser, which is ended behind it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        process = subprocess.Popen(
            [chromium(), *OPTIONS, f"--user-data-dir={home}/profile", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": home},
        )
        try:
            tab = Tab(_address_of_first_tab(process, Path(home, "profile", "DevToolsActivePort")))
            try:
                yield tab
            finally:
                tab.close()
        finally:
            process.terminate()
            process.wait(30)


def _address_of_first_tab(process: subprocess.Popen, announced: Path) -> str:
    import urllib.request

    for _ in range(600):
        assert process.poll() is None, "the browser ended at once"
        lines = announced.read_text().split() if announced.exists() else []
        if lines:
            listed = json.loads(urllib.request.urlopen(f"http://127.0.0.1:{lines[0]}/json", timeout=30).read())
            pages = [each["webSocketDebuggerUrl"] for each in listed if each["type"] == "page"]
            if pages:
                return pages[0]
        time.sleep(0.1)
    raise AssertionError("the browser opened no tab within a minute")
