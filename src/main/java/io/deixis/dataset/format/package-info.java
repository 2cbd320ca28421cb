/**
 * The formats that grounding data comes in. A further one is a class that implements {@link
 * io.deixis.dataset.GroundingDataset}, or reads files for {@link
 * io.deixis.dataset.format.SplitFileDataset}, and a line in {@link
 * io.deixis.dataset.format.DatasetFormat#ALL}.
 */
package io.deixis.dataset.format;
