package io.plateflow.schemas.region;

/**
 * The area that a plate's code stands for, or a part of it.
 *
 * @param code what the plate begins with: {@code B}, {@code DK}
 * @param series for a part of the area: the letters that the group behind the number may begin
 *     with; empty for the whole area
 * @param name {@code Jakarta/Metro Jaya}, {@code Jawa Barat (Bandung)}
 */
public record Region(String code, String series, String name) {}
