"""A user of a served view without a browser: keeps what a page holds, and sends what a browser would."""

from __future__ import annotations

import json
from http.client import HTTPConnection

from tests.view.small_app import CALLS


class DashUser:
    """What a page holds, by component and property, and the calls that it makes.

    ``call`` names a callback by a component that makes a page call it.
    """

    def __init__(self, served):
        self.port = served.port
        self.headers = {
            "Cookie": served.cookie.removeprefix("Cookie: "),
            "Origin": f"http://127.0.0.1:{served.port}",
            "Content-Type": "application/json",
        }
        self.held = {}
        self.callbacks = [
            each for each in json.loads(self._ask("GET", "/_dash-dependencies")) if not each["clientside_function"]
        ]

    def call(self, component, **changes):
        """Make a call as if a component had changed, and take in what is answered; return it by component."""
        self.held |= {tuple(name.rsplit("__", 1)): value for name, value in changes.items()}
        callback = next(each for each in self.callbacks if component in [one["id"] for one in each["inputs"]])
        outputs = [self._named(each) for each in callback["output"].removeprefix("..").removesuffix("..").split("...")]
        changed = next(each for each in callback["inputs"] if each["id"] == component)
        body = {
            "output": callback["output"],
            "outputs": outputs if callback["output"].startswith("..") else outputs[0],
            "inputs": [self._given(each) for each in callback["inputs"]],
            "state": [self._given(each) for each in callback["state"]],
            "changedPropIds": [f"{component}.{changed['property']}"],
        }
        text = self._ask("POST", CALLS, json.dumps(body))
        answer = json.loads(text)["response"] if text else {}
        for id_, properties in answer.items():
            for name, value in properties.items():
                self.held[id_, name] = value
                self._take(value)
        return answer

    def _ask(self, method, path, body=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, self.headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status in {200, 204}, (answer.status, text[:300], (body or path)[:300])
        return text

    @staticmethod
    def _named(output):
        id_, _, name = output.rpartition(".")
        return {"id": id_, "property": name}

    def _given(self, wanted):
        """Return what a callback is given: of one component, or of all that a pattern fits."""
        id_, name = wanted["id"], wanted["property"]
        if not id_.startswith("{"):
            found = {"id": id_, "property": name}
            return found | ({"value": self.held[id_, name]} if (id_, name) in self.held else {})
        key = next(iter(json.loads(id_)))
        fitting = [(json.loads(one), one) for one, its in self.held if its == "id" and one.startswith(f'{{"{key}"')]
        return [
            {"id": each, "property": name, "value": each if name == "id" else self.held.get((one, name))}
            for each, one in fitting
        ]

    def _take(self, value):
        """Take in the components of what was answered, however deep they lie."""
        if isinstance(value, list):
            for each in value:
                self._take(each)
        elif isinstance(value, dict):
            properties = value.get("props", {})
            if "id" in properties:
                id_ = properties["id"]
                one = json.dumps(id_, separators=(",", ":")) if isinstance(id_, dict) else id_
                self.held |= {(one, name): each for name, each in properties.items() if name != "children"}
            self._take(properties.get("children"))
