#!/usr/bin/env python3
"""Makes the ONNX graphs that answer as a TorchScript backbone does, without its weights.

    python onnx_graph.py --graph backbone.pt --detector published.onnx --names backbone-to-onnx.tsv

writes backbone.onnx beside backbone.pt and, if the graph has a trunk beside the detector (see trunk.py; with
--trunk efficientnet-lite2.safetensors), backbone-trunk.onnx, and prints how far both engines differ. ONNX
Runtime runs the graphs on a CPU in half of libtorch's time, side by side.

Every weight is an external tensor that has its name in the TorchScript graph, and no file: whoever
loads the graph gives it the weights by name. So a graph is made once for an architecture, and holds
for whatever weights training gives it.

The detector is DEIMv2-Femto as its authors published it (ONNX, Apache-2.0). A graph with two encoders,
one for the maps and a tuned one for the proposals, gets the nodes between its map of stride 16 and
its queries twice. Needs torch 2.7, onnx, onnxruntime and safetensors.
"""

import argparse
import csv
import io
import pathlib

import numpy
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors import safe_open

SIZE = (416, 416)  # height and width of the input
PROPOSALS = ["boxes", "class_logits", "queries"]
MAPS = ["f8", "f16", "p16", "p32"]
TRUNK = ["t16", "t32", "imagenet"]
CALLED = {"class_logits": "classes"}  # in bundle.json
GRAPH_OUTPUTS = ["boxes", "classes", "queries", *MAPS, "entities", *TRUNK]
SHARED = "f16"  # where the two encoders part
# Tensors of the TorchScript graph that no training changes.
CONSTANT = ("Expand_output_0", "Mul_2371", "Identity_1215", "model_encoder_Constant_output_0")


def ancestors(graph, outputs, stop=()):
    """The nodes that outputs need, in the graph's order."""
    makes = {out: node for node in graph.node for out in node.output}
    needed, seen, wanted = set(), set(), list(outputs)
    while wanted:
        name = wanted.pop()
        if name in seen or name in stop or name not in makes:
            continue
        seen.add(name)
        node = makes[name]
        needed.add(node.output[0])
        wanted += node.input
    return [node for node in graph.node if node.output[0] in needed]


def copied(nodes, initializers, prefix, weights, keep):
    """Nodes with their own copy of every tensor, and the initializers that they use.

    prefix: of the names of copies
    weights: name of an initializer to that of its weight; others stay constants of the graph
    keep: names of results that keep them
    """
    made = {out for node in nodes for out in node.output}
    tensors = {}

    def renamed(name):
        if name in made:
            return name if name in keep else prefix + name
        if name not in initializers:
            return name
        if name not in tensors:
            tensors[name] = TensorProto()
            tensors[name].CopyFrom(initializers[name])
            tensors[name].name = weights.get(name, prefix + name)
        return tensors[name].name

    copies = []
    for node in nodes:
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        copy.name = prefix + node.name
        copy.input[:] = [renamed(name) for name in node.input]
        copy.output[:] = [renamed(name) for name in node.output]
        copies.append(copy)
    return copies, list(tensors.values())


def without_weights(model, weights):
    """Marks weights as external; who loads the graph gives them."""
    for tensor in model.graph.initializer:
        if tensor.name in weights:
            name, shape = tensor.name, list(weights[tensor.name].shape)
            assert list(tensor.dims) == shape, name
            tensor.Clear()
            tensor.name, tensor.data_type = name, TensorProto.FLOAT
            tensor.dims.extend(shape)
            tensor.data_location = TensorProto.EXTERNAL
            size = 4 * int(numpy.prod(shape))
            for key, value in (("location", "weights"), ("offset", 0), ("length", size)):
                tensor.external_data.add(key=key, value=str(value))
    return model


def detector(published, names, weights, prefix):
    """The detector's graph, with one encoder or two, and entity logits if it has them."""
    graph = published.graph
    initializers = {tensor.name: tensor for tensor in graph.initializer}
    initializer_of = {row[0].split(".", 1)[1]: row[2] for row in names}

    def weights_of(part):
        return {
            initializer_of[name[len(part) :]]: name
            for name in weights
            if name.startswith(part) and not any(word in name for word in CONSTANT)
        }

    maps, proposals = prefix + "b.", prefix + "n."
    if any(name.startswith(maps) for name in weights):
        of_maps, of_proposals = ancestors(graph, MAPS), ancestors(graph, PROPOSALS, stop=[SHARED])
        nodes, tensors = copied(of_maps, initializers, "b/", weights_of(maps), MAPS)
        more = copied(of_proposals, initializers, "n/", weights_of(proposals), PROPOSALS)
        nodes, tensors = nodes + more[0], tensors + more[1]
    else:
        everything = MAPS + PROPOSALS
        nodes, tensors = copied(graph.node, initializers, "n/", weights_of(proposals), everything)
    outputs = PROPOSALS + MAPS
    if prefix + "ent.weight" in weights:
        more = entities(prefix, weights[prefix + "ent.weight"])
        nodes, tensors, outputs = nodes + more[0], tensors + more[1], outputs + ["entities"]
    return model("detector", nodes, outputs, tensors)


