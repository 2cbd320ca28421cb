#!/usr/bin/env python3
"""Exports OWL-ViT or OWLv2 to ONNX in two parts: image.onnx runs once for a photo, text.onnx once for a phrase.

    python models/export/owl.py MODEL OUT

MODEL is a folder in the layout of Hugging Face repositories, such as a clone of google/owlv2-base-patch16-ensemble,
or its name where there is internet. OUT is what `deixis bundle import` takes. models/export/requirements.txt pins
the libraries.
"""
import argparse
import pathlib
import shutil

import torch
import transformers


@torch.library.custom_op("deixis::attention", mutates_args=())
def attention(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, heads: int, scale: float) -> torch.Tensor:
    """Attention as one operator of ONNX Runtime, which never holds the weights of all patches to all patches."""
    parts = [part.unflatten(2, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
    attended = torch.nn.functional.scaled_dot_product_attention(*parts, scale=scale)
    return attended.transpose(1, 2).flatten(2)


@torch.onnx.symbolic_helper.parse_args("v", "v", "v", "i", "f")
def symbolic(graph, query, key, value, heads, scale):
    out = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads, scale_f=scale)
    out.setType(query.type())
    return out


def fused(module, query, key, value, attention_mask, scaling, **options):
    """What transformers calls in place of its attention, with [1, heads, patches, size] each."""
    parts = [part.transpose(1, 2).flatten(2) for part in (query, key, value)]
    return attention(*parts, query.shape[1], scaling).unflatten(2, (query.shape[1], -1)), None


transformers.AttentionInterface.register("fused", fused)
torch.onnx.register_custom_op_symbolic("deixis::attention", symbolic, 17)


class ImagePart(torch.nn.Module):
    """Photo to boxes and class vectors, and what shifts and scales their cosines."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.vision = (model.owlv2 if hasattr(model, "owlv2") else model.owlvit).vision_model

    def forward(self, pixel_values):
        model, head = self.model, self.model.class_head
        grid = model.image_embedder(pixel_values=pixel_values)[0]
        patches = grid.reshape(1, -1, grid.shape[-1])
        classes = head.dense0(patches)
        classes = classes / (torch.linalg.norm(classes, dim=-1, keepdim=True) + 1e-6)
        shift = head.logit_shift(patches)[..., 0]
        scale = (head.elu(head.logit_scale(patches)) + 1)[..., 0]
        return model.box_predictor(patches, grid), classes, shift, scale


class TextPart(torch.nn.Module):
    """Phrases to vectors of length 1."""

    def __init__(self, model):
        super().__init__()
        self.clip = model.owlv2 if hasattr(model, "owlv2") else model.owlvit

    def forward(self, input_ids, attention_mask):
        pooled = self.clip.text_model(input_ids=input_ids, attention_mask=attention_mask)[1]
        vectors = self.clip.text_projection(pooled)
        vectors = vectors / torch.linalg.norm(vectors, dim=-1, keepdim=True)
        return vectors / (torch.linalg.norm(vectors, dim=-1, keepdim=True) + 1e-6)


def export(model, out, size):
    """Writes both parts of a model into a folder; size is the processor's, height and width."""
    model = model.eval()
    length = model.config.text_config.max_position_embeddings
    ids = torch.zeros(2, length, dtype=torch.long)
    ids[:, :3] = torch.tensor([model.config.text_config.vocab_size - 2, 5, model.config.text_config.vocab_size - 1])
    texts = {0: "texts"}
    image = ImagePart(model)
    image.vision.config._attn_implementation = "fused"
    torch.onnx.export(
        image, (torch.zeros(1, 3, *size),), str(out / "image.onnx"), dynamo=False, opset_version=17,
        input_names=["pixel_values"], output_names=["pred_boxes", "class_embeds", "logit_shift", "logit_scale"],
        custom_opsets={"com.microsoft": 1})
    torch.onnx.export(
        TextPart(model), (ids, (ids > 0).long()), str(out / "text.onnx"), dynamo=False, opset_version=17,
        input_names=["input_ids", "attention_mask"], output_names=["text_embeds"],
        dynamic_axes={"input_ids": texts, "attention_mask": texts, "text_embeds": texts})


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("model")
    arguments.add_argument("out", type=pathlib.Path)
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    model = transformers.AutoModelForZeroShotObjectDetection.from_pretrained(given.model)
    processor = transformers.AutoProcessor.from_pretrained(given.model)
    processor.save_pretrained(given.out)
    model.config.save_pretrained(given.out)
    readme = pathlib.Path(given.model) / "README.md"
    if readme.is_file():  # its head tells the licence
        shutil.copy(readme, given.out)
    size = processor.image_processor.size
    with torch.no_grad():
        export(model, given.out, (size["height"], size["width"]))


if __name__ == "__main__":
    main()
