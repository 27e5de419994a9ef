package io.plateflow.clients.lists;

import io.plateflow.schemas.lists.AccessList;

/** A named list as it is now. */
public record ListChange(AccessList list) implements ListRecord {}
