/** Makes bundles of models in the file layout of Hugging Face repositories. */
package io.deixis.engine.huggingface;
