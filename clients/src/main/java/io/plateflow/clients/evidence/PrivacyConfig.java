package io.plateflow.clients.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What is kept of vehicles whose plates are on no list.
 *
 * @param hashPlates whether their plates leave the job as a keyed hash only
 * @param blurPlates whether plates are made unreadable in stored frames and vehicle crops, and
 *     pictures of a plate are kept of listed ones only
 */
public record PrivacyConfig(boolean hashPlates, @JsonProperty("blur") boolean blurPlates)
    implements Serializable {

  public static final PrivacyConfig DEFAULT = new PrivacyConfig(false, false);
}
