package io.deixis.engine;

import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnsweredPhoto;
import io.deixis.answers.Drawing;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import org.jboss.logging.Logger;

/**
 * An answer as a picture of pixels: its boxes and labels over the upright photo, as {@link
 * io.deixis.answers.SvgWriter} draws them. A photo with a longer side than {@link #LONGEST_SIDE} is
 * drawn smaller.
 *
 * <p>It needs the photo's pixels, so it belongs to the engine; a front has its worker draw.
 */
@ApplicationScoped
public class PngWriter implements AnswerWriter {

  /** The longest side of a picture, in pixels. */
  public static final int LONGEST_SIDE = 2048;

  private static final float BEST_FILL = 0.1f;
  private static final float FILL = 0.03f;
  private static final float STROKE = 0.7f;

  private static final Logger LOG = Logger.getLogger(PngWriter.class);

  private final ImageDecoder decoder;

  /**
   * One photo at a time is decoded to be drawn on, since it is held as a whole until it shrinks.
   */
  private final Lock decoding = new ReentrantLock(true);

  /** Creates the writer. */
  public PngWriter(GroundingLimits limits) {
    this.decoder = new ImageDecoder(limits.imageBytes(), limits.imagePixels());
  }

  @Override
  public Format format() {
    return Format.of("png", ".png", Trait.BINARY).offeredAs("image/png");
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out)
      throws IOException {
    AnsweredPhoto photo = photos.iterator().next();
    GroundingAnswer answer = photo.answer();
    double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(answer.width(), answer.height()));
    int width = (int) Math.max(1, Math.round(answer.width() * scale));
    int height = (int) Math.max(1, Math.round(answer.height() * scale));
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.drawImage(decoded(photo.photo(), width, height), 0, 0, width, height, null);
      graphics.scale((double) width / answer.width(), (double) height / answer.height());
      draw(answer, graphics);
    } finally {
      graphics.dispose();
    }
    ImageIO.write(picture, "png", out);
  }

  /** Returns the upright photo, less than twice as large as it is drawn. */
  private BufferedImage decoded(byte[] photo, int width, int height) {
    UprightImage upright;
    decoding.lock();
    try {
      upright = decoder.decode(photo).reducedFor(width, height);
    } finally {
      decoding.unlock();
    }
    return upright.buffered();
  }

  private static void draw(GroundingAnswer answer, Graphics2D graphics) {
    Drawing drawing = Drawing.of(answer, answer.threshold());
    float stroke = (float) drawing.strokeWidth();
    graphics.setColor(Color.WHITE);
    graphics.setStroke(
        new BasicStroke(
            stroke, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {8, 5}, 0));
    Drawing.references(answer).forEach(box -> graphics.draw(shape(box)));
    graphics.setStroke(new BasicStroke(stroke));
    for (Drawing.Mark mark : drawing.marks()) {
      if (!mark.hidden()) {
        graphics.setColor(Color.decode(mark.swatch().colour()));
        graphics.setComposite(AlphaComposite.SrcOver.derive(mark.best() ? BEST_FILL : FILL));
        graphics.fill(shape(mark.outline()));
        graphics.setComposite(AlphaComposite.SrcOver.derive(mark.best() ? 1 : STROKE));
        graphics.draw(shape(mark.outline()));
      }
    }
    graphics.setComposite(AlphaComposite.SrcOver);
    try {
      label(drawing, graphics);
    } catch (LinkageError | InternalError noFonts) {
      LOG.warn("PNG pictures have no labels: Java finds no fonts; install fontconfig and a font.");
      LOG.debug("No fonts", noFonts);
    }
  }

  private static void label(Drawing drawing, Graphics2D graphics) {
    graphics.setFont(
        new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont((float) drawing.fontSize()));
    FontMetrics metrics = graphics.getFontMetrics();
    for (Drawing.Mark mark : drawing.marks()) {
      if (!mark.hidden() && !mark.crowded()) {
        Drawing.Rectangle plate = mark.plate();
        graphics.setColor(Color.decode(mark.swatch().colour()));
        graphics.fill(shape(plate));
        graphics.setColor(Color.decode(mark.swatch().ink()));
        // The plate was measured without knowing the font.
        double room = plate.width() - 2 * (mark.textX() - plate.x());
        double squeeze = Math.min(1, room / Math.max(1, metrics.stringWidth(mark.text())));
        AffineTransform before = graphics.getTransform();
        graphics.translate(mark.textX(), mark.textY());
        graphics.scale(squeeze, 1);
        graphics.drawString(mark.text(), 0, 0);
        graphics.setTransform(before);
      }
    }
  }

  private static RoundRectangle2D shape(Drawing.Rectangle box) {
    return new RoundRectangle2D.Double(box.x(), box.y(), box.width(), box.height(), 4, 4);
  }
}
