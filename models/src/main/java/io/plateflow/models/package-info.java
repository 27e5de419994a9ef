/** Recognition of vehicles and plates, without Flink. This package holds what all others share. */
package io.plateflow.models;
