package dev.larder.tck.hibernate;

import jakarta.persistence.Embeddable;

/** A part of an author. */
@Embeddable
class Address {
  private String street;
  private String city;

  Address() {}

  Address(String street, String city) {
    this.street = street;
    this.city = city;
  }

  String city() {
    return city;
  }

  String street() {
    return street;
  }
}
