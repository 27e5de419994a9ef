package io.plateflow.jobs.pass;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;

/**
 * When a plate is matched against the access list.
 *
 * @param minReads reads that must agree before a pass is announced provisionally
 * @param minScore lowest score of that agreement; a text that follows no plate format is forgotten
 *     below it
 * @param tolerance largest confusion-weighted distance to a listed plate that still counts
 */
public record AlertConfig(
    @Min(1) @Max(100) int minReads,
    @DecimalMin("0") @DecimalMax("1") double minScore,
    @DecimalMin("0") @DecimalMax("3") double tolerance)
    implements Serializable {

  public static final AlertConfig DEFAULT = new AlertConfig(2, 0.5, 0.6);
}
