package io.deixis.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphOriginTest {

  private static final Path SMALL = Path.of("models/deixis-small/backbone.pt");

  @TempDir private Path folder;
  private Path graph;

  @BeforeEach
  void writeGraph() throws IOException {
    graph = Files.writeString(folder.resolve("detector.pt"), "graph");
  }

  private GraphOrigin origin() throws IOException {
    return GraphOrigin.of(graph, Sha256.of(graph));
  }

  @Test
  void nothingIsTakenForGrantedOfAGraphByItself() throws IOException {
    assertThat(origin()).isEqualTo(GraphOrigin.UNKNOWN);
    Files.writeString(folder.resolve("detector.json"), "{\"format\": \"torchscript\"}");
    assertThat(origin()).isEqualTo(GraphOrigin.UNKNOWN);
    Files.writeString(folder.resolve("detector.json"), "no description");
    assertThat(origin()).isEqualTo(GraphOrigin.UNKNOWN);
  }

  @Test
  void theDescriptionBesideAGraphTells() throws IOException {
    Files.writeString(
        folder.resolve("detector.json"),
        "{\"origin\": \"torchvision 0.22,\\u001b their weights\", \"licence\": \"BSD-3-Clause\"}");

    assertThat(origin().text()).hasValue("torchvision 0.22,  their weights");
    assertThat(origin().licence()).hasValue("BSD-3-Clause");
  }

  @Test
  void theManifestOfItsBundleTells() throws IOException {
    GraphOrigin small = GraphOrigin.of(SMALL, Sha256.of(SMALL));

    assertThat(small.text().orElseThrow()).startsWith("that of deixis-small, version ");
    assertThat(small.licence()).hasValue("Apache-2.0");
    assertThat(GraphOrigin.of(SMALL, "another one's")).isEqualTo(GraphOrigin.UNKNOWN);
  }

  @Test
  void whatIsSaidComesFirst() {
    GraphOrigin said = new GraphOrigin(Optional.of("mine"), Optional.of(" "));
    GraphOrigin described = new GraphOrigin(Optional.of("theirs"), Optional.of("MIT"));

    assertThat(said.or(described))
        .isEqualTo(new GraphOrigin(Optional.of("mine"), Optional.of("MIT")));
  }

  private Architecture described(String more) throws IOException {
    Files.writeString(
        folder.resolve("detector.json"),
        """
        {"format": "torchscript", %s
         "input": {"width": 32, "height": 32}, "outputs": ["boxes", "m"],
         "maps": {"m": {"stride": 16, "channels": 8}},
         "regions": {"projection": 4, "pools": [{"map": "m", "cells": 1}]}}
        """
            .formatted(more));
    return Architecture.startingFrom(graph);
  }

  @Test
  void aDescriptionWithOriginAndLicenceIsOneOfABackbone() throws IOException {
    Architecture described = described("\"origin\": \"mine\", \"licence\": \"MIT\",");

    assertThat(described.backbone().outputs()).contains("m");
    assertThat(described.phraseEncoder()).isEqualTo(Architecture.STANDARD.phraseEncoder());
  }

  @Test
  void aDescriptionMayNameThePhraseEncoder() throws IOException {
    String own = "\"phraseEncoder\": {\"kind\": \"own\", \"dimension\": 16},";

    assertThat(described(own).phraseEncoder()).isEqualTo(new EncoderSpec("own", 16));
  }
}
