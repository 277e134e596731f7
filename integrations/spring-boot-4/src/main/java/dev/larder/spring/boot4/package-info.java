/** Health and metrics of Larder in the actuator of Spring Boot 4. */
@NullMarked
package dev.larder.spring.boot4;

import org.jspecify.annotations.NullMarked;
