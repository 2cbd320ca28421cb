package io.deixis.dataset.format;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SplitList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Data with one file of annotations for each split:
 *
 * <pre>
 *   NAME.json, NAME.jsonl …   the annotations of a split, with an extension of their format
 *   images/FILE               the photos; without this folder they are beside the annotations
 *   NAME.txt                  further splits: ids of images, one a line
 *   dataset.json              what the data is called and on what terms it may be used, if there
 * </pre>
 *
 * <p>A split is called as its file; where just one file has {@code train}, {@code val}, {@code
 * test}, {@code testA} or {@code testB} among the words of its name, such as {@code
 * finetune_refcoco_val.json}, the split is called that. A file is read whole when it is first asked
 * for, and kept.
 */
final class SplitFileDataset implements GroundingDataset {

  /** The extensions of files of JSON and of JSON lines. */
  static final List<String> JSON = List.of(".json", ".jsonl");

  private static final List<String> USUAL = List.of("train", "val", "test", "testA", "testB");

  private final Path folder;
  private final Map<String, Path> files;
  private final Function<Path, AnnotationFile> reader;
  private final SplitFiles lists;
  private final Map<String, AnnotationFile> loaded = new LinkedHashMap<>();

  private SplitFileDataset(
      Path folder, Map<String, Path> files, Function<Path, AnnotationFile> reader) {
    this.folder = folder;
    this.files = files;
    this.reader = reader;
    this.lists = new SplitFiles(folder);
  }

  /**
   * Returns a format of such data.
   *
   * @param name as {@link DatasetFormat} has it
   * @param layout as {@link DatasetFormat} has it
   * @param extensions those of a folder's files that may be of the format
   * @param recognises tells whether a file is of the format
   * @param reader reads a file of annotations
   */
  static DatasetFormat format(
      String name,
      String layout,
      List<String> extensions,
      Predicate<Path> recognises,
      Function<Path, AnnotationFile> reader) {
    Function<Path, List<Path>> files = folder -> annotations(folder, extensions, recognises);
    return new DatasetFormat(
        name,
        layout,
        path -> Files.isDirectory(path) ? !files.apply(path).isEmpty() : recognises.test(path),
        path -> open(path, files, reader));
  }

  /**
   * Opens a folder or a single file.
   *
   * @param path the folder or file
   * @param annotations returns the files of a folder that are of the format
   * @param reader reads a file of annotations
   * @throws DatasetException if the folder has no such file
   */
  private static SplitFileDataset open(
      Path path, Function<Path, List<Path>> annotations, Function<Path, AnnotationFile> reader) {
    List<Path> files = Files.isDirectory(path) ? annotations.apply(path) : List.of(path);
    if (files.isEmpty()) {
      throw new DatasetException(
          "%s has no annotations of this format: name another folder, a file or another format."
              .formatted(path));
    }
    Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    return new SplitFileDataset(folder, named(files), reader);
  }

  private static List<Path> annotations(
      Path folder, List<String> extensions, Predicate<Path> recognises) {
    try (Stream<Path> content = Files.list(folder)) {
      return content
          .filter(file -> extensions.stream().anyMatch(file.toString()::endsWith))
          .filter(file -> !file.endsWith(DatasetCard.FILE))
          .filter(recognises)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw TextFile.unreadable(folder, "check its rights.", e);
    }
  }

