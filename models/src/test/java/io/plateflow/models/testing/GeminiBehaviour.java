package io.plateflow.models.testing;

/** How {@link GeminiStub} answers a request. */
public enum GeminiBehaviour {
  /** As the real one does. */
  GOOD,
  /** 429 with RetryInfo in the body. */
  THROTTLED,
  /** 429 with a Retry-After header. */
  THROTTLED_BY_HEADER,
  /** 503. */
  UNAVAILABLE,
  /** 503 with Retry-After: 0, which HTTP clients like to repeat by themselves. */
  UNAVAILABLE_NOW,
  /** No answer until the stub is closed. */
  HANGING,
  /** The connection is closed instead of an answer. */
  RESET,
  /** The head of an answer, then a byte now and then. */
  SLOW_BODY,
  /** The answer's text is no JSON. */
  INVALID_JSON,
  /** One item too few. */
  WRONG_COUNT,
  /** The same number on all items. */
  WRONG_INDICES,
  /** Cut off by the limit on output. */
  CUT_OFF,
  /** Nothing, for reasons of safety. */
  BLOCKED,
  /** A web page with status 200. */
  HTML,
  /** To a log-in page. */
  REDIRECT,
  /** 401. */
  UNAUTHENTICATED,
  /** 400 with API_KEY_INVALID, as the real one says that a key is wrong. */
  BAD_KEY,
  /** 403. */
  FORBIDDEN,
  /** 404, as for a model that does not exist. */
  UNKNOWN_MODEL,
  /** 400 for another reason. */
  BAD_REQUEST
}
