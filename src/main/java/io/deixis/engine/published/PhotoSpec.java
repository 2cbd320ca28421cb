package io.deixis.engine.published;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deixis.engine.image.UprightImage;
import java.util.List;

/**
 * How a photo becomes the pixels that a detector takes, as the image processor of its own library
 * makes them.
 *
 * @param fit how the photo gets the size of the input
 * @param filter how pixels are interpolated
 * @param height rows of the graph's input, or 0 if it takes any number
 * @param width columns of the graph's input, or 0 if it takes any number
 * @param shortestEdge pixels that the shorter side gets, with {@link Fit#SHORTEST_EDGE}
 * @param longestEdge pixels that the longer side gets at most, with {@link Fit#SHORTEST_EDGE}
 * @param mostHeight rows that the photo itself gets at most, with {@link Fit#INSIDE}; 0 for those
 *     of the input
 * @param mostWidth columns that it gets at most, likewise
 * @param rescale factor of the steps 0..255
 * @param mean subtracted from the rescaled red, green and blue
 * @param std what they are divided by then
 */
public record PhotoSpec(
    Fit fit,
    Filter filter,
    int height,
    int width,
    int shortestEdge,
    int longestEdge,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int mostHeight,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int mostWidth,
    double rescale,
    List<Double> mean,
    List<Double> std) {

  private static final int MOST = 1 << 13;

  /** How a photo gets the size of the input. */
  public enum Fit {
    /** Both sides are squashed. */
    @JsonProperty("squash")
    SQUASH,
    /** Black is added at the right or the bottom to make it square. */
    @JsonProperty("square")
    SQUARE,
    /** It keeps its shape; an input of fixed size is filled up with nothing. */
    @JsonProperty("shortest-edge")
    SHORTEST_EDGE,
    /**
     * It keeps its shape and is as large as its limits and the input allow; the rest is filled up.
     */
    @JsonProperty("inside")
    INSIDE
  }

  /** How pixels are interpolated. */
  public enum Filter {
    /** A Gaussian blur where both sides get smaller, then bilinear interpolation; both exact. */
    @JsonProperty("blurred")
    BLURRED,
    /** None: the nearest pixel. */
    @JsonProperty("nearest")
    NEAREST,
    /** Bilinear and antialiased, in whole steps. */
    @JsonProperty("bilinear")
    BILINEAR,
    /** Bicubic and antialiased, in whole steps. */
    @JsonProperty("bicubic")
    BICUBIC;

    private Resampling axis(int in, int padded, int out, float sigma) {
      return switch (this) {
        case BLURRED -> Resampling.blurred(in, padded, out, sigma);
        case NEAREST -> Resampling.nearest(in, out);
        case BILINEAR -> Resampling.bilinear(in, out);
        case BICUBIC -> Resampling.bicubic(in, out);
      };
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they do not fit together; the message is the end of a
   *     sentence
   */
  public PhotoSpec {
    if (fit == null || filter == null || mean == null || std == null) {
      throw new IllegalArgumentException("its photo lacks fit, filter, mean or std");
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    boolean sized = height > 0 && width > 0;
    if (height < 0 || width < 0 || height > MOST || width > MOST || sized != height + width > 0) {
      throw new IllegalArgumentException("its photo is of %dx%d pixels".formatted(width, height));
    }
    if (mostHeight < 0 || mostWidth < 0 || (mostHeight > 0) != (mostWidth > 0)) {
      throw new IllegalArgumentException(
          "its photo gets at most %dx%d pixels".formatted(mostWidth, mostHeight));
    }
    if (fit == Fit.SHORTEST_EDGE
        ? shortestEdge < 1 || longestEdge < shortestEdge || longestEdge > MOST
        : !sized) {
      throw new IllegalArgumentException("its photo has no size");
    }
    if (filter == Filter.BLURRED && fit != Fit.SQUARE && fit != Fit.SQUASH
        || filter != Filter.BLURRED && fit == Fit.SQUARE) {
      throw new IllegalArgumentException("its photo is not fitted by such a filter");
    }
    if (mean.size() != 3 || std.size() != 3 || !(rescale > 0) || !Double.isFinite(rescale)) {
      throw new IllegalArgumentException("its photo has no rescale, mean or std of three colours");
    }
    if (!mean.stream().allMatch(Double::isFinite)
        || !std.stream().allMatch(value -> Double.isFinite(value) && value > 0)) {
      throw new IllegalArgumentException("its mean or std is no number");
    }
  }

  /** Returns the same for a graph that takes photos of one size. */
  public PhotoSpec sized(int otherHeight, int otherWidth) {
    return new PhotoSpec(
        fit,
        filter,
        otherHeight,
        otherWidth,
        shortestEdge,
        longestEdge,
        mostHeight,
        mostWidth,
        rescale,
        mean,
        std);
  }

  /**
   * A photo as the graph takes it.
   *
   * @param pixels float [3, height, width]
   * @param height rows of the input
   * @param width columns of the input
   * @param filledHeight rows from the top that hold the photo
   * @param filledWidth columns from the left that hold the photo
   */
  public record Pixels(
      float[] pixels, int height, int width, double filledHeight, double filledWidth) {}

  /** Prepares a photo. */
  public Pixels prepare(UprightImage photo) {
    int[] size = size(photo.height(), photo.width());
    int rows = height > 0 ? height : size[0];
    int columns = width > 0 ? width : size[1];
    int longer = Math.max(photo.height(), photo.width());
    boolean square = fit == Fit.SQUARE;
    int tall = square ? longer : photo.height();
    int wide = square ? longer : photo.width();
    float byHeight = blur(tall, size[0]);
    float byWidth = blur(wide, size[1]);
    boolean blurs = byHeight > 0 && byWidth > 0;
    // OWLv2's library blurs columns by the reduction of rows, and rows by that of columns.
    double[] rgb =
        Resampling.apply(
            photo,
            filter.axis(photo.width(), wide, size[1], blurs ? byHeight : 0),
            filter.axis(photo.height(), tall, size[0], blurs ? byWidth : 0));
    float[] pixels = new float[3 * rows * columns];
    for (int colour = 0; colour < 3; colour++) {
      double black = mean.get(colour) / rescale;
      double step = std.get(colour) / rescale;
      for (int y = 0; y < size[0]; y++) {
        int at = (colour * rows + y) * columns;
        for (int x = 0; x < size[1]; x++) {
          double value = rgb[3 * (y * size[1] + x) + colour];
          pixels[at + x] =
              (float) (((filter == Filter.BLURRED ? value : Math.rint(value)) - black) / step);
        }
      }
    }
    return square
        ? new Pixels(
            pixels,
            rows,
            columns,
            (double) rows * photo.height() / longer,
            (double) columns * photo.width() / longer)
        : new Pixels(pixels, rows, columns, size[0], size[1]);
  }

  /** Returns the sigma of a blur before a reduction; 0 if there is none. */
  private static float blur(int in, int out) {
    return Math.max(0, ((float) in / out - 1) / 2);
  }

  /** Returns the rows and columns that the photo itself gets. */
  private int[] size(int photoHeight, int photoWidth) {
    if (fit == Fit.SQUASH || fit == Fit.SQUARE) {
      return new int[] {height, width};
    }
    int[] size =
        fit == Fit.INSIDE ? inside(photoHeight, photoWidth) : byEdges(photoHeight, photoWidth);
    return height > 0 && (size[0] > height || size[1] > width)
        ? inside(photoHeight, photoWidth)
        : size;
  }

  private int[] inside(int photoHeight, int photoWidth) {
    int rows = mostHeight > 0 ? Math.min(height, mostHeight) : height;
    int columns = mostWidth > 0 ? Math.min(width, mostWidth) : width;
    double scale = Math.min((double) rows / photoHeight, (double) columns / photoWidth);
    return new int[] {
      Math.max(1, (int) (photoHeight * scale)), Math.max(1, (int) (photoWidth * scale))
    };
  }

  /** As DETR's processor has it, with its roundings. */
  private int[] byEdges(int photoHeight, int photoWidth) {
    int shorter = Math.min(photoHeight, photoWidth);
    int longer = Math.max(photoHeight, photoWidth);
    double exact = shortestEdge;
    int rounded = shortestEdge;
    if ((double) longer / shorter * shortestEdge > longestEdge) {
      exact = (double) longestEdge * shorter / longer;
      rounded = (int) Math.rint(exact);
    }
    if (shorter == rounded) {
      return new int[] {photoHeight, photoWidth};
    }
    int other = Math.max(1, (int) (exact * longer / shorter));
    return photoWidth < photoHeight
        ? new int[] {other, Math.max(1, rounded)}
        : new int[] {Math.max(1, rounded), other};
  }
}
