package io.deixis.geometry;

/** Something that is so many pixels wide and high. */
public interface Sized {

  /** Returns how many pixels it is across. */
  int width();

  /** Returns how many pixels it is down. */
  int height();
}
