package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void headingsStandBelowThoseOfThePage() {
    assertThat(Markdown.html("# One\n\n##### Five\n", 2))
        .isEqualTo("<h3>One</h3>\n<h6>Five</h6>\n");
  }

  @Test
  void tablesAndCodeAreReachedByKeyboard() {
    String html = Markdown.html("| a |\n|---|\n| 1 |\n\n```sh\nls\n```\n", 1);
    assertThat(html).contains("<table tabindex=\"0\">", "<td>1</td>", "<pre tabindex=\"0\">");
  }

  @Test
  void htmlStaysTextAndScriptsAreNoLinks() {
    String html = Markdown.html("<script>alert(1)</script>\n\n[x](javascript:alert(1)) &copy;", 1);
    assertThat(html).doesNotContain("<script", "javascript:").contains("&lt;script&gt;", "©");
  }
}
