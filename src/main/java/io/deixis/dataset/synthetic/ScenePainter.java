package io.deixis.dataset.synthetic;

import io.deixis.geometry.Box;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Paints a scene. Every figure is drawn in a unit square that is stretched to its box. */
final class ScenePainter {

  private static final Color SKIN = new Color(225, 175, 140);
  private static final Color DARK = new Color(60, 50, 45);
  private static final Color GLASS = new Color(190, 220, 235);

  private final Graphics2D graphics;
  private AffineTransform toBox;

  private ScenePainter(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /** Returns the scene as an RGB image. */
  static BufferedImage paint(Scene scene) {
    BufferedImage image =
        new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setColor(scene.backdrop().skyPaint);
      graphics.fillRect(0, 0, scene.width(), scene.horizon());
      graphics.setColor(scene.backdrop().groundPaint);
      graphics.fillRect(0, scene.horizon(), scene.width(), scene.height() - scene.horizon());
      ScenePainter painter = new ScenePainter(graphics);
      scene.figures().forEach(painter::paint);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private void paint(Figure figure) {
    Box box = figure.box();
    toBox = AffineTransform.getTranslateInstance(box.x1(), box.y1());
    toBox.scale(box.width(), box.height());
    Color colour = figure.colour().paint;
    switch (figure.kind()) {
      case MAN -> man(colour);
      case WOMAN -> woman(colour);
      case DOG -> dog(colour);
      case CAR -> car(colour);
      case BALL -> ellipse(colour, 0, 0, 1, 1);
      case HOUSE -> house(colour);
      case TENT -> tent(colour);
      case DRUM -> drum(colour);
    }
  }

  private void man(Color colour) {
    rectangle(DARK, 0.2, 0.65, 0.45, 1);
    rectangle(DARK, 0.55, 0.65, 0.8, 1);
    rectangle(colour, 0, Figure.GARMENT_TOP, 1, 0.42);
    rectangle(colour, 0.18, Figure.GARMENT_TOP, 0.82, Figure.GARMENT_BOTTOM);
    ellipse(SKIN, 0.25, 0, 0.75, Figure.GARMENT_TOP);
  }

  private void woman(Color colour) {
    rectangle(SKIN, 0.3, 0.65, 0.45, 1);
    rectangle(SKIN, 0.55, 0.65, 0.7, 1);
    polygon(colour, 0.3, Figure.GARMENT_TOP, 0.7, Figure.GARMENT_TOP, 1, 0.7, 0, 0.7);
    ellipse(DARK, 0.22, 0, 0.78, 0.3);
    ellipse(SKIN, 0.32, 0.05, 0.68, Figure.GARMENT_TOP);
  }

  private void dog(Color colour) {
    rectangle(colour, 0.15, 0.7, 0.25, 1);
    rectangle(colour, 0.58, 0.7, 0.68, 1);
    rectangle(colour, 0.12, 0.4, 0.72, 0.75);
    polygon(colour, 0, 0.2, 0.06, 0.18, 0.2, 0.45, 0.12, 0.5);
    polygon(colour, 0.65, 0, 0.8, 0.2, 0.64, 0.3);
    ellipse(colour, 0.6, 0.1, 1, 0.55);
    ellipse(DARK, 0.93, 0.3, 1, 0.4);
  }

  private void car(Color colour) {
    polygon(colour, 0.2, 0.5, 0.32, 0, 0.7, 0, 0.85, 0.5);
    polygon(GLASS, 0.28, 0.45, 0.36, 0.1, 0.66, 0.1, 0.76, 0.45);
    rectangle(colour, 0, 0.42, 1, 0.82);
    ellipse(DARK, 0.12, 0.62, 0.32, 1);
    ellipse(DARK, 0.68, 0.62, 0.88, 1);
  }

  private void house(Color colour) {
    rectangle(colour, 0.08, 0.4, 0.92, 1);
    polygon(DARK, 0, 0.42, 0.5, 0, 1, 0.42);
    rectangle(DARK, 0.42, 0.68, 0.6, 1);
    rectangle(GLASS, 0.18, 0.52, 0.34, 0.68);
  }

  private void tent(Color colour) {
    polygon(colour, 0, 1, 0.5, 0, 1, 1);
    polygon(DARK, 0.38, 1, 0.5, 0.35, 0.62, 1);
  }

  private void drum(Color colour) {
    ellipse(colour, 0, 0.6, 1, 1);
    rectangle(colour, 0, 0.2, 1, 0.8);
    ellipse(SKIN, 0, 0, 1, 0.4);
  }

  private void rectangle(Color colour, double x1, double y1, double x2, double y2) {
    fill(colour, new Rectangle2D.Double(x1, y1, x2 - x1, y2 - y1));
  }

  private void ellipse(Color colour, double x1, double y1, double x2, double y2) {
    fill(colour, new Ellipse2D.Double(x1, y1, x2 - x1, y2 - y1));
  }

  /** Fills the polygon through points that are given as x, y, x, y, … */
  private void polygon(Color colour, double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    fill(colour, path);
  }

  private void fill(Color colour, Shape unitShape) {
    graphics.setColor(colour);
    graphics.fill(toBox.createTransformedShape(unitShape));
  }
}
