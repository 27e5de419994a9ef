package io.plateflow.jobs.enrich;

/**
 * A pass that ended a short while ago: its rows may not be written yet.
 *
 * @param told what was told of it
 * @param local what the rungs of this machine read where Gemini was asked as well; else empty
 */
public record EndedPass(OpenPass told, String local) {}
