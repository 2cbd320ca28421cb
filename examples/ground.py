#!/usr/bin/env python3
"""Asks a server where things are in a photo and prints a line for each box.

Needs nothing but Python's standard library:

    ./deixis serve &
    examples/ground.py http://localhost:8080 web/public/examples/yellow-taxis.jpg "a yellow taxi" "a bicycle"
"""
import base64
import json
import sys
import urllib.error
import urllib.request

server, photo, *phrases = sys.argv[1:]
with open(photo, "rb") as file:
    image = base64.b64encode(file.read()).decode()
request = urllib.request.Request(
    server + "/v1/ground",
    data=json.dumps({"image": image, "phrases": phrases}).encode(),
    headers={"Content-Type": "application/json"},
)
try:
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
except urllib.error.HTTPError as refusal:
    sys.exit(json.load(refusal)["detail"])  # one sentence: what is wrong and what to do
for phrase in answer["phrases"]:
    if not phrase["boxes"]:
        print(phrase["text"], "is", phrase["state"])  # unsure or absent
    for box in phrase["boxes"]:
        print(phrase["text"], round(box["score"], 2), *(round(side) for side in box["box"]))
