/** JSON and CBOR codecs. */
module dev.larder.codec {
  requires transitive dev.larder.api;
  requires static org.jspecify;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.cbor;

  exports dev.larder.codec;

  provides dev.larder.spi.CodecProvider with
      dev.larder.codec.CborCodecs,
      dev.larder.codec.JsonCodecs;
}
