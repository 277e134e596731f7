package dev.larder.benchmarks.server;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** {@code h2load}: HTTP/2 in the clear, 50 connections with 10 streams each, one entry. */
record H2load(Tool tool, int requests) implements Ask {
  private static final Pattern RATE = Pattern.compile("finished in .*?, ([\\d.]+) req/s");
  private static final Pattern FAILED = Pattern.compile("requests: .*?(\\d+) succeeded");

  @Override
  public Sample of(ServerProcess server) throws IOException {
    var output =
        tool.run(
            List.of(
                "-t1",
                "-c50",
                "-m10",
                "-n" + requests,
                "http://" + ServerProcess.HOST + ":" + server.httpPort() + Scripts.path(0)));
    return parse(output, requests);
  }

  /** It tells no percentiles but of whole connections, so there are none. */
  static Sample parse(String output, int requests) throws IOException {
    var rate = RATE.matcher(output);
    var succeeded = FAILED.matcher(output);
    if (!rate.find() || !succeeded.find()) {
      throw new IOException("h2load printed no result: " + output);
    }
    if (Integer.parseInt(succeeded.group(1)) != requests) {
      throw new IOException("h2load met errors: " + succeeded.group());
    }
    return new Sample(Double.parseDouble(rate.group(1)), Double.NaN);
  }
}
