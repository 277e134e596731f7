package dev.larder.benchmarks;

import dev.larder.benchmarks.Setup.Expiry;
import java.util.List;
import java.util.Locale;

/** A row of the table: what is done, to a cache set up how. */
@SuppressWarnings("ImmutableEnumChecker") // a record of plain values
public enum Case {
  READ("read", Workload.READ, Setup.PLAIN),
  MIX("75/25 mix", Workload.MIX, Setup.PLAIN),
  OVERWRITE("overwrite", Workload.OVERWRITE, Setup.PLAIN),
  EVICTING("evicting read-through", Workload.READ, Setup.EVICTING),
  READ_EXPIRE_AFTER_WRITE(
      "read, expire after write", Workload.READ, Setup.PLAIN.with(Expiry.AFTER_WRITE)),
  READ_EXPIRE_AFTER_ACCESS(
      "read, expire after access", Workload.READ, Setup.PLAIN.with(Expiry.AFTER_ACCESS)),
  READ_STATISTICS("read, statistics on", Workload.READ, Setup.PLAIN.withStatistics()),
  READ_RECORD("read, immutable record", Workload.READ, Setup.PLAIN.of(Values.RECORDS)),
  READ_OBJECT("read, 5-field object", Workload.READ, Setup.PLAIN.of(Values.OBJECTS));

  private final String title;
  private final Workload workload;
  private final Setup setup;

  Case(String title, Workload workload, Setup setup) {
    this.title = title;
    this.workload = workload;
    this.setup = setup;
  }

  String title() {
    return title;
  }

  Workload workload() {
    return workload;
  }

  Setup setup() {
    return setup;
  }

  /** The cases of that setup, in the order of the table. */
  static List<Case> of(Setup setup) {
    return List.of(values()).stream().filter(each -> each.setup.equals(setup)).toList();
  }

  /** The setups, in the order of the table. */
  static List<Setup> setups() {
    return List.of(values()).stream().map(Case::setup).distinct().toList();
  }

  /** How people write it on a command line: {@code read-statistics}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
