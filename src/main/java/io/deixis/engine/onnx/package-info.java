/** What all users of ONNX Runtime share. */
package io.deixis.engine.onnx;
