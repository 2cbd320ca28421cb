package io.deixis.service.worker;

import io.deixis.answers.AnsweredPhoto;
import io.deixis.answers.ForwardedWriter;
import io.deixis.grounding.GroundingRequest;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.OutputStream;
import java.util.Optional;

/** Answers as PNG, drawn by a worker: a front decodes no photo. */
@ApplicationScoped
@IfBuildProfile("front")
class WorkerPngWriter implements ForwardedWriter {

  private final RemoteGrounder grounder;

  WorkerPngWriter(RemoteGrounder grounder) {
    this.grounder = grounder;
  }

  @Override
  public String name() {
    return "png";
  }

  @Override
  public Optional<String> mediaType() {
    return Optional.of(Worker.PNG);
  }

  @Override
  public boolean holdsSeveral() {
    return false;
  }

  @Override
  public String fileName(String photo) {
    return photo + ".png";
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
