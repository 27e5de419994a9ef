package io.plateflow.models.gemini;

/** Why a request, or the answer to one, came to nothing. */
public enum FailureKind {
  /** 429: a limit of the API. */
  THROTTLED,
  /** 5xx. */
  SERVER_ERROR,
  /** No complete answer in time. */
  TIMEOUT,
  /** Not reached, reset, or cut off. */
  CONNECTION,
  /** An answer that is not what was asked for: no JSON, wrong items, a page of a proxy. */
  BAD_ANSWER,
  /** One item of a good answer holds what no plate can. */
  BAD_ITEM,
  /** 401, 403, 404: the key or the model is not accepted. */
  REFUSED,
  /** Another 4xx: the request itself is not accepted. */
  BAD_REQUEST,
  /** The budget could not be asked. */
  BUDGET_AWAY,
  /** It took too long to reach its connection, and was not sent. */
  NOT_SENT
}
