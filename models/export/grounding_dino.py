#!/usr/bin/env python3
"""Exports Grounding DINO or MM-Grounding-DINO to ONNX, for photos of one size and texts of any length.

    python models/export/grounding_dino.py MODEL OUT [--photo 800x1333]

MODEL is a folder in the layout of Hugging Face repositories, such as a clone of IDEA-Research/grounding-dino-tiny, or
its name where there is internet. OUT is what `deixis bundle import` takes. Smaller photos are padded into the size;
one that is upright where the size is lying is scaled down to fit, so take a square (1333x1333) if both count alike.

Four things are repaired on the way. The masks that keep phrases apart are built in the library by loops or by operators
that an export turns into constants of its example: here by comparisons, with the same result for any text. The grid of
the deformable attention comes out in double precision, which ONNX Runtime does not sample. And the exporter writes
linspace as a division by the number of steps less one, which is 0/0 where a map has one row or column. ONNX Runtime
divides by a rounded factor where the mask of the photo is made smaller, and so takes the pixel before the right one where
the quotient is whole: here the pixels are told. Besides, the
deformable attention adds level to level, where the library holds what was sampled of all levels at once: with photos of
800x1333 these are its largest arrays.
"""
import argparse
import pathlib
import shutil
import sys

import numpy
import onnx
import torch
import transformers

DELIMITERS = (101, 102, 1012, 1029)  # [CLS], [SEP], "." and "?", as the model has them
INTERPOLATE = torch.nn.functional.interpolate
INPUTS = ["pixel_values", "input_ids", "token_type_ids", "attention_mask", "pixel_mask"]


def masks(input_ids, special_tokens=None):
    """Which tokens attend to each other, and each one's place in its phrase."""
    count = input_ids.shape[1]
    places = torch.arange(count)
    ends = torch.zeros_like(input_ids, dtype=torch.bool)
    for delimiter in DELIMITERS:
        ends = ends | (input_ids == delimiter)
    far, none = torch.full_like(input_ids, 1 << 20), torch.full_like(input_ids, -1)
    ahead = places[None, None, :] >= places[None, :, None]
    following = torch.where(ahead, torch.where(ends, places[None], far)[:, None, :], far[:, None, :]).amin(-1)
    preceding = torch.where(ahead, none[:, None, :], torch.where(ends, places[None], none)[:, None, :]).amax(-1)
    inside = (following != 0) & (following != count - 1) & (following != 1 << 20)
    attends = (following[:, :, None] == following[:, None, :]) & inside[:, None, :]
    attends = attends | (places[:, None] == places[None, :])[None]
    order = torch.where(inside, places[None] - preceding - 1, torch.zeros_like(following)).clamp(min=0)
    return attends, order


def linspace(start, end, steps, **options):
    """torch.linspace, which is exported right for one step too."""
    return start + (end - start) / max(steps - 1, 1) * torch.arange(steps, **options)


def interpolate(image, size=None, mode="nearest", **options):
    """torch.nn.functional.interpolate, where the nearest pixel is wanted by the pixels' places."""
    if mode != "nearest" or size is None:
        return INTERPOLATE(image, size=size, mode=mode, **options)
    for axis, count in zip((-2, -1), map(int, size)):
        step = torch.tensor(int(image.shape[axis]) / count, dtype=torch.float32)
        image = image.index_select(axis, torch.floor(torch.arange(count) * step).long())
    return image


def sampled(self, value, shapes, sizes, starts, places, weights, step):
    """MultiScaleDeformableAttention of the library, a level at a time."""
    batch, _, heads, width = value.shape
    queries, points = places.shape[1], places.shape[4]
    answer = 0
    for level, (part, (rows, columns)) in enumerate(zip(value.split([h * w for h, w in sizes], dim=1), sizes)):
        pixels = part.flatten(2).transpose(1, 2).reshape(batch * heads, width, rows, columns)
        grid = (2 * places[:, :, :, level] - 1).transpose(1, 2).flatten(0, 1)
        seen = torch.nn.functional.grid_sample(pixels, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        weight = weights[:, :, :, level].transpose(1, 2).reshape(batch * heads, 1, queries, points)
        answer = answer + (seen * weight).sum(-1)
    return answer.view(batch, heads * width, queries).transpose(1, 2).contiguous()


class Whole(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, *inputs):
        out = self.model(**dict(zip(INPUTS, inputs)))
        return out.logits, out.pred_boxes


def single_precision(graph):
    """Makes every constant and cast of a graph that is in double precision single."""
    for node in graph.node:
        for attribute in node.attribute:
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i == onnx.TensorProto.DOUBLE:
                attribute.i = onnx.TensorProto.FLOAT
            if attribute.HasField("t") and attribute.t.data_type == onnx.TensorProto.DOUBLE:
                values = onnx.numpy_helper.to_array(attribute.t).astype(numpy.float32)
                attribute.t.CopyFrom(onnx.numpy_helper.from_array(values))
    for tensor in graph.initializer:
        if tensor.data_type == onnx.TensorProto.DOUBLE:
            values = onnx.numpy_helper.to_array(tensor).astype(numpy.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))


def export(model, out, size):
    """Writes model.onnx into a folder; size is height and width of its photos."""
    module = sys.modules[type(model).__module__]
    repairs = [
        (module, "generate_masks_with_special_tokens_and_transfer_map", masks), (torch, "linspace", linspace),
        (torch.nn.functional, "interpolate", interpolate), (module.MultiScaleDeformableAttention, "forward", sampled)]
    before = [getattr(place, name) for place, name, _ in repairs]
    for place, name, repair in repairs:
        setattr(place, name, repair)
    try:
        ids = torch.tensor([[101, 1037, 1012, 1037, 1998, 1012, 102]]).clamp(max=model.config.text_config.vocab_size - 1)
        example = (torch.zeros(1, 3, *size), ids, torch.zeros_like(ids), torch.ones_like(ids),
                   torch.ones(1, *size, dtype=torch.long))
        tokens = {1: "tokens"}
        file = str(out / "model.onnx")
        torch.onnx.export(
            Whole(model.eval()), example, file, dynamo=False, opset_version=17, input_names=INPUTS,
            output_names=["logits", "pred_boxes"],
            dynamic_axes={"input_ids": tokens, "token_type_ids": tokens, "attention_mask": tokens})
    finally:
        for (place, name, _), original in zip(repairs, before):
            setattr(place, name, original)
    model = onnx.load(file)
    single_precision(model.graph)
    onnx.save(model, file)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("model")
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--photo", default="800x1333", help="height and width (default: %(default)s)")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    config = transformers.AutoConfig.from_pretrained(given.model)
    config.disable_custom_kernels = True
    # No attn_implementation "eager": transformers 5 then adds the mask of the text instead of masking by it.
    model = transformers.AutoModelForZeroShotObjectDetection.from_pretrained(given.model, config=config)
    transformers.AutoProcessor.from_pretrained(given.model).save_pretrained(given.out)
    model.config.save_pretrained(given.out)
    readme = pathlib.Path(given.model) / "README.md"
    if readme.is_file():  # its head tells the licence
        shutil.copy(readme, given.out)
    with torch.no_grad():
        export(model, given.out, tuple(int(side) for side in given.photo.split("x")))


if __name__ == "__main__":
    main()
