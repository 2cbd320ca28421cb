package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelPlacesTest {

  @Test
  void labelStandsOnItsBox() {
    Box place = labelOf(new Box(50, 100, 200, 200));
    assertThat(place.y2()).isEqualTo(100);
    assertThat(place.x1()).isEqualTo(50);
  }

  @Test
  void labelOfABoxAtTheTopLiesInside() {
    Box place = labelOf(new Box(50, 0, 200, 200));
    assertThat(place.y1()).isZero();
  }

  @Test
  void labelStandsBesideItsBoxIfTheTopIsTaken() {
    LabelPlaces places = new LabelPlaces(400, 300, 10);
    places.place(0, new Box(40, 0, 60, 300), "a dog");
    Box place = places.place(1, new Box(50, 10, 100, 200), "a cat").plate();
    assertThat(place.x1()).isEqualTo(100);
  }

  @Test
  void labelsDoNotCoverEachOtherWhileThereIsRoom() {
    LabelPlaces places = new LabelPlaces(400, 300, 10);
    List<LabelPlaces.Place> labels = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      labels.add(places.place(i, new Box(50, 100, 350, 200), "12 %"));
    }
    List<Box> free = plates(labels, false);
    assertThat(free).hasSizeGreaterThan(20);
    assertThat(plates(labels, true)).isNotEmpty(); // of the last ones
    for (int i = 0; i < free.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(free.get(i).intersectionArea(free.get(j))).isZero();
      }
    }
    assertThat(plates(labels, true))
        .allSatisfy(
            crowded ->
                assertThat(free)
                    .anySatisfy(f -> assertThat(f.intersectionArea(crowded)).isPositive()));
  }

  @Test
  void crowdedLabelsOfAHueStayOffEachOther() {
    LabelPlaces places = new LabelPlaces(400, 300, 10);
    Box narrow = new Box(0, 0, 400, 14);
    for (int i = 0; i < 60; i++) {
      places.place(0, narrow, "another phrase 12 %");
    }
    LabelPlaces.Place one = places.place(1, narrow, "12 %");
    LabelPlaces.Place other = places.place(1, narrow, "12 %");
    assertThat(one.crowded()).isTrue();
    assertThat(other.crowded()).isTrue();
    assertThat(one.plate().intersectionArea(other.plate())).isZero();
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
      Box label = places.place(i % 20, box, "a phrase of several words").plate();
      assertThat(label.clampedTo(400, 300)).isEqualTo(label);
    }
  }

  private static Box labelOf(Box box) {
    return new LabelPlaces(400, 300, 10).place(0, box, "a cat").plate();
  }

  private static List<Box> plates(List<LabelPlaces.Place> places, boolean crowded) {
    return places.stream()
        .filter(place -> place.crowded() == crowded)
        .map(LabelPlaces.Place::plate)
        .toList();
  }
}
