package io.deixis.engine.backbone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive with the inputs and outputs of a backbone and next to nothing in between:
 * four fixed proposals, and maps that are the image's brightness times a weight for each channel.
 */
public final class TinyGraph {

  /** Proposals of an image. */
  public static final int QUERIES = 4;

  /** The weight that holds the proposals [4, 4], in units of the image's sides. */
  public static final String BOXES = "boxes";

  /** The weight with a factor for each channel [512]. */
  public static final String SCALE = "scale";

  private static final float[] PROPOSALS = {
    0, 0, .5f, .5f, .5f, 0, 1, .5f, .1f, .5f, .4f, .9f, .4f, .4f, .9f, .8f
  };

  private static final String CODE =
      """
      class Tiny(Module):
        __parameters__ = ["boxes", "scale", ]
        __buffers__ = []
        training : bool
        boxes : Tensor
        scale : Tensor
        def forward(self: __torch__.Tiny,
          x: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
          grey = torch.mean(x, [1], True)
          light = torch.reshape(torch.mean(x, [1, 2, 3]), [-1, 1, 1])
          scale = torch.reshape(self.scale, [1, 512, 1, 1])
          row = torch.reshape(self.scale, [1, 1, 512])
          boxes = torch.add(torch.unsqueeze(self.boxes, 0), torch.mul(light, 0.))
          place = torch.sum(boxes, [2], True)
          seen = torch.mul(torch.add(place, light), row)
          f8 = torch.mul(torch.avg_pool2d(grey, [8, 8]), torch.slice(scale, 1, 0, 256))
          f16 = torch.mul(torch.avg_pool2d(grey, [16, 16]), scale)
          p16 = torch.slice(f16, 1, 0, 96)
          p32 = torch.mul(torch.avg_pool2d(grey, [32, 32]), torch.slice(scale, 1, 0, 96))
          classes = torch.slice(seen, 2, 0, 80)
          queries = torch.slice(seen, 2, 0, 96)
          entities = torch.slice(seen, 2, 0, 9)
          return (boxes, classes, queries, f8, f16, p16, p32, entities)
      """;

  private static final String SHORT_QUERIES = "queries = torch.slice(seen, 2, 0, 64)";
  private static final String OTHER_INPUT = "torch.reshape(x, [-1, 1, 224, 224])";

  private TinyGraph() {}

  /** Writes the graph with its weights in the order of their names in it. */
  public static void write(Path file) throws IOException {
    write(file, CODE, 0, 1);
  }

  /** Writes a graph whose query vectors are shorter. */
  public static void writeOfOtherOutputs(Path file) throws IOException {
    write(file, CODE.replace("queries = torch.slice(seen, 2, 0, 96)", SHORT_QUERIES), 0, 1);
  }

  /** Writes a graph that looks at images of another size. */
  public static void writeOfOtherInput(Path file) throws IOException {
    write(file, CODE.replace("torch.mean(x, [1], True)", OTHER_INPUT), 0, 1);
  }

  /** Writes the graph with its tensors in other entries than their order asks for. */
  public static void writeDisordered(Path file) throws IOException {
    write(file, CODE, 1, 0);
  }

  private static void write(Path file, String code, int boxesEntry, int scaleEntry)
      throws IOException {
    float[] scale = new float[512];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) Math.sin(i);
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", pickle(boxesEntry, scaleEntry));
    entries.put("code/__torch__.py", code.getBytes(StandardCharsets.US_ASCII));
    entries.put("data/" + boxesEntry, bytes(PROPOSALS));
    entries.put("data/" + scaleEntry, bytes(scale));
    entries.put("constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
    entries.put("version", "3\n".getBytes(StandardCharsets.US_ASCII));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        ZipEntry entry = new ZipEntry("tiny/" + content.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    }
  }

  /** The module as a pickle of protocol 2: its class, then its attributes by name. */
  private static byte[] pickle(int boxesEntry, int scaleEntry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    ascii(out, "c__torch__\nTiny\n)\u0081}(");
    string(out, "training");
    ascii(out, "\u0089");
    string(out, BOXES);
    tensor(out, boxesEntry, QUERIES, 4);
    string(out, SCALE);
    tensor(out, scaleEntry, 512);
    ascii(out, "ub.");
    return out.toByteArray();
  }

  /** A tensor whose numbers are in the archive's entry {@code data/K}. */
  private static void tensor(ByteArrayOutputStream out, int entry, int... shape)
      throws IOException {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    ascii(out, "ctorch._utils\n_rebuild_tensor_v2\n((");
    string(out, "storage");
    ascii(out, "ctorch\nFloatStorage\n");
    string(out, Integer.toString(entry));
    string(out, "cpu");
    number(out, count);
    ascii(out, "tQ");
    number(out, 0);
    ascii(out, "(");
    for (int size : shape) {
      number(out, size);
    }
    ascii(out, "t(");
    int stride = count;
    for (int size : shape) {
      stride /= size;
      number(out, stride);
    }
    ascii(out, "t\u0088ccollections\nOrderedDict\n)RtR");
  }

  private static void ascii(ByteArrayOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void string(ByteArrayOutputStream out, String text) throws IOException {
    out.write('X');
    out.write(littleEndian(4).putInt(text.length()).array());
    ascii(out, text);
  }

  private static void number(ByteArrayOutputStream out, int value) throws IOException {
    out.write('J');
    out.write(littleEndian(4).putInt(value).array());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = littleEndian(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
