/** Health and metrics of Larder in the actuator of Spring Boot 3. */
@NullMarked
package dev.larder.spring.boot3;

import org.jspecify.annotations.NullMarked;
