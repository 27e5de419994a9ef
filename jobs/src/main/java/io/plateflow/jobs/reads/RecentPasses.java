package io.plateflow.jobs.reads;

import java.util.List;

/** Passes of one source whose plates look alike, that repeats are still joined to. */
public record RecentPasses(List<RecentPass> passes) {}
