package io.deixis.service.admission;

import io.deixis.grounding.GroundingException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, whose bytes are counted and reserved as they come. */
final class ReceivedBody extends FilterInputStream {

  private final Admission admission;
  private final Place place;
  private final long mostBytes;
  private long received;

  /**
   * Wraps a body.
   *
   * @param mostBytes most bytes that it may have
   */
  ReceivedBody(InputStream in, Admission admission, Place place, long mostBytes) {
    super(in);
    this.admission = admission;
    this.place = place;
    this.mostBytes = mostBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads what is there.
   *
   * @throws ClientErrorException if the body is too large, or did not come in time
   * @throws GroundingException with reason {@code BUSY} if there is no room for more of it
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(into, offset, length);
    } catch (IOException | IllegalStateException lost) {
      // Vert.x throws the second for a stream that was reset while it was read.
      throw new ClientErrorException(Status.REQUEST_TIMEOUT, lost);
    }
    if (count < 0) {
      place.working();
      return count;
    }
    received += count;
    if (received > mostBytes) {
      throw new ClientErrorException(Status.REQUEST_ENTITY_TOO_LARGE);
    }
    if (!place.received(count)) {
      throw admission.busy();
    }
    return count;
  }
}
