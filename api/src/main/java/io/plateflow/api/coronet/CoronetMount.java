package io.plateflow.api.coronet;

/** Where the application is reached, which its links and redirects stay below. */
enum CoronetMount {
  /** All of it. */
  FOLDER("/coronet"),
  /** What no other surface has there: all but the form. */
  ROOT("");

  private final String prefix;

  CoronetMount(String prefix) {
    this.prefix = prefix;
  }

  /**
   * @param path from the top of the application
   */
  String path(String path) {
    return prefix + path;
  }

  /** The form. */
  String index() {
    return "/coronet/";
  }
}
