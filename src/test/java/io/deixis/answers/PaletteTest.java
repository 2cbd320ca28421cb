package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaletteTest {

  @Test
  void labelsAreReadable() {
    assertThat(Palette.SWATCHES)
        .allSatisfy(
            swatch ->
                assertThat(Palette.contrast(swatch.colour(), swatch.ink()))
                    .as(swatch.toString())
                    .isGreaterThanOrEqualTo(4.5));
  }

  @Test
  void coloursDifferAndStartOver() {
    assertThat(Palette.SWATCHES).extracting(Palette.Swatch::colour).doesNotHaveDuplicates();
    assertThat(Palette.swatch(Palette.SWATCHES.size() + 2)).isEqualTo(Palette.swatch(2));
  }

  @Test
  void contrastIsThatOfWcag() {
    assertThat(Palette.contrast("#000000", "#ffffff")).isEqualTo(21);
    assertThat(Palette.contrast("#777777", "#777777")).isEqualTo(1);
  }
}
