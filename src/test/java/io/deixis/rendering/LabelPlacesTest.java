package io.deixis.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelPlacesTest {

  @Test
  void labelStandsOnItsBox() {
    Box place = new LabelPlaces(400, 300, 10).place(new Box(50, 100, 200, 200), "a cat", true);
    assertThat(place.y2()).isEqualTo(100);
    assertThat(place.x1()).isEqualTo(50);
  }

  @Test
  void labelOfABoxAtTheTopLiesInside() {
    Box place = new LabelPlaces(400, 300, 10).place(new Box(50, 0, 200, 200), "a cat", true);
    assertThat(place.y1()).isZero();
  }

  @Test
  void labelStandsBesideItsBoxIfTheTopIsTaken() {
    LabelPlaces places = new LabelPlaces(400, 300, 10);
    places.place(new Box(40, 0, 60, 300), "a dog", true);
    Box place = places.place(new Box(50, 10, 100, 200), "a cat", true);
    assertThat(place.x1()).isEqualTo(100);
  }

  @Test
  void labelsOfTheSameBoxDoNotOverlap() {
    LabelPlaces places = new LabelPlaces(400, 300, 10);
    List<Box> labels = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      labels.add(places.place(new Box(50, 100, 350, 200), "a cat", true));
    }
    for (int i = 0; i < labels.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(labels.get(i).intersectionArea(labels.get(j))).isZero();
      }
    }
  }

  @Test
  void labelsStayWithinThePhoto() {
    Random random = new Random(1);
    LabelPlaces places = new LabelPlaces(400, 300, 10);
    for (int i = 0; i < 500; i++) {
      double x = 400 * random.nextDouble();
      double y = 300 * random.nextDouble();
      Box box =
          new Box(x, y, x + (400 - x) * random.nextDouble(), y + (300 - y) * random.nextDouble());
      Box label = places.place(box, "a phrase of several words", i < 20);
      assertThat(label.clampedTo(400, 300)).isEqualTo(label);
    }
  }
}
