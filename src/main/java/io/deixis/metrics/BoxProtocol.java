package io.deixis.metrics;

import io.deixis.geometry.Box;
import java.util.List;

/**
 * What a box has to meet where a phrase has several truth boxes ("two men"). Both conventions are
 * in use for Flickr30k Entities, named as in Kamath et al., "MDETR", 2021.
 */
public enum BoxProtocol {

  /** Any one of the phrase's truth boxes. */
  ANY_BOX("ANY-BOX") {
    @Override
    public List<Box> targets(List<Box> truth) {
      return truth;
    }
  },

  /** The smallest box that holds them all. */
  MERGED_BOXES("MERGED-BOXES") {
    @Override
    public List<Box> targets(List<Box> truth) {
      return List.of(truth.stream().reduce(Box::enclosing).orElseThrow());
    }
  },

  /** Each of the phrase's truth boxes, by one box or another: for "all people". */
  EVERY_BOX("EVERY-BOX") {
    @Override
    public List<Box> targets(List<Box> truth) {
      return truth;
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
   * Returns the boxes of which a hit meets one, or all of them by {@link #EVERY_BOX}.
   *
   * @param truth the truth boxes of a phrase, at least one
   */
  public abstract List<Box> targets(List<Box> truth);
}
