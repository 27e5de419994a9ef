package io.plateflow.standalone.chaos;

import java.io.IOException;

/** What a supervisor starts again. */
interface Supervised {

  String name();

  /** Whether it died though nobody closed it. */
  boolean isMissing();

  void start() throws IOException;
}
