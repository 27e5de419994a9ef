package io.plateflow.models.read;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.Serializable;

/**
 * Which local readings are in doubt.
 *
 * @param sureScore a reading at least this sure needs no second opinion
 * @param sampledShare share of sure readings that is asked all the same, to see how the rungs
 *     compare
 */
public record SecondOpinionConfig(
    @DecimalMin("0") @DecimalMax("1") double sureScore,
    @DecimalMin("0") @DecimalMax("1") double sampledShare)
    implements Serializable {

  public static final SecondOpinionConfig DEFAULT = new SecondOpinionConfig(0.6, 0);
}
