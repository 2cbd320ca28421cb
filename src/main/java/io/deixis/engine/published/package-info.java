/**
 * The parts of published open-vocabulary detectors: their pixels, their tokens, and their graphs on
 * ONNX Runtime or PyTorch.
 */
package io.deixis.engine.published;