def entities(prefix, weight):
    """A linear layer on the queries; the best class counts towards objectness."""
    tensors = [
        numpy_helper.from_array(weight.numpy(), prefix + "ent.weight"),
        numpy_helper.from_array(weight.numpy()[:, 0].copy(), prefix + "ent.bias"),
        numpy_helper.from_array(numpy.array([1, len(weight) - 1]), "ent/sizes"),
    ]
    nodes = [
        helper.make_node("Transpose", [prefix + "ent.weight"], ["ent/weight"], perm=[1, 0]),
        helper.make_node("MatMul", ["queries", "ent/weight"], ["ent/product"]),
        helper.make_node("Add", ["ent/product", prefix + "ent.bias"], ["ent/logits"]),
        helper.make_node("Split", ["ent/logits", "ent/sizes"], ["ent/object", "ent/types"], axis=2),
        helper.make_node("ReduceMax", ["class_logits"], ["ent/best"], axes=[-1], keepdims=1),
        helper.make_node("Add", ["ent/object", "ent/best"], ["ent/objectness"]),
        helper.make_node("Concat", ["ent/objectness", "ent/types"], ["entities"], axis=2),
    ]
    return nodes, tensors


def trunk(module, prefix):
    """The trunk's graph; its weights are called as in the TorchScript graph."""
    written = io.BytesIO()
    torch.onnx.export(
        module,
        torch.rand(1, 3, *SIZE),
        written,
        input_names=["images"],
        output_names=TRUNK,
        dynamic_axes={name: {0: "N"} for name in ["images"] + TRUNK},
        opset_version=17,
        dynamo=False,
    )
    graph = onnx.load_from_string(written.getvalue()).graph
    fold_padding(graph, module)
    initializers = {tensor.name: tensor for tensor in graph.initializer}
    named = {name: prefix + name for name, _ in module.named_parameters()}
    nodes, tensors = copied(ancestors(graph, TRUNK), initializers, "trunk/", named, TRUNK)
    return model("trunk", nodes, TRUNK, tensors)


def fold_padding(graph, module):
    """Gives each convolution the padding before it, which else moves its input once more."""
    pads = [node for node in graph.node if node.op_type == "Pad"]
    amounts = [module.pad] + [block.pad for block in module.blocks]
    for pad, (left, right, top, bottom) in zip(pads, amounts, strict=True):
        (conv,) = [node for node in graph.node if pad.output[0] in node.input]
        given = next(value for value in conv.attribute if value.name == "pads")
        assert conv.op_type == "Conv" and not any(given.ints)
        conv.input[0] = pad.input[0]
        given.ints[:] = [top, left, bottom, right]
        graph.node.remove(pad)


def model(name, nodes, outputs, tensors):
    """A model of nodes, its outputs called as bundle.json calls them."""
    for node in nodes:
        node.input[:] = [CALLED.get(value, value) for value in node.input]
        node.output[:] = [CALLED.get(value, value) for value in node.output]
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", 3, *SIZE])
    given = [
        helper.make_tensor_value_info(CALLED.get(out, out), TensorProto.FLOAT, None)
        for out in outputs
    ]
    graph = helper.make_graph(nodes, name, [images], given, tensors)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="deixis"
    )


def session(path, weights):
    """The graph with its weights, as an application loads it."""
    external = [
        tensor.name
        for tensor in onnx.load(path, load_external_data=False).graph.initializer
        if tensor.data_location == TensorProto.EXTERNAL
    ]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(weights[name].numpy()) for name in external]
    options.add_external_initializers(external, values)
    return onnxruntime.InferenceSession(pathlib.Path(path).read_bytes(), options)


def check(graph, paths, weights):
    """Prints how far the engines differ, for one image and for three."""
    torch.manual_seed(7)
    for images in (torch.rand(1, 3, *SIZE), torch.rand(3, 3, *SIZE)):
        with torch.no_grad():
            expected = graph(images)
        given = {}
        for path in paths:
            running = session(path, weights)
            values = running.run(None, {"images": images.numpy()})
            given.update(zip([out.name for out in running.get_outputs()], values))
        for name, value in zip(GRAPH_OUTPUTS, expected):
            print(len(images), name, tuple(value.shape), numpy.abs(given[name] - value.numpy()).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--graph", required=True, help="TorchScript graph of the backbone")
    parser.add_argument("--detector", required=True, help="the detector as published, in ONNX")
    parser.add_argument("--names", required=True, help="pairs the names of its weights, TSV")
    parser.add_argument("--trunk", help="safetensors of the trunk, if the graph has one")
    options = parser.parse_args()
    graph = torch.jit.load(options.graph).eval()
    weights = {name: value.detach() for name, value in graph.named_parameters()}
    composite = any(name.startswith("trunk.") for name in weights)
    with open(options.names) as file:
        names = [row for row in csv.reader(file, delimiter="\t") if not row[0].startswith("#")]
    published = onnx.load(options.detector)
    models = {".onnx": detector(published, names, weights, "detector." * composite)}
    if composite:
        from trunk import Trunk

        with safe_open(options.trunk, "pt") as file:
            tensors = {name: file.get_tensor(name).float() for name in file.keys()}
        models["-trunk.onnx"] = trunk(Trunk(tensors).eval(), "trunk.")
    stem = options.graph.removesuffix(".pt")
    for ending, made in models.items():
        bare = without_weights(made, weights).SerializeToString()
        pathlib.Path(stem + ending).write_bytes(bare)
    check(graph, [stem + ending for ending in models], weights)


if __name__ == "__main__":
    main()
