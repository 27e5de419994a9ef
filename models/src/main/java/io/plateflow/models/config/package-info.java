/** Checks records of settings against the bounds that their annotations name. */
package io.plateflow.models.config;
