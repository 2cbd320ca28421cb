package io.deixis.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What readers of a table of NDJSON see. */
final class WrittenTable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private WrittenTable() {}

  /** Returns the files that are in their places. */
  static List<Path> files(Path table) throws IOException {
    if (Files.notExists(table)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(table)) {
      return all.filter(file -> file.getFileName().toString().matches("part-.*\\.json")).toList();
    }
  }

  /** Returns the rows by the names of their photos. */
  static Map<String, List<JsonNode>> rows(Path table) throws IOException {
    Map<String, List<JsonNode>> rows = new TreeMap<>();
    for (Path file : files(table)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode row = JSON.readTree(line);
        String path = row.get("path").asText();
        rows.computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), name -> new ArrayList<>())
            .add(row);
      }
    }
    return rows;
  }
}
