#!/usr/bin/env python3
"""Puts an ImageNet trunk beside a detector: one TorchScript graph, with its description.

    python trunk.py --detector backbone.pt --description bundle.json --trunk efficientnet-lite2.safetensors \
        --classes imagenet-classes.txt --out start

writes start.pt and start.json, which `./deixis train --start start.pt` begins from. The trunk is
EfficientNet-Lite2 (Apache-2.0): its batch norms are folded into the convolutions, and its
classifier is a 1x1 convolution, so that the average of its map over a region is the classifier's
answer for the region. Needs torch 2.7 and safetensors.
"""

import argparse
import json
import pathlib

import torch
from safetensors import safe_open
from torch import nn
from torch.nn import functional

SIZE = 320  # pixels along each side of the trunk's input
EPSILON = 1e-3
# kernel, stride of the first, expansion, channels, repeats
STAGES = [
    (3, 1, 1, 16, 1), (3, 2, 6, 24, 3), (5, 2, 6, 48, 3), (3, 2, 6, 88, 4),
    (5, 1, 6, 120, 4), (5, 2, 6, 208, 5), (3, 1, 6, 352, 1),
]  # fmt: skip
TAPPED = 15  # the block whose expansion is the map of stride 16


def folded(weight, norm, channels_in, groups, stride):
    """A convolution with its batch norm in it, padded as TensorFlow pads."""
    scale = norm["weight"] / torch.sqrt(norm["running_var"] + EPSILON)
    kernel = weight.shape[2]
    conv = nn.Conv2d(channels_in, weight.shape[0], kernel, stride, groups=groups)
    conv.weight = nn.Parameter(weight * scale.reshape(-1, 1, 1, 1))
    conv.bias = nn.Parameter(norm["bias"] - norm["running_mean"] * scale)
    return conv


class Block(nn.Module):
    def __init__(self, tensors, prefix, size, channels_in, kernel, stride, expansion, channels):
        super().__init__()

        def norm(name):
            parts = ("weight", "bias", "running_mean", "running_var")
            return {part: tensors[f"{prefix}{name}.{part}"] for part in parts}

        hidden = channels_in * expansion
        self.expand = None
        if expansion > 1:
            weight = tensors[prefix + "_expand_conv.weight"]
            self.expand = folded(weight, norm("_bn0"), channels_in, 1, 1)
        weight = tensors[prefix + "_depthwise_conv.weight"]
        self.depthwise = folded(weight, norm("_bn1"), hidden, hidden, stride)
        weight = tensors[prefix + "_project_conv.weight"]
        self.project = folded(weight, norm("_bn2"), hidden, 1, 1)
        self.pad = padding(size, kernel, stride)
        self.shortcut = stride == 1 and channels_in == channels

    def expanded(self, x):
        return functional.relu6(self.expand(x)) if self.expand is not None else x

    def reduced(self, x, hidden):
        hidden = functional.relu6(self.depthwise(functional.pad(hidden, self.pad)))
        hidden = self.project(hidden)
        return x + hidden if self.shortcut else hidden


