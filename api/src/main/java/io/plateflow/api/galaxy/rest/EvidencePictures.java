package io.plateflow.api.galaxy.rest;

import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.recognition.PictureType;
import io.plateflow.clients.evidence.FolderPictureStore;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pictures of the folder of evidence under {@code /outputs} and {@code /static}. */
final class EvidencePictures {

  private static final String OUTPUTS = "outputs/";

  private final @Nullable FolderPictureStore store;

  /**
   * @param store null has no pictures
   */
  EvidencePictures(@Nullable FolderPictureStore store) {
    this.store = store;
  }

  /** Where clients find a picture, without a slash before it; empty where they find none. */
  String path(@Nullable String stored) {
    String folder = store == null ? null : store.path("");
    return folder == null || stored == null || !stored.startsWith(folder)
        ? ""
        : OUTPUTS + stored.substring(folder.length());
  }

  /** The same with a slash before it. */
  String link(@Nullable String stored) {
    String path = path(stored);
    return path.isEmpty() ? "" : "/" + path;
  }

  Answer answer(Exchange exchange) {
    String path = exchange.variable("path");
    byte[] picture = read(exchange, path);
    PictureType type = picture == null ? null : PictureType.of(picture);
    if (picture == null || type == null) {
      return RestErrors.detail(404, "File not found: " + RestRequest.shortened(path));
    }
    return new Answer(200, type.mediaType(), picture, Map.of());
  }

  private byte @Nullable [] read(Exchange exchange, String path) {
    if (store == null) {
      return null;
    }
    try {
      return store.read(store.path(path), exchange::need);
    } catch (IOException e) {
      // Outside of the folder, or a folder itself: for clients it is not there.
      return null;
    }
  }
}
