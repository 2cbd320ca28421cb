package io.deixis.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every figure as a picture of ten by ten letters: its colour is C, skin S, dark D, glass G. */
class ScenePainterTest {

  private static final Box PLACE = new Box(20, 30, 120, 230);
  private static final Colour PAINT = Colour.RED;

  private static final Map<Color, String> LETTERS =
      Map.of(
          PAINT.paint,
          "C",
          new Color(225, 175, 140),
          "S",
          new Color(60, 50, 45),
          "D",
          new Color(190, 220, 235),
          "G");

  private static String picture(Kind kind) {
    return switch (kind) {
      case MAN ->
          """
          ...SSSS...
          ...SSSS...
          CCCCCCCCCC
          CCCCCCCCCC
          ..CCCCCC..
          ..CCCCCC..
          ..CCCCCC..
          ..DD.DDD..
          ..DD.DDD..
          ..DD.DDD..
          """;
      case WOMAN ->
          """
          ...D..D...
          ..DSSSSD..
          ...DDDD...
          ..CCCCCC..
          ..CCCCCC..
          .CCCCCCCC.
          CCCCCCCCCC
          ...S.SS...
          ...S.SS...
          ...S.SS...
          """;
      case DOG ->
          """
          ......C...
          ......CCC.
          C.....CCCC
          ......CCCD
          .CCCCCCCCC
          .CCCCCC...
          .CCCCCC...
          .C....C...
          .C....C...
          .C....C...
          """;
      case CAR ->
          """
          ...CCCC...
          ...GGGG...
          ...GGGGC..
          ..CGGGGC..
          CCCCCCCCCC
          CCCCCCCCCC
          CCDCCCCDCC
          CDDCCCCDDC
          .DD....DD.
          ..D....D..
          """;
      case BALL ->
          """
          ...CCCC...
          .CCCCCCC..
          .CCCCCCCC.
          CCCCCCCCCC
          CCCCCCCCCC
          CCCCCCCCCC
          CCCCCCCCCC
          .CCCCCCCC.
          .CCCCCCC..
          ...CCCC...
          """;
      case HOUSE ->
          """
          ....D.....
          ...DDDD...
          ..DDDDDD..
          .DDDDDDDD.
          .CCCCCCCC.
          .CGCCCCCC.
          .CGCCCCCC.
          .CCCDDCCC.
          .CCCDDCCC.
          .CCCDDCCC.
          """;
      case TENT ->
          """
          ..........
          ....CC....
          ....CC....
          ...CCCC...
          ...CCCC...
          ..CCCCCC..
          ..CCD.CC..
          .CCCDDCCC.
          .CCCDDCCC.
          CCCCDDCCCC
          """;
      case DRUM ->
          """
          ..SSSSSS..
          SSSSSSSSSS
          SSSSSSSSSS
          CCSSSSSSCC
          CCCCCCCCCC
          CCCCCCCCCC
          CCCCCCCCCC
          CCCCCCCCCC
          CCCCCCCCCC
          ..CCCCCC..
          """;
    };
  }

  private static BufferedImage painted(Kind kind) {
    return ScenePainter.paint(
        new Scene(140, 260, 130, Backdrop.MEADOW, List.of(new Figure(kind, PAINT, PLACE))));
  }

  @ParameterizedTest
  @EnumSource
  void everyPartOfAFigureIsSeen(Kind kind) {
    BufferedImage image = painted(kind);

    List<String> rows =
        IntStream.range(0, 10)
            .mapToObj(
                row ->
                    IntStream.range(0, 10)
                        .mapToObj(
                            column ->
                                LETTERS.getOrDefault(
                                    new Color(image.getRGB(25 + 10 * column, 40 + 20 * row)), "."))
                        .reduce("", String::concat))
            .toList();

    assertThat(rows).containsExactlyElementsOf(picture(kind).lines().toList());
  }

  @Test
  void theSkyIsAboveTheGroundAndAnEdgeIsSmooth() {
    BufferedImage image = painted(Kind.BALL);

    assertThat(new Color(image.getRGB(5, 129))).isEqualTo(Backdrop.MEADOW.skyPaint);
    assertThat(new Color(image.getRGB(139, 129))).isEqualTo(Backdrop.MEADOW.skyPaint);
    assertThat(new Color(image.getRGB(5, 130))).isEqualTo(Backdrop.MEADOW.groundPaint);
    assertThat(new Color(image.getRGB(139, 259))).isEqualTo(Backdrop.MEADOW.groundPaint);
    int[] pixels = image.getRGB(0, 0, 140, 260, null, 0, 140);
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(20);
  }
}
