package io.deixis.batch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortCheckTest {

  @Test
  void aTakenPortFails() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Finding finding = new PortCheck(taken.getLocalPort()).run();

      assertThat(finding.state()).isEqualTo(Finding.State.FAILED);
      assertThat(finding.fix()).contains("--port");
    }
  }

  @Test
  void aFreePortIsFine() {
    assertThat(new PortCheck(0).run().state()).isEqualTo(Finding.State.OK);
  }

  @Test
  void aNumberThatIsNoPortFails() {
    assertThat(new PortCheck(70_000).run().state()).isEqualTo(Finding.State.FAILED);
  }
}
