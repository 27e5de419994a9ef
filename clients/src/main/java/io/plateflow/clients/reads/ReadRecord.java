package io.plateflow.clients.reads;

/** One record of the topic of reads: a read that can be used, or why it cannot. */
public sealed interface ReadRecord permits ReadArrival, ReadRejection {}
