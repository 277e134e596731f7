package dev.larder.tck.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.JCacheComponent;
import org.apache.camel.component.jcache.JCacheConstants;
import org.apache.camel.component.jcache.policy.JCachePolicy;
import org.apache.camel.component.jcache.processor.idempotent.JCacheIdempotentRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Camel's component jcache: a producer, a consumer of events, a policy, a repository. */
class CamelTest {
  private static final String PRICES = "jcache:prices";

  private final Place place = Place.fresh();
  private final CamelContext context = new DefaultCamelContext();
  private ProducerTemplate template;

  @BeforeEach
  void configure() {
    var component = new JCacheComponent();
    component.setConfigurationUri(place.uri().toString());
    component.setCacheConfigurationProperties(place.properties());
    context.addComponent("jcache", component);
    template = context.createProducerTemplate();
  }

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  private Object send(String action, Object key, Object body) {
    return template.requestBodyAndHeaders(
        PRICES, body, Map.of(JCacheConstants.ACTION, action, JCacheConstants.KEY, key));
  }

  private Object result(String action, Map<String, Object> headers, Object body) {
    return template
        .request(
            PRICES,
            exchange -> {
              exchange.getIn().setHeader(JCacheConstants.ACTION, action);
              headers.forEach(exchange.getIn()::setHeader);
              exchange.getIn().setBody(body);
            })
        .getMessage()
        .getHeader(JCacheConstants.RESULT);
  }

  /** Proves that what a route puts another gets, until it is removed. */
  @Test
  @Tag("smoke")
  void putGetAndRemove() {
    context.start();
    send("PUT", "flour", 3);
    assertEquals(3, send("GET", "flour", ""));
    assertEquals(true, result("REMOVE", Map.of(JCacheConstants.KEY, "flour"), ""));
    assertEquals(false, result("REMOVE", Map.of(JCacheConstants.KEY, "flour"), ""));
    assertNull(send("GET", "flour", ""));
  }

  /** Proves the actions that answer with what was there. */
  @Test
  void getAndActionsAnswerWithWhatWasThere() {
    context.start();
    assertNull(send("GETANDPUT", "flour", 3));
    assertEquals(3, send("GETANDPUT", "flour", 4));
    assertEquals(4, send("GETANDREPLACE", "flour", 5));
    assertEquals(5, send("GETANDREMOVE", "flour", ""));
    assertNull(send("GETANDREPLACE", "flour", 6));
  }

  /** Proves the actions that depend on what is there. */
  @Test
  void conditionalActionsSayWhetherTheyDid() {
    context.start();
    var flour = Map.<String, Object>of(JCacheConstants.KEY, "flour");
    assertEquals(true, result("PUTIFABSENT", flour, 3));
    assertEquals(false, result("PUTIFABSENT", flour, 4));
    assertEquals(true, result("REPLACE", flour, 5));
    var from4 = Map.<String, Object>of(JCacheConstants.KEY, "flour", JCacheConstants.OLD_VALUE, 4);
    assertEquals(false, result("REPLACE", from4, 6));
    assertEquals(5, send("GET", "flour", ""));
  }

  /** Proves the actions on several keys, and clear. */
  @Test
  void actionsOnManyKeys() {
    context.start();
    template.sendBodyAndHeader(
        PRICES, Map.of("flour", 3, "salt", 1), JCacheConstants.ACTION, "PUTALL");
    var keys = Set.of("flour", "salt", "rice");
    assertEquals(Map.of("flour", 3, "salt", 1), all(keys));
    template.sendBodyAndHeaders(
        PRICES,
        "",
        Map.of(JCacheConstants.ACTION, "REMOVEALL", JCacheConstants.KEYS, Set.of("salt")));
    assertEquals(Map.of("flour", 3), all(keys));
    template.sendBodyAndHeader(PRICES, "", JCacheConstants.ACTION, "CLEAR");
    assertEquals(Map.of(), all(keys));
  }

  private Object all(Set<String> keys) {
    return template.requestBodyAndHeaders(
        PRICES, "", Map.of(JCacheConstants.ACTION, "GETALL", JCacheConstants.KEYS, keys));
  }

  /** Proves that a route that consumes a cache is told of each change, once, with the old value. */
  @Test
  void consumerIsToldOfEachChangeWithTheOldValue() throws Exception {
    var told = Collections.synchronizedList(new ArrayList<String>());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(PRICES + "?synchronous=true&oldValueRequired=true")
                .process(exchange -> told.add(described(exchange)));
          }
        });
    context.start();
    send("PUT", "flour", 3);
    send("PUT", "flour", 4);
    send("REMOVE", "flour", "");
    assertEquals(List.of("CREATED flour null", "UPDATED flour 3", "REMOVED flour 4"), told);
  }

  private static String described(Exchange exchange) {
    var message = exchange.getMessage();
    return message.getHeader(JCacheConstants.EVENT_TYPE)
        + " "
        + message.getHeader(JCacheConstants.KEY)
        + " "
        + message.getHeader(JCacheConstants.OLD_VALUE);
  }

  /** Proves that a consumer does not hear of the kinds that it filters out. */
  @Test
  void consumerDoesNotHearWhatItFiltersOut() throws Exception {
    var told = Collections.synchronizedList(new ArrayList<String>());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(PRICES + "?synchronous=true&filteredEvents=CREATED")
                .process(exchange -> told.add(described(exchange)));
          }
        });
    context.start();
    send("PUT", "flour", 3);
    send("REMOVE", "flour", "");
    assertEquals(1, told.size());
    assertTrue(told.get(0).startsWith("REMOVED flour"), () -> told.get(0));
  }

  /** Proves that a route under the policy runs once for each key. */
  @Test
  void policyRunsARouteOnceForEachKey() throws Exception {
    var runs = new AtomicInteger();
    var manager = place.manager();
    try {
      var policy = new JCachePolicy();
      policy.setCacheManager(manager);
      policy.setCacheName("answers");
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:ask")
                  .policy(policy)
                  .process(
                      exchange ->
                          exchange
                              .getMessage()
                              .setBody(
                                  exchange.getMessage().getBody(String.class)
                                      + " "
                                      + runs.incrementAndGet()));
            }
          });
      context.start();
      assertEquals("flour 1", template.requestBody("direct:ask", "flour"));
      assertEquals("flour 1", template.requestBody("direct:ask", "flour"));
      assertEquals("salt 2", template.requestBody("direct:ask", "salt"));
      assertEquals(2, runs.get());
      context.stop();
      assertFalse(manager.isClosed());
    } finally {
      manager.getCachingProvider().close();
    }
  }

  /** Proves that a message is let through once, and again when it was taken back. */
  @Test
  void idempotentRepositoryLetsAMessageThroughOnce() throws Exception {
    var manager = place.manager();
    try {
      var configuration =
          new org.apache.camel.component.jcache.JCacheConfiguration(context, "seen");
      configuration.setConfigurationUri(place.uri().toString());
      configuration.setCacheConfigurationProperties(place.properties());
      var repository = new JCacheIdempotentRepository();
      repository.setCamelContext(context);
      repository.setConfiguration(configuration);
      repository.start();
      assertTrue(repository.add("message"));
      assertFalse(repository.add("message"));
      assertTrue(repository.contains("message"));
      assertTrue(repository.remove("message"));
      assertTrue(repository.add("message"));
      repository.stop();
    } finally {
      manager.getCachingProvider().close();
    }
  }
}
