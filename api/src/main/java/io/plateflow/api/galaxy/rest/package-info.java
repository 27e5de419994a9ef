/**
 * The REST API of Galaxy, at the root: passes, lists, places and statistics, read from the tables.
 * What is edited goes to the topics of corrections and lists, except places, which are its own.
 */
@NullMarked
package io.plateflow.api.galaxy.rest;

import org.jspecify.annotations.NullMarked;
