package io.deixis.service.page;

import io.deixis.answers.Palette;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemType;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The templates of {@code web/templates}, checked against their parameters by the build. */
@CheckedTemplate(basePath = "")
final class Templates {

  private Templates() {}

  static native TemplateInstance problem(Problem problem);

  static native TemplateInstance problems(List<ProblemType> types);

  static native TemplateInstance palette(List<Palette.Swatch> swatches);
}
