/** A program that is no part of the module. */
package dev.larder.cdi.modular;
