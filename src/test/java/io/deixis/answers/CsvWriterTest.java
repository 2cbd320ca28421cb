package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvWriterTest {

  @Test
  void everyBoxIsARow() {
    String csv =
        written(
            Answers.photo("man.jpg", 7, Answers.manInHat().judged(0.4, 0.2)),
            AnswerWriter.Options.NONE);

    assertThat(csv.split("\r\n"))
        .containsExactly(
            "file,image_id,width,height,phrase_number,phrase,entity,types,found,score,x1,y1,x2,y2,state",
            "man.jpg,7,640,480,1,A man,12,people,true,0.9123,10.0,20.1,300.6,470.0,found",
            "man.jpg,7,640,480,1,A man,12,people,true,0.4,320.0,30.0,600.0,460.0,found",
            "man.jpg,7,640,480,2,a hat,,,false,0.1235,,,,,absent");
  }

  @Test
  void whatWouldEndAValueIsQuoted() {
    String csv =
        written(
            Answers.photo("a, \"b\".jpg", 1, Answers.oneBox("a\nb")), AnswerWriter.Options.NONE);

    assertThat(csv).contains("\r\n\"a, \"\"b\"\".jpg\",1,").contains(",\"a\nb\",");
  }

  @Test
  void goesOnWithoutAHeader() {
    AnsweredPhoto photo = Answers.photo("cat.jpg", 2, Answers.oneBox("a cat"));

    assertThat(written(photo, AnswerWriter.Options.NONE.goingOn())).startsWith("cat.jpg,2,");
  }

  private static String written(AnsweredPhoto photo, AnswerWriter.Options options) {
    return new String(new CsvWriter().write(List.of(photo), options), StandardCharsets.UTF_8);
  }
}
