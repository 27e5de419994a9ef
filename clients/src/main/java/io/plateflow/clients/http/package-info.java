/** Settings of the HTTP service, which every program knows because all share one file. */
@NullMarked
package io.plateflow.clients.http;

import org.jspecify.annotations.NullMarked;
