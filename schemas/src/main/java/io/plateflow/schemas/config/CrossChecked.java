package io.plateflow.schemas.config;

/** A record whose components must fit together; it is annotated with {@link Consistent}. */
public interface CrossChecked {

  /** Names what does not fit; every component by itself is within its bounds. */
  void crossCheck(Problems problems);

  /** Takes the problems of one record. */
  interface Problems {

    /**
     * @param component the one to be changed; inside of others as {@code outer.inner}
     * @param problem what was found and expected
     */
    void add(String component, String problem);
  }
}
