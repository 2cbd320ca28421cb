package io.deixis.batch;

import io.deixis.dataset.DatasetException;
import io.deixis.grounding.Refusal;
import io.deixis.training.work.TrainingException;

/** The exit codes of the command line. They are part of its contract: scripts depend on them. */
public enum ExitStatus {
  /** The command did what it was asked. */
  OK(0, "done"),
  /** A fault of the software itself. */
  INTERNAL(1, "a fault of Deixis itself; --verbose logs it"),
  /** The arguments do not fit together or name something that does not exist. */
  USAGE(2, "arguments that the command does not understand"),
  /** A file or folder is missing, cannot be read, or holds something else than expected. */
  INPUT(3, "a file or folder that is missing or cannot be read"),
  /** The model, the worker or the port is not available. */
  UNAVAILABLE(4, "no model that can be used, no worker, or the port is taken"),
  /** A check, which is what the command is for, found something broken. */
  UNHEALTHY(5, "a check (doctor, dataset check, bundle verify) found something broken"),
  /** A file cannot be written. */
  STORAGE(6, "a file cannot be written: the disk is full or read-only"),
  /** The work folder holds a training with other settings, data or architecture. */
  OTHER_TRAINING(7, "the work folder holds another training"),
  /** The loss of a training is no longer a finite number. */
  DIVERGED(8, "the loss of a training is no longer a finite number"),
  /** There is too little memory. */
  MEMORY(9, "too little memory"),
  /** There is no such device. */
  DEVICE(10, "there is no such device, as --device names it"),
  /** A file's content is damaged. */
  DAMAGED(11, "a damaged file: data, image, predictions or work folder"),
  /** A split names images that are not there. */
  ABSENT_IMAGES(12, "a split names images that are not there"),
  /** Another training works in the same folder. */
  IN_USE(13, "another training works in the same folder"),
  /** An export is of a model, or has a part, that is not run here. */
  UNSUPPORTED(14, "an export of a model, operator or tokenizer that is not run here"),
  /** An export runs and answers wrongly. */
  WRONG_EXPORT(15, "an export that answers wrongly, such as one of a single text"),
  /** The process got SIGINT; the virtual machine itself ends with this. */
  INTERRUPTED(130, "stopped from the keyboard (SIGINT)"),
  /** The process got SIGTERM; the virtual machine itself ends with this. */
  TERMINATED(143, "told to end (SIGTERM); what was whole before is kept");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Returns the number that the process ends with. */
  public int code() {
    return code;
  }

  /** Returns in a few words when the command line ends with this. */
  public String meaning() {
    return meaning;
  }

  /** Returns the status that a stopped training ends with. */
  public static ExitStatus of(TrainingException.Reason reason) {
    return switch (reason) {
      case INPUT -> INPUT;
      case ABSENT_IMAGES -> ABSENT_IMAGES;
      case DAMAGED -> DAMAGED;
      case STORAGE -> STORAGE;
      case OTHER_SETTINGS -> OTHER_TRAINING;
      case DIVERGED -> DIVERGED;
      case MEMORY -> MEMORY;
      case IN_USE -> IN_USE;
    };
  }

  /** Returns the status that data which cannot be read or written ends with. */
  public static ExitStatus of(DatasetException.Reason reason) {
    return switch (reason) {
      case INPUT -> INPUT;
      case ABSENT_IMAGES -> ABSENT_IMAGES;
      case DAMAGED -> DAMAGED;
      case STORAGE -> STORAGE;
    };
  }

  /** Returns the status that a refused grounding request ends with. */
  public static ExitStatus of(Refusal.Reason reason) {
    return switch (reason) {
      case INTERNAL -> INTERNAL;
      case BUSY, NOT_READY, WORKER_UNAVAILABLE, DEADLINE_EXCEEDED -> UNAVAILABLE;
      case OUT_OF_MEMORY -> MEMORY;
      case IMAGE_MISSING, IMAGE_TOO_MANY_BYTES, IMAGE_TOO_MANY_PIXELS, IMAGE_UNSUPPORTED -> INPUT;
      case IMAGE_BROKEN -> DAMAGED;
      case MALFORMED_REQUEST,
          PHRASE_MISSING,
          PHRASE_EMPTY,
          PHRASE_TOO_LONG,
          TOO_MANY_PHRASES,
          MARKUP_BROKEN,
          OPTION_UNKNOWN,
          MODEL_UNKNOWN,
          OPTION_INVALID ->
          USAGE;
    };
  }
}
