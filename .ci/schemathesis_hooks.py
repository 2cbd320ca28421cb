"""What schemathesis has to know of this interface: how lines of JSON are written."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_, document):
    return json.dumps(document).encode() + b"\n"
