package io.deixis.service.worker;

import io.deixis.answers.AnsweredPhoto;
import io.deixis.answers.ForwardedWriter;
import io.deixis.grounding.GroundingRequest;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.OutputStream;

/** Answers as PNG, drawn by a worker: a front decodes no photo. */
@ApplicationScoped
@IfBuildProfile("front")
class WorkerPngWriter implements ForwardedWriter {

  private final RemoteGrounder grounder;

  WorkerPngWriter(RemoteGrounder grounder) {
    this.grounder = grounder;
  }

  @Override
  public Format format() {
    return Format.of("png", ".png", Trait.BINARY).offeredAs(Worker.PNG);
  }

  @Override
  public byte[] forward(GroundingRequest request) {
    return grounder.png(request);
  }

  @Override
  public void write(Iterable<AnsweredPhoto> photos, Options options, OutputStream out) {
    throw new UnsupportedOperationException("a front draws no photos");
  }
}
