package io.deixis.answers;

import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown (CommonMark with tables) as HTML that may stand in a page of ours. */
public final class Markdown {

  private static final int LOWEST_HEADING = 6;

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** HTML in the text is shown as text, and links lead to the web or to mail alone. */
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(context -> Markdown::reachableByKeyboard)
          .build();

  private Markdown() {}

  /** What may be wider than the page moves sideways, by keyboard too. */
  private static void reachableByKeyboard(Node node, String tag, Map<String, String> attributes) {
    if (tag.equals("pre") || tag.equals("table")) {
      attributes.put("tabindex", "0");
    }
  }

  /**
   * Returns {@code markdown} as HTML.
   *
   * @param headingsBelow the level of the page's heading that the text stands under: its own
   *     headings begin one level lower
   */
  public static String html(String markdown, int headingsBelow) {
    Node document = PARSER.parse(markdown);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            heading.setLevel(Math.min(LOWEST_HEADING, heading.getLevel() + headingsBelow));
          }
        });
    return RENDERER.render(document);
  }
}
