#!/usr/bin/env python3
"""Makes what PublishedGoldenTest compares with: twenty-one drawn photos, and for each kind of published detector a tiny
random model, exported as a user would, with what transformers itself finds for one to twelve phrases.

    pip install -r models/export/requirements.txt onnxruntime
    python src/test/resources/published/make_golden.py

The weights are random, so the numbers tell nothing but whether every step is the library's.
"""
import json
import os
import pathlib
import random
import string
import subprocess
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "models" / "export"))

import numpy  # noqa: E402
import onnx  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402
from PIL import Image, ImageDraw, ImageOps  # noqa: E402

import grounding_dino  # noqa: E402
import owl  # noqa: E402

torch.set_num_threads(1)

PHRASES = [
    "a red square", "A Blue circle", "the green triangle on the left", "two small yellow stripes", "dog",
    "a photo of a person with a hat", "the remote control", "a cat", "something", "purple box, behind the lamp",
    "the biggest thing in the picture that is neither red nor blue nor yellow nor green", "lamp! lamp"]

SIZES = [(64, 64), (200, 136), (136, 200), (320, 40), (40, 320), (31, 17), (9, 7), (96, 96), (97, 95), (160, 90),
         (90, 160), (128, 127), (500, 375), (375, 500), (48, 80), (80, 48), (255, 64), (64, 255), (150, 150), (10, 300),
         (120, 128)]

TOP = 8


