#!/usr/bin/env python3
"""Makes a visual backbone that `./deixis train --start` takes: NAME.pt and its description NAME.json.

    backbone.py faster-rcnn --model fasterrcnn_resnet50_fpn_v2 --weights DEFAULT --out start/faster-rcnn
    backbone.py timm --model convnext_tiny.fb_in22k_ft_in1k --weights DEFAULT --out start/convnext
    backbone.py detr --model PekingU/rtdetr_v2_r18vd --out start/rtdetr

faster-rcnn   torchvision's Faster R-CNN: proposals of its RPN, maps of its FPN, class posteriors of its box head
timm          any trunk of timm that gives feature maps; proposals of a small RPN that the training makes
detr          a closed-set DETR of transformers (DETR, RT-DETR, D-FINE, DEIMv2) as proposer

A trunk that has learnt already learns on at a fifth of the rate of its proposals; one of random weights has nothing to
lose, so that its description names no trunk.

The graph holds plain operators alone, since libtorch in Java has none of torchvision's: RoIAlign is
grid_sample, non-maximum suppression is matrix products. All numbers are those of one input size.
Needs torch 2.7 and, for its kind, torchvision 0.22, timm or transformers; nothing of it at run time.
"""

import argparse
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional

IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
TYPES = ["people", "clothing", "bodyparts", "animals", "vehicles", "instruments", "scene", "other"]
LARGEST_STEP = 4.135  # log(1000 / 16): how much a delta may enlarge an anchor
NMS_IOU = 0.7
NMS_ROUNDS = 12  # more than any chain of boxes that suppress each other needs


# ---- plain operators


class Affine(nn.Module):
    """A batch norm as it answers: a factor and an offset for each channel, and what followed it."""

    def __init__(self, norm):
        super().__init__()
        scale, shift = affine(norm)
        self.scale = nn.Parameter(scale.reshape(1, -1, 1, 1).clone())
        self.shift = nn.Parameter(shift.reshape(1, -1, 1, 1).clone())
        self.after = getattr(norm, "act", nn.Identity())

    def forward(self, x):
        return self.after(x * self.scale + self.shift)


def is_norm(module):
    return hasattr(module, "running_var") and module.running_var is not None


def affine(norm):
    weight = norm.weight if norm.weight is not None else torch.ones_like(norm.running_var)
    bias = norm.bias if norm.bias is not None else torch.zeros_like(norm.running_mean)
    scale = weight.detach() / torch.sqrt(norm.running_var + getattr(norm, "eps", 1e-5))
    return scale, bias.detach() - norm.running_mean * scale


def fold_norms(module):
    """Takes batch norms into the convolutions that stand right before them; others become affine."""
    before = None
    for name, child in list(module.named_children()):
        if is_norm(child):
            scale, shift = affine(child)
            if isinstance(before, nn.Conv2d) and before.out_channels == len(scale):
                bias = before.bias.detach() if before.bias is not None else 0
                before.weight = nn.Parameter(before.weight.detach() * scale.reshape(-1, 1, 1, 1))
                before.bias = nn.Parameter(bias * scale + shift)
                setattr(module, name, getattr(child, "act", nn.Identity()))
            else:
                setattr(module, name, Affine(child))
            before = None
        else:
            fold_norms(child)
            before = child
    return module


def settle_norms(module, size):
    """Gives the norms of random weights the statistics of noise. With those that they begin with, a signal dies out
    or grows from layer to layer, so that the maps of a random trunk tell next to nothing of the image."""

    def settle(norm, inputs):
        norm.running_mean.copy_(inputs[0].mean((0, 2, 3)))
        spread = inputs[0].var((0, 2, 3))
        tiny = getattr(norm, "eps", 1e-5)  # is added to the variance, and would swallow a smaller one
        norm.running_var.copy_(torch.where(spread < tiny, spread - tiny, spread))

    hooks = [part.register_forward_pre_hook(settle) for part in module.modules() if is_norm(part)]
    # Images unlike each other, coarse and fine, as photos are: with one kind of noise alone, maps of photos are huge.
    noise = [functional.interpolate(1.5 * torch.randn(3, 3, side, side), size) for side in (2, 3, 5, 8, 16, 48)]
    with torch.no_grad():
        module(torch.cat(noise))
    for hook in hooks:
        hook.remove()


