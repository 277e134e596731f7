package dev.larder.spring.boot;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code spring.cache.type} asks for a JCache cache or for nothing in particular. */
final class WantsLarder extends SpringBootCondition {
  private static final String TYPE = "spring.cache.type";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    var type = context.getEnvironment().getProperty(TYPE, "");
    var message = ConditionMessage.forCondition("Larder");
    return type.isBlank() || type.equalsIgnoreCase("jcache")
        ? ConditionOutcome.match(message.because("no other " + TYPE + " is asked for"))
        : ConditionOutcome.noMatch(message.because(TYPE + " is " + type));
  }
}