def padding(size, kernel, stride):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return [total // 2, total - total // 2] * 2


class Trunk(nn.Module):
    """RGB in 0..1 to the maps of stride 16 and 32, and the logits of 1,000 classes at each cell."""

    def __init__(self, tensors):
        super().__init__()

        def norm(name):
            parts = ("weight", "bias", "running_mean", "running_var")
            return {part: tensors[f"{name}.{part}"] for part in parts}

        self.pad = padding(SIZE, 3, 2)
        self.stem = folded(tensors["_conv_stem.weight"], norm("_bn0"), 3, 1, 2)
        size, channels_in, blocks = SIZE // 2, 32, []
        for kernel, first, expansion, channels, repeats in STAGES:
            for repeat in range(repeats):
                stride = first if repeat == 0 else 1
                prefix = f"_blocks.{len(blocks)}."
                blocks.append(
                    Block(tensors, prefix, size, channels_in, kernel, stride, expansion, channels)
                )
                size, channels_in = -(-size // stride), channels
        self.blocks = nn.ModuleList(blocks)
        self.head = folded(tensors["_conv_head.weight"], norm("_bn1"), channels_in, 1, 1)
        classifier = tensors["_fc.weight"]
        self.classifier = nn.Conv2d(classifier.shape[1], classifier.shape[0], 1)
        self.classifier.weight = nn.Parameter(classifier[:, :, None, None].clone())
        self.classifier.bias = nn.Parameter(tensors["_fc.bias"].clone())

    def forward(self, images):
        x = functional.interpolate(images, size=(SIZE, SIZE), mode="bilinear", align_corners=False)
        x = (x * 255 - 127) / 128
        x = functional.relu6(self.stem(functional.pad(x, self.pad)))
        tapped = x
        for i, block in enumerate(self.blocks):
            hidden = block.expanded(x)
            if i == TAPPED:
                tapped = hidden
            x = block.reduced(x, hidden)
        last = functional.relu6(self.head(x))
        return tapped, last, self.classifier(last)


class Backbone(nn.Module):
    def __init__(self, detector, trunk):
        super().__init__()
        self.detector = detector
        self.trunk = trunk

    def forward(self, images):
        boxes, classes, queries, f8, f16, p16, p32, entities = self.detector(images)
        return (boxes, classes, queries, f8, f16, p16, p32, entities) + self.trunk(images)


def description(detector, names):
    """The detector's description, with the trunk's maps and words."""
    spec = json.loads(json.dumps(detector))
    spec["outputs"] += ["t16", "t32", "imagenet"]
    spec["maps"]["t16"] = {"cells": SIZE // 16, "channels": 720, "supervised": True}
    spec["maps"]["t32"] = {"cells": SIZE // 32, "channels": 1280, "supervised": True}
    spec["maps"]["imagenet"] = {"cells": SIZE // 32, "channels": len(names), "supervised": False}
    pools = [{"map": "t32", "cells": 1, "root": True}, {"map": "t16", "cells": 1, "root": True}]
    spec["regions"] = [spec["regions"], {"projection": 512, "pools": pools}]
    spec["words"] = [
        {"of": "imagenet", "names": names, "size": 128},
        {"of": "classes", "names": spec["classes"], "size": 128},
    ]
    weights = spec["weights"]
    weights["trunk"] = ["detector." + name for name in weights["trunk"]] + ["trunk."]
    weights["half"] = ["trunk."]
    weights["constant"] += ["trunk.stem.", "trunk.classifier."]
    weights["constant"] += [f"trunk.blocks.{i}." for i in range(TAPPED)]
    return spec


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--detector", required=True, help="TorchScript graph with eight outputs")
    parser.add_argument("--description", required=True, help="JSON that describes the detector")
    parser.add_argument("--trunk", required=True, help="safetensors of EfficientNet-Lite2")
    parser.add_argument("--classes", required=True, help="names of the classes, one a line")
    parser.add_argument("--out", required=True, help="where .pt and .json go, without an ending")
    options = parser.parse_args()
    described = json.loads(pathlib.Path(options.description).read_text())
    detector = described.get("backbone", described)
    names = pathlib.Path(options.classes).read_text().splitlines()
    with safe_open(options.trunk, "pt") as file:
        tensors = {name: file.get_tensor(name).float() for name in file.keys()}
    backbone = Backbone(torch.jit.load(options.detector), Trunk(tensors)).eval()
    images = torch.rand(1, 3, detector["input"]["height"], detector["input"]["width"])
    traced = torch.jit.trace(backbone, images, check_inputs=[(torch.rand(2, *images.shape[1:]),)])
    traced.save(options.out + ".pt")
    pathlib.Path(options.out + ".json").write_text(
        json.dumps(description(detector, names), indent=2) + "\n"
    )


if __name__ == "__main__":
    main()
