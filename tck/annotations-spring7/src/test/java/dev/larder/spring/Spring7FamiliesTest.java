package dev.larder.spring;

class Spring7FamiliesTest extends SpringFamiliesTest {}
