package io.deixis.batch.training;

import io.deixis.training.Shard;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A part of a training, where several machines that see the same work folder share the work. */
class TrainingPart {

  @Option(
      names = "--prepare-shards",
      description = "End with what machines that extract features share: backbone and projection.")
  boolean prepare;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description = {
        "Extract the features of the I-th of N parts of the images, counted from 0, and end; after"
            + " --prepare-shards.",
        "The command without --shard goes on with what all parts have left."
      })
  Shard shard;

  /** Reads {@code 0/4}. */
  static final class ShardConverter implements ITypeConverter<Shard> {

    @Override
    public Shard convert(String text) {
      String[] sides = text.split("/", -1);
      try {
        if (sides.length == 2) {
          return new Shard(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        }
      } catch (IllegalArgumentException noShard) {
        // Refused below, as everything else that is no shard.
      }
      throw new TypeConversionException("0/N to N-1/N, such as 0/4, not '%s'".formatted(text));
    }
  }
}
