package io.deixis.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** The example of one block in FIPS 180-4's test vectors. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  @Test
  void ofBytes() {
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(OF_ABC);
  }

  @Test
  void ofAFile() throws IOException {
    assertThat(Sha256.of(Files.writeString(folder.resolve("file"), "abc"))).isEqualTo(OF_ABC);
  }
}
