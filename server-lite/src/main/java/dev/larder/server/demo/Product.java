package dev.larder.server.demo;

import java.io.Serializable;

/** A row of the shop with its category and its stock: what a product page needs. */
record Product(int id, String name, String category, int cents, int stock, String description)
    implements Serializable {}
