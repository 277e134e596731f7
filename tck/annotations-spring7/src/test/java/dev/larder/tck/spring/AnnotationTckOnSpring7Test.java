package dev.larder.tck.spring;

class AnnotationTckOnSpring7Test extends AnnotationTckTest {}
