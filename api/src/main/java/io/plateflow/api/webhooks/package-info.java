/** Where the service tells of recognitions: targets are made and taken away here. */
@NullMarked
package io.plateflow.api.webhooks;

import org.jspecify.annotations.NullMarked;