def buffers_to_constants(module):
    """A tensor of the archive is a weight; what is none becomes a constant of the code."""
    for part in module.modules():
        for name in list(part._buffers):
            value = part._buffers.pop(name)
            part.__dict__[name] = value


def box_iou(a):
    """IoU of every two boxes [B, K, 4] of an image [B, K, K]."""
    low = torch.maximum(a[:, :, None, :2], a[:, None, :, :2])
    high = torch.minimum(a[:, :, None, 2:], a[:, None, :, 2:])
    size = (high - low).clamp(min=0)
    both = size[..., 0] * size[..., 1]
    area = (a[..., 2] - a[..., 0]).clamp(min=0) * (a[..., 3] - a[..., 1]).clamp(min=0)
    return both / (area[:, :, None] + area[:, None, :] - both).clamp(min=1e-9)


def kept(boxes):
    """Which boxes, best first, greedy NMS keeps [B, K], by Cluster-NMS (Zheng et al., 2020): a box
    falls if a better one that itself stands overlaps it. Repeated until nothing changes."""
    over = torch.triu((box_iou(boxes) > NMS_IOU).float(), diagonal=1)
    stands = torch.ones_like(boxes[:, :, 0])
    for _ in range(NMS_ROUNDS):
        stands = ((stands[:, None, :] @ over)[:, 0] == 0).float()
    return stands


def rows(tensor, index):
    """tensor [B, N, C] at index [B, K]."""
    return torch.gather(tensor, 1, index[:, :, None].expand(-1, -1, tensor.shape[2]))


def probability_logits(scores):
    """Logits whose sigmoids are the softmax of scores."""
    rest = torch.stack(
        [
            torch.logsumexp(torch.cat([scores[..., :i], scores[..., i + 1 :]], -1), -1)
            for i in range(scores.shape[-1])
        ],
        -1,
    )
    return (scores - rest).clamp(-30, 30)


