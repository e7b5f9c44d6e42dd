"""Debian's Chromium without a window and without a network: what a page asks for, and what goes wrong with it."""

import itertools
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from programs import needs
from websocket import WebSocket, create_connection

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--proxy-server=http://127.0.0.1:9",  # a closed port: whatever is asked of the network fails
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "about:blank",
)
SECONDS = 120


@dataclass
class Visit:
    """What happened when a page was opened."""

    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    facts: dict = field(default_factory=dict)


@contextmanager
def browser(profile: Path) -> Iterator["Browser"]:
    """Start Chromium with a profile of its own, and stop it."""
    command = [needs("chromium"), f"--user-data-dir={profile}", *OPTIONS]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    socket = None
    try:
        socket = create_connection(_address(profile), timeout=SECONDS)
        yield Browser(socket)
    finally:
        if socket:
            socket.close()
        process.terminate()
        process.wait(SECONDS)


def _address(profile: Path) -> str:
    """Wait until Chromium says where it listens."""
    end, file = time.monotonic() + SECONDS, profile / "DevToolsActivePort"
    while time.monotonic() < end:
        if file.exists() and file.read_text(encoding="utf-8").count("\n"):
            port, path = file.read_text(encoding="utf-8").split("\n")
            return f"ws://127.0.0.1:{port}{path}"
        time.sleep(0.05)
    raise TimeoutError("Chromium did not start.")


class Browser:
    """Speaks to Chromium in its DevTools protocol."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket, self.numbers, self.events = socket, itertools.count(1), []

    def visit(self, address: str, *, script: str = "({})") -> Visit:
        """Open a page in a tab of its own; `script` is asked for facts once it is there."""
        target = self.say("Target.createTarget", url="about:blank")["targetId"]
        tab = self.say("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.say(f"{domain}.enable", tab)
        self.events.clear()
        self.say("Page.navigate", tab, url=address)
        self.wait_for("Page.loadEventFired")
        answer = self.say("Runtime.evaluate", tab, expression=script, returnByValue=True, awaitPromise=True)
        seen = summary(self.events)
        seen.facts = answer["result"].get("value", {})
        self.say("Target.closeTarget", targetId=target)
        return seen

    def say(self, method: str, tab: str | None = None, **parameters: object) -> dict:
        """Send a command and wait for its answer; what happens meanwhile is kept."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        self.socket.send(json.dumps(message | ({"sessionId": tab} if tab else {})))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method: str) -> None:
        """Wait until something happens."""
        while not any(event.get("method") == method for event in self.events):
            self.events.append(json.loads(self.socket.recv()))


def summary(events: list[dict]) -> Visit:
    """Sort what happened into what was asked for, what failed, and what the console says."""
    seen = Visit()
    for event in events:
        method, facts = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            seen.asked.append(facts["request"]["url"])
        elif method == "Network.loadingFailed":
            seen.failed.append(facts["errorText"])
        elif method == "Log.entryAdded":
            seen.console.append(facts["entry"]["text"])
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            seen.console.append(json.dumps(facts))
    return seen
