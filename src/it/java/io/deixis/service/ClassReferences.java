package io.deixis.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Finds the classes whose constant pool names a class of given packages: as a type, in a
 * descriptor, or as a string that is a class's name, which is how reflection names it.
 */
final class ClassReferences {

  private static final int CONSTANT_UTF8 = 1;

  private final Pattern forbidden;

  /** Looks for {@code packages}, such as {@code java.awt}, and their sub-packages. */
  ClassReferences(Collection<String> packages) {
    String dotted = packages.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    String slashed =
        packages.stream()
            .map(name -> Pattern.quote(name.replace('.', '/')))
            .collect(Collectors.joining("|"));
    forbidden =
        Pattern.compile(
            "(?:^\\[*|[L<(;])((?:%s)/[\\w/$]+)|^((?:%s)\\.[\\w.$]+)$".formatted(slashed, dotted));
  }

  /**
   * Returns what each class under {@code folder}, in its jars, refers to.
   *
   * @return referring class (with slashes) to the names found; classes without any are left out
   */
  Map<String, Set<String>> in(Path folder) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.walk(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    Map<String, Set<String>> found = new TreeMap<>();
    for (Path jar : jars) {
      try (JarFile classes = new JarFile(jar.toFile())) {
        classes.stream()
            .filter(entry -> entry.getName().endsWith(".class"))
            .map(entry -> read(classes, entry))
            .forEach(reader -> collect(reader, found));
      }
    }
    return found;
  }

  private void collect(ClassReader reader, Map<String, Set<String>> found) {
    Set<String> names = new TreeSet<>();
    for (String constant : strings(reader)) {
      Matcher reference = forbidden.matcher(constant);
      while (reference.find()) {
        names.add(reference.group(1) == null ? reference.group(2) : reference.group(1));
      }
    }
    if (!names.isEmpty()) {
      found.put(reader.getClassName(), names);
    }
  }

  private static List<String> strings(ClassReader reader) {
    List<String> strings = new ArrayList<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      if (offset > 0 && reader.readByte(offset - 1) == CONSTANT_UTF8) {
        byte[] bytes = new byte[reader.readUnsignedShort(offset)];
        for (int b = 0; b < bytes.length; b++) {
          bytes[b] = (byte) reader.readByte(offset + 2 + b);
        }
        strings.add(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return strings;
  }

  private static ClassReader read(JarFile jar, JarEntry entry) {
    try {
      return new ClassReader(jar.getInputStream(entry).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
