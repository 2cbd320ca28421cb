package io.deixis.training;

/**
 * What a training was started by.
 *
 * @param software the program and its version
 * @param command the command line, without folders, which tell of the machine
 */
public record TrainingOrigin(String software, String command) {}
