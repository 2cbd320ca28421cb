/**
 * A drawn dataset for tests and quick training runs: {@link
 * io.deixis.dataset.synthetic.SyntheticDataset} writes it. A {@code Scene} is invented, painted by
 * {@code ScenePainter} and described by {@code SceneCaptions}.
 */
package io.deixis.dataset.synthetic;
