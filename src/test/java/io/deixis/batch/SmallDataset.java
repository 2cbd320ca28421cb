package io.deixis.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data set of one image with two phrases, one of which has a box. */
public final class SmallDataset {

  private SmallDataset() {}

  /** Writes it into {@code folder} as the splits train and val, its image included. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("Annotations"));
    Files.createDirectories(folder.resolve("Sentences"));
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(
        folder.resolve("Annotations/1000.xml"),
        """
        <annotation>
          <size><width>200</width><height>100</height><depth>3</depth></size>
          <object>
            <name>1</name>
            <bndbox><xmin>11</xmin><ymin>21</ymin><xmax>61</xmax><ymax>81</ymax></bndbox>
          </object>
          <object><name>2</name><scene>1</scene><nobndbox>1</nobndbox></object>
        </annotation>
        """);
    Files.writeString(
        folder.resolve("Sentences/1000.txt"),
        "[/EN#1/animals A cat] sits in [/EN#2/scene a field] .\n");
    Files.write(folder.resolve("images/1000.jpg"), new byte[] {1});
    Files.writeString(folder.resolve("train.txt"), "1000\n");
    Files.writeString(folder.resolve("val.txt"), "1000\n");
    return folder;
  }
}
