package io.deixis.service;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Folders of evaluations and trainings, and thresholds, are configured. */
public class StudyProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      Path folder = Files.createTempDirectory("deixis-study");
      StudyFolders.writeEvaluations(folder.resolve("evaluations"));
      StudyFolders.writeTrainings(folder.resolve("training"));
      return Map.of(
          "deixis.evaluations.directory",
          folder.resolve("evaluations").toString(),
          "deixis.training.directory",
          folder.resolve("training").toString(),
          "deixis.thresholds.all",
          "0.3",
          "deixis.thresholds.types.people",
          "0.99",
          "deixis.thresholds.types.clothing",
          "0.02");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
