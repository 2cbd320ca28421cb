package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  @ParameterizedTest
  @CsvSource({
    "1, UPRIGHT",
    "2, MIRRORED",
    "3, HALF_TURN",
    "4, FLIPPED",
    "5, TRANSPOSED",
    "6, QUARTER_TURN_RIGHT",
    "7, TRANSVERSED",
    "8, QUARTER_TURN_LEFT"
  })
  void readsBothByteOrders(int value, Orientation expected) {
    byte[] little = TestPictures.exif(value);
    ByteBuffer.wrap(little)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'I')
        .put((byte) 'I')
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) value);

    assertThat(Orientation.of(TestPictures.exif(value))).isEqualTo(expected);
    assertThat(Orientation.of(little)).isEqualTo(expected);
  }

  @Test
  void readsTheTagBehindOthers() {
    ByteBuffer exif = ByteBuffer.allocate(64).putShort((short) 0x4D4D).putShort((short) 42);
    exif.putInt(20).position(20).putShort((short) 2);
    exif.putShort((short) 0x010F).putShort((short) 2).putInt(3).putInt(0x41424300);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) 6);

    assertThat(Orientation.of(exif.array())).isEqualTo(Orientation.QUARTER_TURN_RIGHT);
  }

  @Test
  void isUprightWhereTheBlockCannotBeRead() {
    byte[] exif = TestPictures.exif(6);
    for (int length = 0; length < 20; length++) {
      assertThat(Orientation.of(Arrays.copyOf(exif, length))).isEqualTo(Orientation.UPRIGHT);
    }
    assertThat(Orientation.of(HostileExif.blocks().get("directory-at--1")))
        .isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(HostileExif.blocks().get("very-deep")))
        .isEqualTo(Orientation.UPRIGHT);
  }
}