class Proposals(nn.Module):
    """The proposals of an RPN: the best of each level, without near copies, always as many."""

    def __init__(self, convs, objectness, deltas, channels, anchors, size, types, count):
        super().__init__()
        self.convs, self.objectness, self.deltas = convs, objectness, deltas
        self.per_cell = objectness.out_channels
        self.types = nn.Conv2d(channels, self.per_cell * types, 1)
        nn.init.normal_(self.types.weight, std=0.01)
        nn.init.constant_(self.types.bias, -2)
        self.count = count
        unit = torch.tensor([size[1], size[0], size[1], size[0]], dtype=torch.float32)
        self.__dict__["anchors"] = [level / unit for level in anchors]

    def level(self, feature, anchors):
        hidden = self.convs(feature)
        batch = feature.shape[0]

        def flat(told, width):  # [B, A * width, h, w] to [B, h * w * A, width]
            shape = (batch, self.per_cell, width, feature.shape[2] * feature.shape[3])
            return told.reshape(shape).permute(0, 3, 1, 2).reshape(batch, -1, width)

        objectness = flat(self.objectness(hidden), 1)
        types = flat(self.types(hidden), self.types.out_channels // self.per_cell)
        deltas = flat(self.deltas(hidden), 4)
        best = torch.topk(objectness[:, :, 0], min(self.count, len(anchors))).indices
        anchor = rows(anchors[None].expand(batch, -1, -1), best)
        return decoded(anchor, rows(deltas, best)), rows(torch.cat([objectness, types], 2), best)

    def forward(self, features):
        levels = [self.level(f, a) for f, a in zip(features, self.anchors)]
        boxes = torch.cat([boxes for boxes, _ in levels], 1)
        told = torch.cat([told for _, told in levels], 1)
        # Copies on different levels stay: each level suppresses its own.
        apart = torch.cat([torch.full_like(b[:, :, :1], 2.0 * i) for i, (b, _) in enumerate(levels)], 1)
        order = torch.argsort(told[:, :, 0].detach(), dim=1, descending=True)
        boxes, told, apart = rows(boxes, order), rows(told, order), rows(apart, order)
        stands = kept(boxes.detach() + apart)
        # The suppressed ones fill up, should there be too few others.
        place = torch.arange(boxes.shape[1], device=boxes.device).float()
        best = torch.topk(stands * 1e6 - place, self.count, dim=1).indices
        return rows(boxes, best), rows(told, best)


def decoded(anchors, deltas):
    """Boxes from anchors and deltas [.., 4], as R-CNN writes them; in the image."""
    size = anchors[..., 2:] - anchors[..., :2]
    centre = anchors[..., :2] + 0.5 * size + deltas[..., :2] * size
    half = 0.5 * size * torch.exp(deltas[..., 2:].clamp(max=LARGEST_STEP))
    return torch.cat([centre - half, centre + half], -1).clamp(0, 1)


# ---- the kinds


class FasterRcnn(nn.Module):
    def __init__(self, model, size, types, count, classes):
        super().__init__()
        self.body, self.fpn = model.backbone.body, model.backbone.fpn
        with torch.no_grad():
            features = list(self.pyramid(torch.zeros(1, 3, *size)).values())
            anchors = level_anchors(model.rpn.anchor_generator, features, size)
        head = model.rpn.head
        self.proposals = Proposals(
            head.conv, head.cls_logits, head.bbox_pred, features[0].shape[1], anchors, size, types, count
        )
        if classes:
            self.box_head, self.scores = model.roi_heads.box_head, model.roi_heads.box_predictor.cls_score
        pool = model.roi_heads.box_roi_pool
        self.cells, self.samples = pool.output_size[0], max(1, pool.sampling_ratio)
        self.size, self.classes = size, classes
        self.pooled = [i for i, name in enumerate(self.pyramid_names) if name in pool.featmap_names]
        self.pooled_sizes = [tuple(features[i].shape[2:]) for i in self.pooled]
        scales = [features[i].shape[3] / size[1] for i in self.pooled]
        self.levels = [round(-torch.log2(torch.tensor(s)).item()) for s in scales]

    def pyramid(self, images):
        features = self.fpn(self.body(images))
        self.__dict__["pyramid_names"] = list(features)
        return features

    def regions(self, maps, boxes):
        """RoIAlign as torchvision's MultiScaleRoIAlign: each box in the map that suits its size."""
        batch, count, side = boxes.shape[0], boxes.shape[1], self.cells * self.samples
        step = torch.arange(side, dtype=torch.float32, device=boxes.device) / side + 0.5 / side
        across = boxes[..., 0:1] + (boxes[..., 2:3] - boxes[..., 0:1]).clamp(min=1e-4) * step
        down = boxes[..., 1:2] + (boxes[..., 3:4] - boxes[..., 1:2]).clamp(min=1e-4) * step
        height, width = self.size
        area = (boxes[..., 2] - boxes[..., 0]) * width * (boxes[..., 3] - boxes[..., 1]) * height
        level = torch.floor(4 + torch.log2(area.clamp(min=1e-6).sqrt() / 224 + 1e-6))
        level = level.clamp(self.levels[0], self.levels[-1]) - self.levels[0]
        whole = 0
        for number, feature in enumerate(maps):
            rows_, columns = self.pooled_sizes[number]
            # torchvision counts from the cells' corners: half a cell beside grid_sample's places.
            x = (2 * across + 1 / columns - 1)[:, :, None, :].expand(-1, -1, side, -1)
            y = (2 * down + 1 / rows_ - 1)[:, :, :, None].expand(-1, -1, -1, side)
            grid = torch.stack([x, y], -1).reshape(batch, count * side, side, 2)
            seen = functional.grid_sample(
                feature, grid, padding_mode="border", align_corners=False
            )
            seen = functional.avg_pool2d(seen, self.samples)
            seen = seen.reshape(batch, -1, count, self.cells, self.cells).permute(0, 2, 1, 3, 4)
            whole = whole + seen * (level == number).float()[:, :, None, None, None]
        return whole.reshape(batch * count, -1, self.cells, self.cells)

    def forward(self, images):
        features = list(self.pyramid(images).values())
        boxes, told = self.proposals(features)
        if not self.classes:
            return (boxes, told, *maps_of(features, self.pooled))
        # Posteriors are a description of regions; no loss asks for them, so nothing flows back.
        maps = [features[i].detach() for i in self.pooled]
        scores = self.scores(self.box_head(self.regions(maps, boxes.detach())))
        scores = scores.reshape(boxes.shape[0], boxes.shape[1], -1)
        posteriors = probability_logits(scores)[:, :, self.classes]
        return (boxes, told, posteriors, *maps_of(features, self.pooled))


def maps_of(features, pooled):
    return [features[i] for i in pooled]


def level_anchors(generator, features, size):
    from torchvision.models.detection.image_list import ImageList

    images = ImageList(torch.zeros(1, 3, *size), [tuple(size)])
    anchors = generator(images, features)[0]
    counts = [
        f.shape[2] * f.shape[3] * a
        for f, a in zip(features, generator.num_anchors_per_location())
    ]
    return list(anchors.split(counts))


def faster_rcnn(options):
    import torchvision

    make = getattr(torchvision.models.detection, options.model)
    names, model = None, None
    if options.weights == "DEFAULT":
        weights = torchvision.models.get_model_weights(options.model).DEFAULT
        names = weights.meta["categories"]
        model = make(weights=weights)
    else:
        file = options.weights and torch.load(options.weights, map_location="cpu", weights_only=True)
        if options.classes:
            names = ["__background__", *lines(options.classes)]
        count = file["roi_heads.box_predictor.cls_score.bias"].numel() if file else len(names or []) or 91
        names = names or ["__background__", *(f"class {i}" for i in range(1, count))]
        model = make(weights=None, weights_backbone=None, num_classes=count)
        if file:
            model.load_state_dict(file)
    model.eval()
    classes = [i for i, name in enumerate(names) if name not in ("__background__", "N/A")]
    if options.no_posteriors:
        classes = []
    size = (options.size, options.size)
    if not options.weights:
        settle_norms(model.backbone, size)
    fold_norms(model.backbone), fold_norms(model.rpn), fold_norms(model.roi_heads)
    backbone = FasterRcnn(model, size, len(TYPES), options.proposals, classes)
    outputs = ["boxes", "entities", "classes"] if classes else ["boxes", "entities"]
    maps = [f"p{2**level}" for level in backbone.levels]
    if len(set(maps)) < len(maps):  # the MobileNet's maps are of one stride
        maps = [f"{name}{'ab'[maps[:i].count(name)]}" for i, name in enumerate(maps)]
    first = ("body.conv1.", "body.layer1.", "body.0.", "body.1.")  # of a ResNet, of a MobileNet
    names_of_weights = [name for name, _ in backbone.named_parameters()]
    frozen = [part for part in first if options.weights and any(n.startswith(part) for n in names_of_weights)]
    described = description(backbone, size, IMAGENET, outputs, maps, frozen)
    if classes:
        described["classes"] = [names[i] for i in classes]
    described["entityTypes"] = TYPES
    described["weights"]["trunk"] = ["body.", "fpn."] if options.weights else []
    described["origin"] = f"torchvision {torchvision.__version__}, {options.model}, {weights_of(options)}"
    if options.weights in (None, "DEFAULT"):
        described["licence"] = "BSD-3-Clause (torchvision)"
    return backbone, described


class TimmTrunk(nn.Module):
    def __init__(self, trunk, size, types, count):
        super().__init__()
        self.trunk = trunk
        with torch.no_grad():
            features = trunk(torch.zeros(1, 3, *size))
        # Large things are found on the coarsest map, small ones on the finest that is not huge.
        self.used = [i for i, f in enumerate(features) if 4 < size[1] // f.shape[3] or len(features) < 3]
        hidden = 128
        self.narrow = nn.ModuleList(nn.Conv2d(features[i].shape[1], hidden, 1) for i in self.used)
        anchors = [grid_anchors(features[i].shape[2:], size) for i in self.used]
        per_cell = anchors[0].shape[0] // (features[self.used[0]].shape[2] * features[self.used[0]].shape[3])
        convs = nn.Sequential(nn.Conv2d(hidden, hidden, 3, padding=1), nn.ReLU())
        objectness, deltas = nn.Conv2d(hidden, per_cell, 1), nn.Conv2d(hidden, 4 * per_cell, 1)
        for conv in (objectness, deltas):
            nn.init.normal_(conv.weight, std=0.01)
            nn.init.zeros_(conv.bias)
        self.proposals = Proposals(
            convs, objectness, deltas, hidden, anchors, size, types, count
        )

    def forward(self, images):
        features = self.trunk(images)
        narrow = [conv(features[i]) for conv, i in zip(self.narrow, self.used)]
        boxes, told = self.proposals(narrow)
        return (boxes, told, *features)


def grid_anchors(cells, size):
    """Three shapes in three sizes for each cell, from twice to eight times the cell's side."""
    rows_, columns = cells
    stride = size[1] / columns
    y, x = torch.meshgrid(torch.arange(rows_) + 0.5, torch.arange(columns) + 0.5, indexing="ij")
    centre = torch.stack([x * stride, y * size[0] / rows_], -1).reshape(-1, 1, 2)
    shapes = [
        [side * stride * shape**0.5, side * stride / shape**0.5]
        for side in (2, 4, 8)
        for shape in (0.5, 1, 2)
    ]
    half = torch.tensor(shapes)[None] / 2
    return torch.cat([centre - half, centre + half], -1).reshape(-1, 4)


def timm(options):
    import timm as library

    given = {"features_only": True, "pretrained": options.weights == "DEFAULT"}
    if options.weights and options.weights != "DEFAULT":
        given["checkpoint_path"] = options.weights
    size = (options.size, options.size)
    try:
        trunk = library.create_model(options.model, img_size=size, **given)
    except TypeError:  # convolutions take any size
        trunk = library.create_model(options.model, **given)
    trunk.eval()
    if not options.weights:
        settle_norms(trunk, size)
    config = trunk.default_cfg if hasattr(trunk, "default_cfg") else {}
    backbone = TimmTrunk(fold_norms(trunk), size, len(TYPES), options.proposals)
    with torch.no_grad():
        features = backbone.trunk(torch.zeros(1, 3, *size))
    names = [f"m{i}" for i in range(len(features))]
    pixels = {"mean": list(config.get("mean", IMAGENET["mean"])), "std": list(config.get("std", IMAGENET["std"]))}
    described = description(backbone, size, pixels, ["boxes", "entities"], names, [])
    described["entityTypes"] = TYPES
    described["weights"]["trunk"] = ["trunk."] if options.weights else []
    described["origin"] = f"timm {library.__version__}, {options.model}, {weights_of(options)}"
    if options.weights == "DEFAULT" and config.get("license"):
        described["licence"] = config["license"]
    elif not options.weights:
        described["licence"] = "Apache-2.0 (timm)"
    return backbone, described


SOFTMAX = ("detr", "table-transformer")  # whose last class is none; others have a sigmoid for each class


class Detr(nn.Module):
    def __init__(self, model, size):
        super().__init__()
        self.model, self.size = model, size

    def forward(self, images):
        out = self.model(pixel_values=images)
        centre, half = out.pred_boxes[..., :2], out.pred_boxes[..., 2:] / 2
        boxes = torch.cat([centre - half, centre + half], -1)
        posteriors = out.logits
        if self.model.config.model_type in SOFTMAX:
            posteriors = probability_logits(out.logits)[..., :-1]
        maps = out.encoder_last_hidden_state
        if not isinstance(maps, (list, tuple)):
            side = -(-self.size[0] // 32)
            if maps.shape[1] != side * side:
                raise SystemExit(
                    f"The encoder of a {self.model.config.model_type} gives no map of stride 32; take a DETR,"
                    " Conditional DETR, RT-DETR, D-FINE or DEIMv2."
                )
            maps = [maps.transpose(1, 2).reshape(images.shape[0], -1, side, side)]
        return (boxes, posteriors, out.last_hidden_state, *maps)


def detr(options):
    import transformers

    if options.weights == "random":
        config = transformers.AutoConfig.from_pretrained(options.model)
        model = transformers.AutoModelForObjectDetection.from_config(config)
    else:
        model = transformers.AutoModelForObjectDetection.from_pretrained(options.model)
    model.eval()
    size = (options.size, options.size)
    if options.weights == "random":
        settle_norms(Detr(model, size), size)
    fold_norms(model)
    backbone = Detr(model, size)
    with torch.no_grad():
        out = backbone(torch.zeros(1, 3, *size))
    pixels = normalisation(options.model)
    names = [f"m{i}" for i in range(len(out) - 3)]
    described = description(backbone, size, pixels, ["boxes", "classes", "queries"], names, [])
    labels = model.config.id2label
    described["classes"] = [labels.get(i, f"class {i}") for i in range(out[1].shape[2])]
    described["querySize"] = out[2].shape[2]
    trunks = [name + "." for name, _ in backbone.named_modules() if name.endswith("backbone")]
    described["weights"]["trunk"] = [] if options.weights == "random" else trunks
    folder = pathlib.Path(options.model)
    kind, weights = model.config.model_type, "random weights" if options.weights == "random" else "its weights"
    described["origin"] = f"transformers {transformers.__version__}, {kind} {folder.name}, {weights}"
    head = lines(folder / "README.md")[:100] if (folder / "README.md").is_file() else []
    told = [line.partition(":")[2].strip() for line in head if line.startswith("license:")]
    if told:
        described["licence"] = told[0]
    return backbone, described


def normalisation(model):
    """What the model's own processor takes from pixels in [0, 1] and divides them by."""
    import transformers

    try:
        processor = transformers.AutoImageProcessor.from_pretrained(model)
    except (OSError, ValueError):  # a folder with the configuration alone
        kind = transformers.AutoConfig.from_pretrained(model).model_type
        return IMAGENET if kind in SOFTMAX else {"mean": [0, 0, 0], "std": [1, 1, 1]}
    if not processor.do_normalize:
        return {"mean": [0, 0, 0], "std": [1, 1, 1]}
    return {"mean": list(processor.image_mean), "std": list(processor.image_std)}


# ---- the description, the graph, and whether they agree


def description(backbone, size, pixels, outputs, maps, frozen):
    with torch.no_grad():
        given = backbone(torch.zeros(1, 3, *size))[len(outputs) :]
    described = {
        name: {"stride": size[1] // m.shape[3], "channels": m.shape[1]} for name, m in zip(maps, given)
    }
    strides = [described[name]["stride"] for name in maps]
    if "entities" in outputs:
        for name in maps:
            described[name]["supervised"] = described[name]["stride"] in (16, 32)
    coarse = maps[strides.index(max(strides))]
    middle = maps[min(range(len(maps)), key=lambda i: abs(strides[i] - 16))]
    pools = [{"map": middle, "cells": 2}, {"map": coarse, "cells": 1}]
    pools.append({"map": coarse, "cells": 1, "enlarged": 1.6})
    return {
        "format": "torchscript",
        "input": {"width": size[1], "height": size[0], **pixels},
        "outputs": [*outputs, *maps],
        "maps": described,
        "regions": {"projection": 256, "pools": pools},
        "weights": {"trunk": [], "constant": frozen},
    }


def weights_of(options):
    if not options.weights:
        return "random weights"
    return "its published weights" if options.weights == "DEFAULT" else f"weights {pathlib.Path(options.weights).name}"


def lines(path):
    return [line.strip() for line in pathlib.Path(path).read_text("utf-8").splitlines() if line.strip()]


def untrained(backbone, size):
    """Names of weights that no output but the posteriors depends on."""
    torch.manual_seed(1)
    given = backbone(torch.rand(2, 3, *size))
    sum(out.square().sum() for out in given if out.requires_grad).backward()
    names = [name for name, weight in backbone.named_parameters() if weight.grad is None]
    backbone.zero_grad(set_to_none=True)
    return names


def export(backbone, described, out):
    size = (described["input"]["height"], described["input"]["width"])
    backbone.eval()
    buffers_to_constants(backbone)
    for weight in backbone.parameters():
        weight.requires_grad_(True)
    described["weights"]["constant"] += untrained(backbone, size)
    torch.manual_seed(2)
    one, two = torch.rand(1, 3, *size), torch.rand(2, 3, *size)
    with torch.no_grad():
        expected = backbone(two)
        graph = torch.jit.trace(backbone, one, check_trace=False)
        for name, made, wanted in zip(described["outputs"], graph(two), expected):
            if made.shape != wanted.shape or (made - wanted).abs().max() > 1e-2 * wanted.abs().max():
                raise SystemExit(f"The traced graph gives other {name} for two images than the model.")
    pathlib.Path(out).parent.mkdir(parents=True, exist_ok=True)
    graph.save(f"{out}.pt")
    pathlib.Path(f"{out}.json").write_text(json.dumps(described, indent=2) + "\n", "utf-8")
    weights = sum(weight.numel() for weight in backbone.parameters()) / 1e6
    print(f"Wrote {out}.pt ({weights:.1f} million weights) and {out}.json; outputs:")
    for name, made in zip(described["outputs"], expected):
        print(f"  {name:10} {list(made.shape[1:])}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, model, weights in [
        ("faster-rcnn", "a function of torchvision.models.detection", "a state_dict's file"),
        ("timm", "a name of timm", "a checkpoint's file"),
        ("detr", "a folder or name of transformers", "\"random\" takes the configuration alone"),
    ]:
        options = kinds.add_parser(kind)
        options.add_argument("--model", required=True, help=model)
        options.add_argument("--weights", help=f"{weights}, or DEFAULT; left out: random" if kind != "detr" else weights)
        options.add_argument("--classes", help="names of the classes without the background, one a line")
        if kind == "faster-rcnn":
            options.add_argument("--no-posteriors", action="store_true", help="leave out what the box head says")
        options.add_argument("--size", type=int, default=448, help="pixels along each side of the input")
        options.add_argument("--proposals", type=int, default=150, help="proposals of an image")
        options.add_argument("--seed", type=int, default=1, help="of random weights")
        options.add_argument("--origin", help="where the weights came from, for the description")
        options.add_argument("--licence", help="of the weights, for the description")
        options.add_argument("--out", required=True, help="where .pt and .json go, without an ending")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    backbone, described = {"faster-rcnn": faster_rcnn, "timm": timm, "detr": detr}[options.kind](options)
    for told in ("origin", "licence"):
        described[told] = getattr(options, told) or described.pop(told, None)
    described = {name: value for name, value in described.items() if value is not None}
    export(backbone, described, options.out)


if __name__ == "__main__":
    main()
