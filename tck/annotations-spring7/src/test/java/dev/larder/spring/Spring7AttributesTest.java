package dev.larder.spring;

class Spring7AttributesTest extends SpringAttributesTest {}
