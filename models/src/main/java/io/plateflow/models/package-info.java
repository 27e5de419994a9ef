/** Recognition of vehicles and plates, without Flink. This package holds what all others share. */
@NullMarked
package io.plateflow.models;

import org.jspecify.annotations.NullMarked;
