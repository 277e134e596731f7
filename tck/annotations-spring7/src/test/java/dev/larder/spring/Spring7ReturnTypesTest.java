package dev.larder.spring;

class Spring7ReturnTypesTest extends SpringReturnTypesTest {}
