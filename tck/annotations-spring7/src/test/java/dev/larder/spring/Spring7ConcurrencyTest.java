package dev.larder.spring;

class Spring7ConcurrencyTest extends SpringConcurrencyTest {}
