package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class CocoWriterTest {

  private final ObjectMapper mapper = JsonMapper.builder().findAndAddModules().build();

  @Test
  void boxesOfAllPhotosAreOneListOfCornersAndSizes() throws Exception {
    JsonNode results =
        mapper.readTree(
            new CocoWriter(mapper)
                .write(
                    List.of(
                        Answers.photo("man.jpg", 7, Answers.manInHat()),
                        Answers.photo("cat.jpg", 8, Answers.oneBox("a cat"))),
                    AnswerWriter.Options.NONE));

    assertThat(results.isArray()).isTrue();
    assertThat(results.findValuesAsText("image_id")).containsExactly("7", "7", "8");
    assertThat(results.findValuesAsText("file_name"))
        .containsExactly("man.jpg", "man.jpg", "cat.jpg");
    assertThat(results.findValuesAsText("category_id")).containsExactly("1", "1", "1");
    assertThat(results.findValuesAsText("phrase")).containsExactly("A man", "A man", "a cat");
    assertThat(results.at("/0/bbox").toString()).isEqualTo("[10.0,20.1,290.6,449.9]");
    assertThat(results.at("/0/score").asDouble()).isEqualTo(0.9123);
  }

  @Test
  void dataSetHasTheImagesAndTheCategories() throws Exception {
    JsonNode dataset =
        mapper.readTree(
            new CocoDatasetWriter(mapper)
                .write(
                    List.of(
                        Answers.photo("man.jpg", 7, Answers.manInHat()),
                        Answers.photo("cat.jpg", 8, Answers.oneBox("a cat"))),
                    AnswerWriter.Options.NONE));

    assertThat(dataset.path("info").path("description").asText()).isNotBlank();
    assertThat(dataset.path("images").toString())
        .isEqualTo(
            """
            [{"id":7,"file_name":"man.jpg","width":640,"height":480},\
            {"id":8,"file_name":"cat.jpg","width":200,"height":100}]\
            """);
    assertThat(dataset.path("categories").findValuesAsText("name"))
        .containsExactly("A man", "a hat", "a cat");
    assertThat(dataset.path("annotations").findValuesAsText("category_id"))
        .containsExactly("1", "1", "3");
    assertThat(dataset.at("/annotations/2").toString())
        .isEqualTo(
            """
            {"id":3,"image_id":8,"category_id":3,"bbox":[50.0,40.0,100.0,50.0],"area":5000.0,\
            "iscrowd":0,"score":0.8}\
            """);
  }
}
