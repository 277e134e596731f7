package dev.larder.examples.boot;

import java.io.Serializable;

/** What a share costs. Serializable, so that a disk or a server may keep it. */
record Quote(String share, int cents) implements Serializable {}
