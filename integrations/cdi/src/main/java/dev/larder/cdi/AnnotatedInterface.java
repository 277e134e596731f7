package dev.larder.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Put by the extension onto methods whose annotation is that of an interface. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@interface AnnotatedInterface {

  /** The annotation as an object. */
  final class Literal extends AnnotationLiteral<AnnotatedInterface> implements AnnotatedInterface {
    static final Literal INSTANCE = new Literal();
    private static final long serialVersionUID = 1;

    private Literal() {}
  }
}
