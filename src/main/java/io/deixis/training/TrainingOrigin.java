package io.deixis.training;

import io.deixis.engine.bundle.GraphOrigin;

/**
 * How a training was started.
 *
 * @param software the program and its version
 * @param command the command line, without folders, which tell of the machine
 * @param graph where the graph to start from came from, if whoever started the training said so
 */
public record TrainingOrigin(String software, String command, GraphOrigin graph) {}
