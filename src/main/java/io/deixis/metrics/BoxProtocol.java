package io.deixis.metrics;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * What a box has to meet where a phrase has several truth boxes ("two men"). The first two
 * conventions are in use for Flickr30k Entities, named as in Kamath et al., "MDETR", 2021.
 */
public enum BoxProtocol {

  /** Any one of the phrase's truth boxes. */
  ANY_BOX("ANY-BOX") {
    @Override
    public List<List<Box>> targets(List<Box> truth) {
      return List.of(truth);
    }
  },

  /** The smallest box that holds them all. */
  MERGED_BOXES("MERGED-BOXES") {
    @Override
    public List<List<Box>> targets(List<Box> truth) {
      return List.of(List.of(truth.stream().reduce(Box::enclosing).orElseThrow()));
    }
  },

  /** Each of the phrase's truth boxes, by one box or another: for "all people". */
  EVERY_BOX("EVERY-BOX") {
    @Override
    public List<List<Box>> targets(List<Box> truth) {
      return truth.stream().map(List::of).toList();
    }
  };

  private final String title;

  BoxProtocol(String title) {
    this.title = title;
  }

  /** Returns the name as tables of the field print it. */
  public String title() {
    return title;
  }

  /**
   * Returns what a hit has to meet: of each of these lists any one box.
   *
   * @param truth the truth boxes of a phrase, at least one
   */
  public abstract List<List<Box>> targets(List<Box> truth);
}
