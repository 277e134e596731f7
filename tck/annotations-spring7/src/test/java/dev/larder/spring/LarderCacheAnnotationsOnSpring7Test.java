package dev.larder.spring;

class LarderCacheAnnotationsOnSpring7Test extends LarderCacheAnnotationsTest {}
