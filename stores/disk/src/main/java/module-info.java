/** The store of the topology disk. */
module dev.larder.disk {
  requires transitive dev.larder.api;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;

  provides dev.larder.spi.StoreProvider with
      dev.larder.disk.DiskStoreProvider;
}
