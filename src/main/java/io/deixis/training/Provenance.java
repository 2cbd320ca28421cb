package io.deixis.training;

import ai.djl.engine.Engine;
import io.deixis.dataset.DatasetCard;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.GraphOrigin;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.files.Sha256;
import io.deixis.training.work.StageResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The provenance that a bundle's manifest records. */
final class Provenance {

  private static final String LICENCE_UNKNOWN =
      "not known: nobody told the licence of the graph that the training started from";

  private final TrainingJob job;
  private final TrainingOrigin origin;

  /**
   * Prepares it.
   *
   * @param origin what the training was started by
   */
  Provenance(TrainingJob job, TrainingOrigin origin) {
    this.job = job;
    this.origin = origin;
  }

  /**
   * Returns the texts by name, in a fixed order.
   *
   * @param parts all that the stages left
   */
  Map<String, String> of(List<StageResult> parts) throws IOException {
    TorchEngine engine = TorchEngine.start(0);
    DatasetCard card = job.data().card();
    List<String> images = new ArrayList<>(job.training());
    images.addAll(job.heldOut());
    String start = Sha256.of(job.paths().start());
    Map<String, String> texts = new LinkedHashMap<>();
    GraphOrigin graph = origin.graph().or(GraphOrigin.of(job.paths().start(), start));
    texts.put("backbone", backbone(graph));
    texts.put(GraphOrigin.LICENCE, graph.licence().orElse(LICENCE_UNKNOWN));
    texts.put("phrase encoder", phraseEncoder(job.architecture().phraseEncoder()));
    texts.put("data", card.name());
    texts.put("data licence", card.licence());
    texts.put("data description", card.description());
    texts.put("data fingerprint", job.fingerprint(images));
    if (job.parent().isPresent()) {
      texts.putAll(of(job.parent().get()));
    }
    texts.put("start graph", start);
    texts.put("command", origin.command());
    texts.put("settings", job.settings().toString());
    texts.put(
        BundleManifest.SIBLINGS_LEFT_OUT,
        String.join(",", job.settings().head().withoutSiblings()));
    texts.put("device", job.device().toString());
    texts.put("threads", Integer.toString(engine.threads()));
    texts.put(
        "software",
        "%s, Java %s, DJL %s, PyTorch %s, %s %s"
            .formatted(
                origin.software(),
                System.getProperty("java.version"),
                Engine.getDjlVersion(),
                engine.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch")));
    for (StageResult part : parts) {
      String name = job.paths().work().relativize(part.file()).toString().replace('\\', '/');
      texts.put("part " + name, madeOf(part));
    }
    return texts;
  }

  private static Map<String, String> of(ParentBundle parent) throws IOException {
    BundleManifest manifest = parent.bundle().manifest();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "parent",
        "%s, version %s, SHA-256 of its manifest %s"
            .formatted(manifest.name(), manifest.version(), parent.hash()));
    texts.put("parent licence", manifest.licence());
    manifest
        .provenance()
        .forEach(
            (what, text) -> {
              if (what.startsWith("data") || what.startsWith("parent")) {
                texts.put("parent " + what, text);
              }
            });
    return texts;
  }

  private static String phraseEncoder(EncoderSpec encoder) {
    String name =
        encoder.equals(Architecture.STANDARD.phraseEncoder())
            ? "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0"
            : encoder.kind();
    return name + "; weights and tokenizer " + PhraseEncoder.fingerprint(encoder);
  }

  private String backbone(GraphOrigin graph) {
    boolean tuned =
        job.settings().proposals().images() > 0 || job.settings().joint().plan().epochs() > 0;
    String verb = tuned ? "fine-tuned from" : "the same as";
    return graph
        .text()
        .map(text -> verb + " " + text)
        .orElseGet(
            () ->
                "%s %s, whose origin is not stated"
                    .formatted(verb, job.paths().start().getFileName()));
  }

  private static String madeOf(StageResult part) {
    return part.origin()
        .map(
            noted ->
                "made here, threads %s: %s"
                    .formatted(
                        noted.threads(),
                        Stream.of(noted.parts(), noted.found())
                            .flatMap(known -> known.entrySet().stream())
                            // What the bundle is made of stands in its manifest.
                            .filter(of -> !of.getKey().equals("architecture"))
                            .map(of -> of.getKey() + " " + of.getValue())
                            .collect(Collectors.joining("; "))))
        .orElse("given by hand: it lay in the work folder without a note of how it was made");
  }

  /** Tells of parts that were made with another number of threads, which changes their bytes. */
  void warn(List<StageResult> parts) {
    String now = Integer.toString(TorchEngine.start(0).threads());
    for (StageResult part : parts) {
      part.origin()
          .map(StageResult.Origin::threads)
          .filter(threads -> !threads.equals(now))
          .ifPresent(
              threads ->
                  job.listener()
                      .onWarning(
                          "%s was made with %s threads, this run has %s; the same command with one number of threads throughout (deixis.engine.threads) gives other bytes."
                              .formatted(part.file(), threads, now)));
    }
  }
}
