package io.plateflow.models.grammar;

/**
 * The most probable country of a text.
 *
 * @param country ISO 3166, lower case
 * @param share of the probability of all countries and of no format, 0..1
 */
public record CountryShare(String country, double share) {}
