package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.SmallDataset;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"11.0.2, FAILED", "17, OK", "25.0.1, OK"})
  void needsJavaSeventeen(String version, Finding.State state) {
    assertThat(Checks.java(Runtime.Version.parse(version)).state()).isEqualTo(state);
  }

  @Test
  void namesThePlatform() {
    assertThat(Checks.java(Runtime.version()).detail())
        .contains(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  @ParameterizedTest
  @CsvSource({"256, 2048, OK", "255, 2048, FAILED", "256, 2047, WARNING"})
  void judgesHeapAndMachine(long heap, long machine, Finding.State state) {
    assertThat(Checks.memory(heap * MIB, machine * MIB).state()).isEqualTo(state);
  }

  @Test
  void anAbsentBundleFailsWithItsFix() {
    Finding finding = Checks.model(folder.resolve("absent"));

    assertThat(finding.state()).isEqualTo(Finding.State.FAILED);
    assertThat(finding.detail()).contains("absent");
    assertThat(finding.fix()).contains("deixis.models.directory");
  }

  @Test
  void aTakenPortFails() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Finding finding = Checks.port(taken.getLocalPort());

      assertThat(finding.state()).isEqualTo(Finding.State.FAILED);
      assertThat(finding.fix()).contains("--port");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "70000, FAILED"})
  void aPortIsANumberUpTo65535(int port, Finding.State state) {
    assertThat(Checks.port(port).state()).isEqualTo(state);
  }

  @Test
  void acceptsACompleteDataFolder() throws IOException {
    SmallDataset.write(folder);

    Finding finding = Checks.data(folder);

    assertThat(finding.state()).isEqualTo(Finding.State.OK);
    assertThat(finding.detail()).startsWith("1 train, 1 val");
  }

  @Test
  void missesImages() throws IOException {
    SmallDataset.write(folder);
    Files.delete(folder.resolve("images/1000.jpg"));

    assertThat(Checks.data(folder).state()).isEqualTo(Finding.State.FAILED);
  }

  @Test
  void missesASplit() throws IOException {
    SmallDataset.write(folder);
    Files.delete(folder.resolve("val.txt"));

    Finding finding = Checks.data(folder);

    assertThat(finding.state()).isEqualTo(Finding.State.FAILED);
    assertThat(finding.detail()).contains("val.txt");
  }

  @Test
  void findsABrokenAnnotation() throws IOException {
    SmallDataset.write(folder);
    Files.writeString(folder.resolve("Annotations/1000.xml"), "<annotation>");

    assertThat(Checks.data(folder).detail()).contains("1000.xml");
  }
}