  private static Map<String, Path> named(List<Path> files) {
    Map<String, List<Path>> byWord =
        files.stream()
            .flatMap(file -> words(file).map(word -> Map.entry(word, file)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    Map<String, Path> named = new HashMap<>();
    for (Path file : files) {
      List<String> own = words(file).filter(word -> byWord.get(word).size() == 1).toList();
      named.put(own.size() == 1 ? own.get(0) : stem(file), file);
    }
    return named;
  }

  private static Stream<String> words(Path file) {
    return Arrays.stream(stem(file).split("[_.-]")).filter(USUAL::contains).distinct();
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.') < 1 ? name.length() : name.lastIndexOf('.'));
  }

  @Override
  public DatasetCard card() {
    DatasetCard plain =
        new DatasetCard(
            folder.toAbsolutePath().normalize().getFileName().toString(),
            DatasetCard.UNKNOWN_LICENCE,
            "Images with captions whose phrases are tied to boxes.");
    Path file = folder.resolve(DatasetCard.FILE);
    if (Files.exists(file)) {
      return DatasetCard.of(folder, plain);
    }
    return files.keySet().stream()
        .sorted(SplitFiles.ORDER)
        .map(this::load)
        .flatMap(annotations -> annotations.card().stream())
        .findFirst()
        .orElse(plain);
  }

  @Override
  public List<String> splits() {
    TreeSet<String> names = new TreeSet<>(SplitFiles.ORDER);
    names.addAll(files.keySet());
    names.addAll(lists.names());
    return List.copyOf(names);
  }

  @Override
  public SplitList list(String name) {
    if (!files.containsKey(name)) {
      if (!lists.has(name)) {
        throw new DatasetException(
            "The data set %s has no split %s: name one of %s."
                .formatted(folder, name, String.join(", ", splits())));
      }
      return lists.read(name);
    }
    AnnotationFile annotations = load(name);
    return new SplitList(
        annotations.file(),
        annotations.images().entrySet().stream()
            .map(image -> new SplitList.Entry(image.getKey(), image.getValue().line()))
            .toList());
  }

  @Override
  public void addSplits(Map<String, List<String>> splits) {
    for (String name : splits.keySet()) {
      if (files.containsKey(name)) {
        throw new DatasetException(
            files.get(name) + " is there already: name another split or delete it.");
      }
    }
    lists.add(splits);
  }

  @Override
  public AnnotatedImage read(String id) {
    AnnotationFile.Image image = only(id);
    Optional<Defect> error = Defect.firstError(image.defects());
    if (error.isPresent()) {
      throw DatasetException.damaged(
          "%s cannot be read as annotations of the image %s (line %d: %s): fix that or take the image out."
              .formatted(error.get().file(), id, error.get().line(), error.get().problem()),
          null);
    }
    return image.annotated();
  }

  @Override
  public List<Defect> defects(String id) {
    return found(id).stream()
        .flatMap(annotations -> annotations.images().get(id).defects().stream())
        .toList();
  }

  @Override
  public Path image(String id) {
    return photos(folder).resolve(only(id).file());
  }

  /** Returns the folder that the names of photos are relative to. */
  static Path photos(Path folder) {
    Path images = folder.resolve("images");
    return Files.isDirectory(images) ? images : folder;
  }

  @Override
  public List<Path> annotationFiles(String id) {
    return found(id).stream().map(AnnotationFile::file).toList();
  }

  private AnnotationFile.Image only(String id) {
    List<AnnotationFile> annotations = found(id);
    if (annotations.size() > 1) {
      throw DatasetException.damaged(
          "The image %s is in %s and in %s: take it out of one, or name one of the files as the data set."
              .formatted(id, annotations.get(0).file(), annotations.get(1).file()),
          null);
    }
    return annotations.get(0).images().get(id);
  }

  /** Returns the files that have an image, of those that are loaded or, if none has it, of all. */
  private synchronized List<AnnotationFile> found(String id) {
    List<AnnotationFile> found = having(id);
    if (found.isEmpty()) {
      files.keySet().forEach(this::load);
      found = having(id);
    }
    if (found.isEmpty()) {
      throw new DatasetException(
          "The data set %s has no image %s: take it off the split.".formatted(folder, id));
    }
    return found;
  }

  private List<AnnotationFile> having(String id) {
    List<AnnotationFile> having = new ArrayList<>();
    for (AnnotationFile annotations : loaded.values()) {
      if (annotations.images().containsKey(id)) {
        having.add(annotations);
      }
    }
    return having;
  }

  private synchronized AnnotationFile load(String split) {
    return loaded.computeIfAbsent(split, name -> reader.apply(files.get(name)));
  }
}
