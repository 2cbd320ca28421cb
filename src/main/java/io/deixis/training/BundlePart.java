package io.deixis.training;

import io.deixis.dataset.DatasetCard;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.EvaluationFolder;
import io.deixis.engine.bundle.GraphOrigin;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.evaluation.Tuning;
import io.deixis.files.AtomicFile;
import io.deixis.files.AtomicFileSet;
import io.deixis.grounding.ModelDescription;
import io.deixis.metrics.Calibration;
import io.deixis.runlog.MetricsTable;
import io.deixis.runlog.RunLog;
import io.deixis.training.proposals.GraphArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the bundle: the weights with calibration, thresholds and provenance. */
final class BundlePart {

  private final TrainingJob job;
  private final Map<String, String> provenance;

  /**
   * Prepares the part.
   *
   * @param job the training
   * @param provenance texts of the manifest, by name
   */
  BundlePart(TrainingJob job, Map<String, String> provenance) {
    this.job = job;
    this.provenance = provenance;
  }

  /**
   * Tunes a draft in the work folder, so that no bundle is seen before it is whole, and writes the
   * bundle.
   *
   * @param files the bundle's files, in the work folder by the names that the bundle gives them
   */
  ModelBundle run(List<Path> files) throws IOException {
    Path draft = job.work("draft");
    assemble(files, draft);
    addGraphs(draft);
    ModelBundle.seal(draft, manifest(Calibration.IDENTITY, Map.of(), Map.of()));
    Tuning tuning;
    try (GroundingModel model = GroundingModel.load(ModelBundle.open(draft), job.device())) {
      tuning = Tuning.of(new LocalCandidates(model), job.data(), job.heldOut(), job.listener());
    }
    ModelBundle.seal(draft, manifest(tuning.calibration(), thresholds(tuning), metrics(tuning)));
    Path bundle = job.paths().bundle();
    publish(files, draft, bundle);
    ModelBundle.seal(bundle, ModelBundle.readManifest(draft)); // with its documents
    return ModelBundle.open(bundle);
  }

  /** Copies backbone and heads to the draft's folder, in the precision that they are kept in. */
  private void assemble(List<Path> files, Path draft) throws IOException {
    Files.deleteIfExists(draft.resolve(ModelBundle.MANIFEST));
    BackboneSpec spec = job.architecture().backbone();
    for (Path file : files) {
      Path copy = draft.resolve(file.getFileName());
      if (file.endsWith(ModelBundle.BACKBONE) && !spec.weights().half().isEmpty()) {
        GraphArchive.write(spec, file, job.device(), Map.of(), copy);
      } else {
        AtomicFile.copy(file, copy);
      }
    }
    deleteFurtherHeads(files, draft);
  }

  /** Copies the graphs for ONNX Runtime: those of the start, since they hold no trained weights. */
  private void addGraphs(Path draft) throws IOException {
    deleteGraphs(draft, Set.of());
    Path start = job.paths().start();
    for (Path graph : BackboneRuntime.graphsBeside(start)) {
      String name = graph.getFileName().toString();
      String suffix = name.substring(start.getFileName().toString().lastIndexOf('.'));
      String stem = ModelBundle.BACKBONE.substring(0, ModelBundle.BACKBONE.lastIndexOf('.'));
      AtomicFile.copy(graph, draft.resolve(stem + suffix));
    }
  }

  private static void deleteGraphs(Path folder, Set<String> unless) throws IOException {
    for (Path graph : BackboneRuntime.graphsBeside(folder.resolve(ModelBundle.BACKBONE))) {
      if (!unless.contains(graph.getFileName().toString())) {
        Files.delete(graph);
      }
    }
  }

  /**
   * Copies the sealed draft to the bundle's folder. A bundle that was there before stays as it was
   * until there is room for all of the new one.
   */
  private void publish(List<Path> files, Path draft, Path bundle) throws IOException {
    List<String> curves = curves();
    Set<String> graphs =
        BackboneRuntime.graphsBeside(draft.resolve(ModelBundle.BACKBONE)).stream()
            .map(graph -> graph.getFileName().toString())
            .collect(Collectors.toSet());
    try (AtomicFileSet replacement = new AtomicFileSet(bundle)) {
      for (Path file : files) {
        copy(file.getFileName().toString(), draft, replacement);
      }
      if (!curves.isEmpty()) {
        Path file = bundle.relativize(EvaluationFolder.of(bundle).training());
        replacement.add(file.toString(), partial -> Files.write(partial, curves));
      }
      for (String graph : graphs) {
        copy(graph, draft, replacement);
      }
      copy(ModelBundle.MANIFEST, draft, replacement);
      // Between the first file's move and the last one's the folder is no bundle.
      Files.deleteIfExists(bundle.resolve(ModelBundle.MANIFEST));
      replacement.commit();
    }
    deleteFurtherHeads(files, bundle);
    deleteGraphs(bundle, graphs);
  }

  private List<String> curves() throws IOException {
    Path metrics = job.work(RunLog.METRICS);
    return Files.exists(metrics)
        ? MetricsTable.parse(Files.readAllLines(metrics)).summary()
        : List.of();
  }

  private static void copy(String name, Path draft, AtomicFileSet replacement) throws IOException {
    replacement.add(
        name,
        partial -> Files.copy(draft.resolve(name), partial, StandardCopyOption.REPLACE_EXISTING));
  }

  /** Deletes the heads of a larger ensemble that was there before. */
  private static void deleteFurtherHeads(List<Path> files, Path folder) throws IOException {
    for (int member = files.size() - 1;
        Files.deleteIfExists(folder.resolve(ModelBundle.head(member)));
        member++) {
      // as long as there is one
    }
  }

  private static Map<String, Double> thresholds(Tuning tuning) {
    Map<String, Double> thresholds = new LinkedHashMap<>();
    thresholds.put(ModelDescription.BEST, tuning.best().threshold());
    thresholds.put(ModelDescription.UNSURE, tuning.unsure().from());
    thresholds.put("default", 0.5);
    return thresholds;
  }

  private static Map<String, Double> metrics(Tuning tuning) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("held-out precision", tuning.best().matrix().precision());
    metrics.put("held-out recall", tuning.best().matrix().recall());
    metrics.put("held-out f1", tuning.best().matrix().f1());
    metrics.put("held-out absence auroc", tuning.absence());
    return metrics;
  }

  private String parent(String sentence, Function<BundleManifest, String> of) {
    return job.parent()
        .map(parent -> sentence.formatted(of.apply(parent.bundle().manifest())))
        .orElse("");
  }

  private BundleManifest manifest(
      Calibration calibration, Map<String, Double> thresholds, Map<String, Double> metrics) {
    DatasetCard card = job.data().card();
    return new BundleManifest(
        BundleManifest.SCHEMA,
        job.paths().name(),
        job.settings().version(),
        "Proposals and region features of a backbone, matched with phrases as %s reads them; trained on %s%s."
            .formatted(
                job.architecture().phraseEncoder().kind(),
                card.name(),
                parent("; went on from %s", BundleManifest::name)),
        "%s; trained on %s: %s"
                .formatted(provenance.get(GraphOrigin.LICENCE), card.name(), card.licence())
            + parent("; went on from weights under %s", BundleManifest::licence),
        Map.of(),
        job.architecture(),
        null,
        calibration,
        thresholds,
        metrics,
        provenance);
  }
}
