/**
 * Recognizes plate crops with Gemini: batching, budget, circuit breaker and retries. Every crop is
 * answered within its deadline, whatever the API does.
 */
@NullMarked
package io.plateflow.models.gemini;

import org.jspecify.annotations.NullMarked;
