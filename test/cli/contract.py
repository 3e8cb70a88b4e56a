"""The contract of the server as its own tables say it, and whether an answer keeps to it: no tests of its own."""
import json
import re

import tap

FORMATS = {"date": r"\d{4}-\d\d-\d\d", "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"}
SAMPLES = {"branch": "130606", "field": "note", "period": "2026-Q1", "reason": "核对名单", "words": "请办理"}
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


class Contract:
    def __init__(self):
        self.all = json.loads(tap.run("openapi", "--json").out)
        self.paths = [(re.compile("/".join("[^/]+" if p.startswith("{") else re.escape(p) for p in path.split("/"))),
                       path) for path in self.all["paths"]]
        self.paths.sort(key=lambda p: (p[1].count("{"), p[1]))

    def operations(self):
        """(method, path, operation) of each."""
        return [(m.upper(), path, op) for path, ops in self.all["paths"].items() for m, op in ops.items()]

    def operation(self, method, target):
        path = target.partition("?")[0]
        for pattern, name in self.paths:
            if pattern.fullmatch(path):
                return self.all["paths"][name].get(method.lower())
        return None

    def follow(self, schema):
        while "$ref" in schema:
            at = self.all
            for part in schema["$ref"][2:].split("/"):
                at = at[part]
            schema = at
        return schema

    def sample(self, schema, name=""):
        """A small value that the schema takes."""
        schema = self.follow(schema)
        kind = schema.get("type")
        if kind == "object":
            return {n: self.sample(schema["properties"][n], n) for n in schema.get("required", [])}
        if kind == "array":
            return [self.sample(schema["items"])] * schema.get("minItems", 0)
        if kind == "integer":
            return max(1, schema.get("minimum", 1))
        if kind == "string":
            if "enum" in schema:
                return schema["enum"][0]
            return "2026-12-31" if schema.get("format") == "date" else SAMPLES.get(name, "a" * max(1, schema.get("minLength", 1)))
        return True

    def sample_body(self, op):
        """What the operation takes, as little as it may be; None: nothing."""
        if "requestBody" not in op:
            return None
        return self.sample(op["requestBody"]["content"]["application/json"]["schema"])

    def sample_query(self, op):
        needed = [p for p in map(self.follow, op.get("parameters", [])) if p["in"] == "query" and p.get("required")]
        return "&".join(f"{p['name']}={self.sample(p['schema'], p['name'])}" for p in needed)

    def wrong(self, schema, value, where="$"):
        """What of a value is not as the schema says; "" if nothing is."""
        schema = self.follow(schema)
        if "anyOf" in schema:
            tried = [self.wrong(s, value, where) for s in schema["anyOf"]]
            return "" if "" in tried else tried[0]
        kind = schema.get("type")
        if kind and (not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))):
            return f"{where}: {value!r} is no {kind}"
        if "enum" in schema and value not in schema["enum"]:
            return f"{where}: {value!r} is none of {schema['enum']}"
        if kind == "string":
            return self.wrong_text(schema, value, where)
        if kind == "array":
            return next(filter(None, (self.wrong(schema["items"], v, f"{where}[{i}]") for i, v in enumerate(value))), "")
        return self.wrong_object(schema, value, where) if kind == "object" else ""

    def wrong_text(self, schema, value, where):
        pattern = schema.get("pattern") or FORMATS.get(schema.get("format"), r"[\s\S]*")
        return "" if re.fullmatch(pattern, value) else f"{where}: {value!r} is not as {pattern}"

    def wrong_object(self, schema, value, where):
        known = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                return f"{where}: no {name}"
        for name, member in value.items():
            of = known.get(name, schema.get("additionalProperties"))
            if of is False:
                return f"{where}: {name} is not in the contract"
            told = self.wrong(of, member, f"{where}.{name}") if of else ""
            if told:
                return told
        return ""

    def wrong_answer(self, method, target, status, headers, text):
        """What of an answer leaves the contract; "" if nothing does."""
        op = self.operation(method, target)
        if op is None:
            return "" if status in (404, 405) else f"{method} {target} is not in the contract"
        said = op["responses"].get(str(status)) or (op["responses"][f"{status // 100}XX"] if status >= 400 else None)
        if said is None:
            return f"{status} is not in the contract"
        said = self.follow(said)
        if ("ETag" in headers) != ("ETag" in said.get("headers", {})):
            return f"ETag: {headers.get('ETag')}"
        if "content" not in said:
            return f"a body: {text!r}" if text else ""
        kind, media = next(iter(said["content"].items()))
        if headers.get("Content-Type", "").partition(";")[0] != kind:
            return f"Content-Type is {headers.get('Content-Type')}, want {kind}"
        return self.wrong(media["schema"], json.loads(text) if "json" in kind else text)
