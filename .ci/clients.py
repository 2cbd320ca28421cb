"""Asks a server as the clients of COCO and CloudEvents do. Usage: clients.py URL"""

import base64
import json
import pathlib
import sys
import tempfile

import requests
from cloudevents.conversion import to_binary, to_structured
from cloudevents.http import CloudEvent, from_http
from pycocotools.coco import COCO

URL = sys.argv[1].rstrip("/")
PHOTO = pathlib.Path("web/public/examples/yellow-taxis.jpg")
PHRASES = ["a yellow taxi", "a bicycle"]


def ground(accept):
    answer = requests.post(
        f"{URL}/v1/ground",
        files={"image": (PHOTO.name, PHOTO.read_bytes())},
        data={"phrase": PHRASES, "image_id": 7, "threshold": "0.1"},
        headers={"Accept": accept},
        timeout=60,
    )
    answer.raise_for_status()
    return answer


def coco():
    with tempfile.TemporaryDirectory() as folder:
        dataset = pathlib.Path(folder, "dataset.json")
        dataset.write_bytes(ground("application/vnd.coco-dataset+json").content)
        results = pathlib.Path(folder, "results.json")
        results.write_bytes(ground("application/vnd.coco+json").content)
        truth = COCO(str(dataset))
        found = truth.loadRes(str(results))
    assert truth.getImgIds() == [7], truth.getImgIds()
    assert [c["name"] for c in truth.loadCats(truth.getCatIds())] == PHRASES
    assert found.getAnnIds(), "no taxi was found"
    assert sorted(a["bbox"] for a in found.anns.values()) == sorted(
        a["bbox"] for a in truth.anns.values()
    )


def cloud_events():
    data = {"image": base64.b64encode(PHOTO.read_bytes()).decode(), "phrases": PHRASES}
    attributes = {"type": "io.deixis.ground", "source": "/clients", "subject": "taxis"}
    event = CloudEvent({**attributes, "datacontenttype": "application/json"}, data)
    for form in (to_structured, to_binary):
        headers, body = form(event)
        answer = requests.post(f"{URL}/functions/ground", headers=headers, data=body, timeout=60)
        answer.raise_for_status()
        reply = from_http(answer.headers, answer.content)
        found = reply.data if isinstance(reply.data, dict) else json.loads(reply.data)
        assert reply["subject"] == "taxis", reply
        assert [p["text"] for p in found["phrases"]] == PHRASES, found


def png():
    assert ground("image/png").content[:4] == b"\x89PNG"


for check in (coco, cloud_events, png):
    check()
    print("ok", check.__name__)
