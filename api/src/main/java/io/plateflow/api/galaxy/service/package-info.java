/** The surface of Galaxy ALPR's AI and ML services, below {@code /galaxy-alpr/v1}. */
@NullMarked
package io.plateflow.api.galaxy.service;

import org.jspecify.annotations.NullMarked;
