package dev.larder.testkit.reference;

import dev.larder.testkit.contract.AsyncContract;
import dev.larder.testkit.contract.BadInputContract;
import dev.larder.testkit.contract.BatchContract;
import dev.larder.testkit.contract.CacheFixture;
import dev.larder.testkit.contract.ConditionalContract;
import dev.larder.testkit.contract.ExpiryContract;
import dev.larder.testkit.contract.ExpiryRuleContract;
import dev.larder.testkit.contract.HealthContract;
import dev.larder.testkit.contract.LifecycleContract;
import dev.larder.testkit.contract.ListenerContract;
import dev.larder.testkit.contract.LoaderContract;
import dev.larder.testkit.contract.MemoizerContract;
import dev.larder.testkit.contract.ReadWriteContract;
import dev.larder.testkit.contract.StatisticsContract;

/**
 * The reference cache holds the suites it is there to vouch for. It does not take part in those
 * about bounds and weighers (it has none), writers (none), the cleaner (none), managers (none),
 * single flight and concurrency (it has one lock around everything, loaders included).
 */
class ReferenceCacheTest
    implements ReadWriteContract,
        ConditionalContract,
        ExpiryContract,
        ExpiryRuleContract,
        LoaderContract,
        ListenerContract,
        StatisticsContract,
        LifecycleContract,
        AsyncContract,
        BatchContract,
        MemoizerContract,
        HealthContract,
        BadInputContract {
  private final ReferenceFixture fixture = new ReferenceFixture();

  @Override
  public CacheFixture fixture() {
    return fixture;
  }

  /** It has no jitter: the same life for everybody is what makes it easy to compare with. */
  @Override
  public void jitterShortensLivesWithinItsShareAndSpreadsThem() {}

  /** It loads under its lock, so closing waits for the load. */
  @Override
  public void closeDuringALoadFailsTheLoad() {}

  /** It promises listeners no order between threads. */
  @Override
  public void eventsOfAKeyComeInTheOrderOfItsChangesAndOneAtATime() {}
}
