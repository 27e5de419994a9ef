/**
 * Requests to addresses that strangers give: only what they may name is reached, in bounded time
 * and size.
 */
@NullMarked
package io.plateflow.clients.web;

import org.jspecify.annotations.NullMarked;