def draw(number, size):
    """A photo of plain shapes and some noise; every fifth one lies on its side and says so (EXIF orientation)."""
    chance = random.Random(number)
    image = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(image)
    for _ in range(6):
        xs = sorted(chance.randrange(size[0] + 1) for _ in range(2))
        ys = sorted(chance.randrange(size[1] + 1) for _ in range(2))
        shape = pen.rectangle if chance.random() < 0.5 else pen.ellipse
        shape([xs[0], ys[0], xs[1], ys[1]], fill=tuple(chance.randrange(256) for _ in range(3)))
    for _ in range(min(500, size[0] * size[1] // 40)):
        image.putpixel((chance.randrange(size[0]), chance.randrange(size[1])), tuple(chance.randrange(256) for _ in range(3)))
    file = HERE / "photos" / f"{number:02}.png"
    exif = image.getexif()
    if number % 5 == 4:
        exif[274] = 3 + number % 6  # 3, 6, 7 or 8: turned, or mirrored and turned
    image.save(file, optimize=True, **({"exif": exif} if len(exif) else {}))
    return file.name, ImageOps.exif_transpose(Image.open(file)).convert("RGB")


def words():
    return sorted({word for phrase in PHRASES for word in phrase.lower().replace(",", "").replace("!", "").split()})


def clip_tokenizer():
    """Bytes, and some of the words as one token."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(byte) for byte in printable] + [chr(256 + i) for i in range(256 - len(printable))]
    merges = []
    for word in words()[::2]:
        parts = [*word[:-1], word[-1] + "</w>"]
        while len(parts) > 1:
            pair = (parts.pop(0), parts.pop(0))
            parts.insert(0, "".join(pair))
            if pair not in merges:
                merges.append(pair)
    tokens = letters + [letter + "</w>" for letter in letters] + ["".join(pair) for pair in merges]
    vocabulary = {}
    for token in tokens + ["<|startoftext|>", "<|endoftext|>"]:
        vocabulary.setdefault(token, len(vocabulary))
    return transformers.CLIPTokenizer(vocab=vocabulary, merges=merges, pad_token="!", model_max_length=16)


def bert_tokenizer():
    """A vocabulary of letters and words where BERT's marks have their places."""
    vocabulary = [f"[unused{i}]" for i in range(1030)]
    for place, token in {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]", 1012: ".", 1029: "?"}.items():
        vocabulary[place] = token
    known = words()[::2] + [","] + list(string.ascii_lowercase) + ["##" + letter for letter in string.ascii_lowercase]
    for place, token in zip(range(104, 1012), dict.fromkeys(known)):
        vocabulary[place] = token
    return transformers.BertTokenizer(
        vocab={token: i for i, token in enumerate(vocabulary)}, do_lower_case=True, model_max_length=512)


def scatter(model, seed, gain):
    """Weights far enough from nothing that answers depend on photo and phrase."""
    chance = torch.Generator().manual_seed(seed)
    done = set()
    for name, weight in model.named_parameters():
        if weight.dim() < 2 or id(weight) in done or "sampling_offsets" in name or "relative_position" in name:
            continue
        done.add(id(weight))
        spread = 0.4 if "embedding" in name else gain / weight[0].numel() ** 0.5
        weight.copy_(torch.randn(weight.shape, generator=chance) * spread)
    return model.eval()


def owl_model(kind, side, patch, hidden, seed):
    name = {"owlv2": "Owlv2", "owlvit": "OwlViT"}[kind]
    vocabulary = len(clip_tokenizer())
    tower = dict(hidden_size=hidden, intermediate_size=2 * hidden, num_hidden_layers=2, num_attention_heads=2)
    config = getattr(transformers, name + "Config")(
        text_config=dict(tower, vocab_size=vocabulary, max_position_embeddings=16, bos_token_id=vocabulary - 2,
                         eos_token_id=vocabulary - 1, pad_token_id=0),
        vision_config=dict(tower, image_size=side, patch_size=patch), projection_dim=hidden)
    model = scatter(getattr(transformers, name + "ForObjectDetection")(config), seed, 1.0)
    head = model.class_head
    head.logit_scale.weight.mul_(0.3)
    head.logit_scale.bias.fill_(3.0)
    head.logit_shift.weight.mul_(0.3)
    head.logit_shift.bias.fill_(-0.5)
    processor = getattr(transformers, name + "ImageProcessor")(size={"height": side, "width": side})
    return model, getattr(transformers, name + "Processor")(processor, clip_tokenizer())


class WholeOwl(torch.nn.Module):
    """As torch.onnx and optimum export it: photo and phrases in one graph."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, pixel_values, attention_mask):
        out = self.model(input_ids=input_ids, pixel_values=pixel_values, attention_mask=attention_mask)
        return out.logits, out.pred_boxes


def dino_model(kind, seed, size, tokens):
    name = {"grounding-dino": "GroundingDino", "mm-grounding-dino": "MMGroundingDino"}[kind]
    heads = dict(encoder_attention_heads=2, decoder_attention_heads=2, encoder_layers=1, decoder_layers=2)
    config = getattr(transformers, name + "Config")(
        backbone_config=transformers.SwinConfig(
            image_size=64, patch_size=4, embed_dim=8, depths=[1, 1, 1, 1], num_heads=[1, 1, 2, 2], window_size=2,
            out_indices=[2, 3, 4]),
        text_config=transformers.BertConfig(
            vocab_size=1030, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
            max_position_embeddings=256),
        d_model=32, encoder_ffn_dim=32, decoder_ffn_dim=32, num_queries=15, num_feature_levels=4,
        max_text_len=tokens, disable_custom_kernels=True, **heads)
    model = scatter(getattr(transformers, name + "ForObjectDetection")(config), seed, 0.9)
    model.model.decoder.layer_norm.weight.mul_(0.25)
    processor = transformers.GroundingDinoImageProcessor(size=size)
    return model, transformers.GroundingDinoProcessor(processor, bert_tokenizer())


def best(boxes, scores, photo):
    """The best boxes that the photo has a part of, cut to it."""
    boxes = numpy.clip(boxes, 0, [photo.width, photo.height] * 2)
    found = [(float(score), box.tolist()) for score, box in zip(scores, boxes)
             if box[2] > box[0] and box[3] > box[1]]
    found.sort(key=lambda each: -each[0])
    return [[round(score, 6)] + [round(edge, 4) for edge in box] for score, box in found[:TOP]]


def ask_owl(model, processor, photo, phrases):
    """Each phrase alone, which is what it gets by its own column among others."""
    answers = []
    for phrase in phrases:
        inputs = processor(text=[[phrase]], images=photo, return_tensors="pt", max_length=16, truncation=True)
        found = processor.post_process_grounded_object_detection(
            model(**inputs), threshold=0.0, target_sizes=[(photo.height, photo.width)])[0]
        answers.append(best(found["boxes"].numpy(), found["scores"].numpy(), photo))
    return answers


def ask_dino(model, processor, photo, phrases, size):
    inputs = processor(text=[phrase.lower() for phrase in phrases], images=photo, return_tensors="pt",
                       pad_size={"height": size[0], "width": size[1]})
    out = model(**inputs)
    found = processor.post_process_grounded_object_detection(
        out, inputs["input_ids"], threshold=-1.0, target_sizes=[(photo.height, photo.width)])[0]
    text = ". ".join(phrase.lower() for phrase in phrases) + "."
    spans = processor.tokenizer(text, return_offsets_mapping=True)
    assert spans["input_ids"] == inputs["input_ids"][0].tolist()
    answers, start = [], 0
    for phrase in phrases:
        own = [i for i, (a, b) in enumerate(spans["offset_mapping"]) if start <= a < b <= start + len(phrase)]
        scores = out.logits[0][:, own].sigmoid().max(-1).values
        answers.append(best(found["boxes"].numpy(), scores.numpy(), photo))
        start += len(phrase) + 2
    return answers


def save(kind, model, processor, answers, photos):
    folder = HERE / kind
    processor.save_pretrained(folder)
    model.config.save_pretrained(folder)
    lines = [json.dumps({"photo": name, "phrases": phrases, "answers": found})
             for (name, _), (phrases, found) in zip(photos, answers)]
    (folder / "golden.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


def owl_golden(kind, side, patch, hidden, photos, asked):
    model, processor = owl_model(kind, side, patch, hidden, 5)
    answers = [(phrases, ask_owl(model, processor, photo, phrases)) for (_, photo), phrases in zip(photos, asked)]
    save(kind, model, processor, answers, photos)
    if kind == "owlv2":
        owl.export(model, HERE / kind, (side, side))
    else:
        whole_owl(model, processor, photos[0][1], HERE / kind / "model.onnx")


def whole_owl(model, processor, photo, file):
    example = processor(text=[["a", "b"]], images=photo, return_tensors="pt")
    names = ["input_ids", "pixel_values", "attention_mask"]
    torch.onnx.export(
        WholeOwl(model), tuple(example[name] for name in names), str(file), dynamo=False,
        opset_version=17, input_names=names, output_names=["logits", "pred_boxes"],
        dynamic_axes={"input_ids": {0: "t"}, "attention_mask": {0: "t"}, "logits": {2: "t"}})


def halved(file):
    """Weights, photo and answers of a graph in half precision, the weights in a file beside it."""
    single, half = onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16
    model = onnx.load(file)
    graph = model.graph
    before, after, renamed = [], [], {}
    for tensor in graph.initializer:
        if tensor.data_type == single:
            name, values = tensor.name, onnx.numpy_helper.to_array(tensor).astype(numpy.float16)
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, name + "_half"))
            before.append(onnx.helper.make_node("Cast", [name + "_half"], [name], to=single))
    for port in [*graph.input, *graph.output]:
        if port.type.tensor_type.elem_type == single:
            port.type.tensor_type.elem_type = half
            renamed[port.name] = port.name + "_single"
    for node in graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]
        node.output[:] = [renamed.get(name, name) for name in node.output]
    for port in graph.input:
        if port.name in renamed:
            before.append(onnx.helper.make_node("Cast", [port.name], [renamed[port.name]], to=single))
    for port in graph.output:
        after.append(onnx.helper.make_node("Cast", [renamed[port.name]], [port.name], to=half))
    nodes = [*before, *graph.node, *after]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save_model(model, file, save_as_external_data=True, location=file.name + "_data", size_threshold=64)


def small_owl_golden(kind, photos, asked):
    """The files that transformers.js has: one precision each, in a folder of their own."""
    model, processor = owl_model("owlv2", 64, 16, 16, 5)
    model = model.half().float()  # so that only the photo's precision differs
    answers = [(phrases, ask_owl(model, processor, photo, phrases)) for (_, photo), phrases in zip(photos, asked)]
    save(kind, model, processor, answers, photos)
    (HERE / kind / "onnx").mkdir(exist_ok=True)
    file = HERE / kind / "onnx" / "model_fp16.onnx"
    whole_owl(model, processor, photos[0][1], file)
    if kind == "owlv2-half":
        halved(file)
    else:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(str(file), str(file.with_name("model_quantized.onnx")), weight_type=QuantType.QUInt8)
        file.unlink()
        (HERE / kind / "golden.json").unlink()  # what it answers is not what single precision does


def dino_golden(kind, size, room, photos, asked):
    model, processor = dino_model(kind, 11, size, 200)
    answers = [(phrases, ask_dino(model, processor, photo, phrases, room))
               for (_, photo), phrases in zip(photos, asked)]
    save(kind, model, processor, answers, photos)
    grounding_dino.export(model, HERE / kind, room)


def main(kind):
    (HERE / "photos").mkdir(exist_ok=True)
    photos = [draw(number, size) for number, size in enumerate(SIZES)]
    asked = [PHRASES[number % 12:][: 1 + number % 12] or PHRASES[:1] for number in range(len(photos))]
    asked[11] = PHRASES
    torch.manual_seed(7)
    match kind:
        case "owlv2":
            owl_golden(kind, 96, 16, 16, photos, asked)
        case "owlv2-half" | "owlv2-quantized":
            small_owl_golden(kind, photos, asked)
        case "owlvit":
            owl_golden(kind, 64, 8, 24, photos, asked)
        case "grounding-dino":
            dino_golden(kind, {"shortest_edge": 48, "longest_edge": 80}, (80, 80), photos, asked)
        case "mm-grounding-dino":
            # Photos of 60 columns end where a cell of a map of 8 columns begins.
            dino_golden(kind, {"max_height": 64, "max_width": 120}, (64, 120), photos, asked)


if __name__ == "__main__":
    # One process each: an export leaves torch in a state in which further models answer otherwise.
    for each in sys.argv[1:] or ["owlv2", "owlv2-half", "owlv2-quantized", "owlvit", "grounding-dino", "mm-grounding-dino"]:
        if len(sys.argv) == 2:
            with torch.no_grad():
                main(each)
        else:
            subprocess.run([sys.executable, __file__, each], check=True)
