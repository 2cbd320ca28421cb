package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCheckTest {

  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"256, 2048, OK", "255, 2048, FAILED", "256, 2047, WARNING"})
  void judgesHeapAndMachine(long heap, long machine, Finding.State state) {
    assertThat(new MemoryCheck(heap * MIB, machine * MIB).run().state()).isEqualTo(state);
  }
}
