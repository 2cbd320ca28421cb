package io.deixis.engine.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.deixis.engine.phrase.HashedWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A backbone of random weights that is unlike the bundled one in everything that a description
 * tells: two convolutions on images of 96x64 pixels with ImageNet's normalisation, one proposal for
 * each cell of a 6x4 grid, objectness without entity types, neither query vectors nor classes.
 */
public final class SmallConvolution {

  /** Proposals of an image. */
  public static final int PROPOSALS = 24;

  private static final int COLUMNS = 6;
  private static final int ROWS = 4;
  private static final int FINE = 12;
  private static final int COARSE = 16;

  private static final String CODE =
      """
      class Small(Module):
        __parameters__ = ["anchors", "w1", "b1", "w2", "b2", "w3", "b3", ]
        __buffers__ = []
        training : bool
        anchors : Tensor
        w1 : Tensor
        b1 : Tensor
        w2 : Tensor
        b2 : Tensor
        w3 : Tensor
        b3 : Tensor
        def forward(self: __torch__.Small,
          x: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
          fine = torch.relu(torch.conv2d(x, self.w1, self.b1, [4, 4], [0, 0], [1, 1], 1))
          coarse = torch.relu(torch.conv2d(fine, self.w2, self.b2, [2, 2], [0, 0], [1, 1], 1))
          cells = torch.avg_pool2d(coarse, [2, 2])
          told = torch.conv2d(cells, self.w3, self.b3, [1, 1], [0, 0], [1, 1], 1)
          rows = torch.permute(torch.reshape(told, [-1, 5, 24]), [0, 2, 1])
          share = torch.sigmoid(torch.slice(rows, 2, 0, 4))
          shift = torch.mul(torch.sub(torch.slice(share, 2, 0, 2), 0.5), 0.5)
          centre = torch.add(torch.slice(self.anchors, 1, 0, 2), shift)
          size = torch.mul(torch.slice(self.anchors, 1, 2, 4), torch.slice(share, 2, 2, 4))
          boxes = torch.cat([torch.sub(centre, size), torch.add(centre, size)], 2)
          return (coarse, boxes, torch.slice(rows, 2, 4, 5), fine)
      """;

  private static final String DESCRIPTION =
      """
      {
        "format": "torchscript",
        "input": {
          "width": 96, "height": 64, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]
        },
        "outputs": ["coarse", "boxes", "entities", "fine"],
        "maps": {
          "fine": {"stride": 4, "channels": 12},
          "coarse": {"stride": 8, "channels": 16}
        },
        "regions": {
          "projection": 20,
          "pools": [
            {"map": "fine", "cells": 2},
            {"map": "coarse", "cells": 1},
            {"map": "coarse", "cells": 1, "enlarged": 2}
          ]
        },
        "weights": {"trunk": ["w1", "b1", "w2", "b2"], "constant": ["anchors"]}
      }
      """;

  private SmallConvolution() {}

  /** Writes {@code NAME.pt} and its description {@code NAME.json}; returns the graph's file. */
  public static Path write(Path folder, String name) throws IOException {
    return write(folder, name, "");
  }

  /** The same, to be trained with an encoder of phrases that takes no time. */
  public static Path writeWithHashedWords(Path folder, String name) throws IOException {
    return write(
        folder,
        name,
        "\"phraseEncoder\": {\"kind\": \"%s\", \"dimension\": %d},"
            .formatted(HashedWords.SPEC.kind(), HashedWords.SPEC.dimension()));
  }

  private static Path write(Path folder, String name, String more) throws IOException {
    Random random = new Random(5);
    List<TorchScriptArchive.Weight> weights = new ArrayList<>();
    weights.add(new TorchScriptArchive.Weight("anchors", 0, anchors(), PROPOSALS, 4));
    layer(weights, random, "1", FINE, 3, 4);
    layer(weights, random, "2", COARSE, FINE, 2);
    layer(weights, random, "3", 5, COARSE, 1);
    Path graph = folder.resolve(name + ".pt");
    TorchScriptArchive.write(graph, "Small", CODE, weights);
    Files.writeString(
        folder.resolve(name + ".json"), DESCRIPTION.replaceFirst("\\{", "{" + more), UTF_8);
    return graph;
  }

  /** Centre and half size of the largest box of each cell. */
  private static float[] anchors() {
    float[] anchors = new float[PROPOSALS * 4];
    for (int i = 0; i < PROPOSALS; i++) {
      anchors[i * 4] = (i % COLUMNS + .5f) / COLUMNS;
      anchors[i * 4 + 1] = (i / COLUMNS + .5f) / ROWS;
      anchors[i * 4 + 2] = .4f;
      anchors[i * 4 + 3] = .4f;
    }
    return anchors;
  }

  private static void layer(
      List<TorchScriptArchive.Weight> weights,
      Random random,
      String name,
      int out,
      int in,
      int kernel) {
    float[] values = new float[out * in * kernel * kernel];
    double deviation = Math.sqrt(2.0 / (in * kernel * kernel));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    int next = weights.size();
    weights.add(new TorchScriptArchive.Weight("w" + name, next, values, out, in, kernel, kernel));
    weights.add(new TorchScriptArchive.Weight("b" + name, next + 1, new float[out], out));
  }
}
