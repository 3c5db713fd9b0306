#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Hold documents of tenon against the schemas that are installed with it.

The schemas leave room for members to come. Here there is none: a member that no schema describes is an error.

    tests/lib/documents.py FILE...      prints what is wrong; status 1 if anything is
"""
import functools
import glob
import json
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMAS = os.path.join(TOP, "schemas")
KEPT = "/tmp/.documents"


def close(schema):
    """The same schema, without room for members that it does not describe."""
    if isinstance(schema, list):
        return [close(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: close(value) for key, value in schema.items()}
    if "properties" in schema and "object" in (schema.get("type"), *(schema["type"] if isinstance(schema.get("type"), list) else ())):
        closed.setdefault("additionalProperties", False)
    return closed


@functools.lru_cache(maxsize=None)
def schemas():
    found = {}
    for path in glob.glob(SCHEMAS + "/*.schema.json"):
        with open(path, encoding="utf-8") as f:
            schema = close(json.load(f))
        found[schema["$id"]] = schema
    return found


@functools.lru_cache(maxsize=None)
def validator(name, part):
    import jsonschema  # late: a run without documents needs none

    schema = schemas()[name]
    if part:
        schema = schema["properties"][part]
    resolver = jsonschema.RefResolver(name, schema if not part else schemas()[name], store=schemas())
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def problems(document):
    for error in validator("document.schema.json", None).iter_errors(document):
        yield f"{error.json_path}: {error.message}"
    verb = document.get("verb") or "overview"
    if "result" not in document:
        return
    if f"{verb}.schema.json" not in schemas():
        yield f"there is no schema of {verb}"
        return
    for error in validator(f"{verb}.schema.json", "result").iter_errors(document["result"]):
        yield f"{error.json_path.replace('$', '$.result', 1)}: {error.message}"


def parse(text):
    """The document of a text: of a stream, one object a line, as a document whose result has the records."""
    lines = text.splitlines()
    head = json.loads(lines[0]) if lines and lines[0].endswith("}") else None
    if not (head and head.get("stream")):
        return json.loads(text)
    records = [json.loads(line) for line in lines[1:]]
    end = records.pop()
    if end.pop("record") != "end":
        raise ValueError("the stream has no end")
    return head | {"result": {"records": records}} | end


def check(path):
    """What is wrong with the document in a file, as lines."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    try:
        document = parse(text)
    except ValueError as why:
        return [f"no JSON: {why}: {text[:200]!r}"]
    return list(problems(document))


def check_kept(root):
    """All that is wrong with the documents that tests/lib/tenon has kept in a room."""
    for path in sorted(glob.glob(glob.escape(root) + KEPT + "/*.json")):
        for line in check(path):
            yield f"document: {line}"


if __name__ == "__main__":
    BAD = False
    for name in sys.argv[1:]:
        for problem in check(name):
            print(f"{name}: {problem}")
            BAD = True
    sys.exit(BAD)
