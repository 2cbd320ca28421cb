"""Checks backbone.py against the models' own libraries, with random weights: python test_backbone.py [KIND…]"""

import json
import pathlib
import subprocess
import sys
import tempfile

import torch

import backbone

HERE = pathlib.Path(__file__).parent


def exported(folder, *arguments):
    subprocess.run(
        [sys.executable, HERE / "backbone.py", *arguments, "--out", f"{folder}/made"], check=True
    )
    described = json.loads(pathlib.Path(folder, "made.json").read_text())
    graph = torch.jit.load(f"{folder}/made.pt")
    assert not list(graph.buffers()), "a buffer would be taken for a weight"
    images = torch.rand(2, 3, described["input"]["height"], described["input"]["width"])
    out = dict(zip(described["outputs"], graph(images)))
    assert out["boxes"].shape[2] == 4 and out["boxes"].requires_grad
    for name, told in described["maps"].items():
        assert out[name].shape[1] == told["channels"], name
        # Through random weights without statistics a signal is 1e-8 at the end.
        assert 1e-3 < out[name].std() < 1000, f"the map {name} spreads by {out[name].std()}"
        assert out[name].shape[3] == described["input"]["width"] // told["stride"], name
    names = {name for name, _ in graph.named_parameters()}
    assert all(any(part in name for name in names) for part in described["weights"]["constant"])
    assert all(any(n.startswith(start) for n in names) for start in described["weights"]["trunk"])
    return described, out


def random_norms(model):
    for part in model.modules():
        if getattr(part, "running_var", None) is not None:
            part.running_var.uniform_(0.5, 2)
            part.running_mean.normal_(0, 0.1)
    return model


def faster_rcnn():
    import torchvision

    for name in ["fasterrcnn_resnet50_fpn", "fasterrcnn_resnet50_fpn_v2", "fasterrcnn_mobilenet_v3_large_fpn"]:
        torch.manual_seed(3)
        model = getattr(torchvision.models.detection, name)(weights=None, weights_backbone=None, num_classes=6)
        random_norms(model).eval()
        torch.nn.init.normal_(model.rpn.head.cls_logits.weight, std=0.1)
        size = (224, 224)
        images = torch.rand(1, 3, *size)
        with torch.no_grad():
            features = model.backbone(images)
            listed = torchvision.models.detection.image_list.ImageList(images, [size])
            # torchvision keeps a thousand of each level; with as many as here the rest agrees.
            model.rpn._pre_nms_top_n = {"training": 40, "testing": 40}
            model.rpn._post_nms_top_n = {"training": 40, "testing": 40}
            model.rpn.score_thresh, model.rpn.min_size = -1.0, 0.0
            wanted = model.rpn(listed, features)[0][0] / 224
            pooled = model.roi_heads.box_roi_pool(features, [wanted * 224], [size])
            scores = model.roi_heads.box_predictor(model.roi_heads.box_head(pooled))[0].softmax(-1)
        for part in (model.backbone, model.rpn, model.roi_heads):
            backbone.fold_norms(part)
        made = backbone.FasterRcnn(model, size, 8, 40, [1, 2, 3, 4, 5]).eval()
        with torch.no_grad():
            boxes, told, posteriors = made(images)[:3]
            count = min(len(wanted), 20)
            difference = (boxes[0, :count] - wanted[:count]).abs().max()
            assert difference < 1e-4, f"{name}: proposals differ by {difference}"
            maps = [list(made.pyramid(images).values())[i] for i in made.pooled]
            region = made.regions(maps, wanted[None, :count])
            difference = (region - pooled[:count]).abs().max() / pooled.abs().max()
            assert difference < 1e-3, f"{name}: RoIAlign differs by {difference}"
            difference = (posteriors[0, :count].sigmoid() - scores[:count, 1:]).abs().max()
            assert difference < 1e-3, f"{name}: posteriors differ by {difference}"
        print(name, "agrees with torchvision")
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["--model", "fasterrcnn_mobilenet_v3_large_320_fpn", "--size", "192", "--proposals", "30"]
        described, out = exported(folder, "faster-rcnn", *arguments)
        assert described["outputs"][:3] == ["boxes", "entities", "classes"]
        assert out["classes"].shape[2] == len(described["classes"])
        assert not described["weights"]["trunk"], "a trunk of random weights learns as fast as the rest"
        weights = f"{folder}/weights.pth"
        make = getattr(torchvision.models.detection, arguments[1])
        model = make(weights=None, weights_backbone=None, num_classes=4).eval()
        backbone.settle_norms(model.backbone, (192, 192))
        torch.save(model.state_dict(), weights)
        described, _ = exported(folder, "faster-rcnn", *arguments, "--weights", weights)
        assert described["weights"]["trunk"] and len(described["classes"]) == 3


def timm():
    import timm as library

    for name in ["resnet10t", "convnext_atto", "vit_tiny_patch16_224", "tf_efficientnet_lite0"]:
        plain = random_norms(library.create_model(name, features_only=True)).eval()
        images = torch.rand(1, 3, 224, 224)
        with torch.no_grad():
            wanted = plain(images)
            made = backbone.fold_norms(plain)(images)
        for one, other in zip(made, wanted):
            assert (one - other).abs().max() < 1e-3 * other.abs().max(), name
        with tempfile.TemporaryDirectory() as folder:
            exported(folder, "timm", "--model", name, "--size", "224", "--proposals", "40")
        print(name, "keeps its maps")


def detr():
    import transformers

    small = {
        "detr": transformers.DetrConfig(
            use_timm_backbone=False, use_pretrained_backbone=False, backbone=None, num_queries=20,
            backbone_config=transformers.ResNetConfig(
                depths=[1, 1, 1, 1], hidden_sizes=[8, 16, 24, 32], embedding_size=8, out_features=["stage4"]
            ),
            d_model=32, encoder_layers=1, decoder_layers=1, encoder_ffn_dim=32, decoder_ffn_dim=32,
            encoder_attention_heads=2, decoder_attention_heads=2,
        ),
        "rt_detr": transformers.RTDetrConfig(num_queries=20, d_model=32, encoder_hidden_dim=32,
            encoder_ffn_dim=32, decoder_ffn_dim=32, decoder_layers=1, decoder_attention_heads=2,
            encoder_attention_heads=2, encoder_in_channels=[16, 24, 32], decoder_in_channels=[32, 32, 32],
            backbone_config=transformers.RTDetrResNetConfig(
                depths=[1, 1, 1, 1], hidden_sizes=[8, 16, 24, 32], embedding_size=8,
                out_features=["stage2", "stage3", "stage4"])),
    }  # fmt: skip
    for name, config in small.items():
        with tempfile.TemporaryDirectory() as folder:
            config.save_pretrained(folder)
            described, _ = exported(
                folder, "detr", "--model", folder, "--weights", "random", "--size", "224"
            )
            assert described["querySize"] > 0
        print(name, "is exported")


if __name__ == "__main__":
    kinds = {"faster-rcnn": faster_rcnn, "timm": timm, "detr": detr}
    for kind in sys.argv[1:] or kinds:
        kinds[kind]()
