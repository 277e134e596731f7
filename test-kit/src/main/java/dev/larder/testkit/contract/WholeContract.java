package dev.larder.testkit.contract;

/** Every suite there is: what a cache of any place has to hold. */
public interface WholeContract
    extends ReadWriteContract,
        ConditionalContract,
        ExpiryContract,
        ExpiryRuleContract,
        CleanerContract,
        EvictionContract,
        PolicyContract,
        WeigherContract,
        LoaderContract,
        SingleFlightContract,
        WriterContract,
        ListenerContract,
        StatisticsContract,
        LifecycleContract,
        ManagerContract,
        AsyncContract,
        AsyncLoadContract,
        BatchContract,
        MemoizerContract,
        HealthContract,
        BadInputContract,
        ConcurrencyContract,
        AtomicUpdateContract {}
