package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.larder.LeaseWait")
@Label("Lease Wait")
@Category("Larder")
@Description("A lease of a key was asked for at a server, and granted once earlier ones had ended")
@Enabled(false)
@StackTrace(false)
final class LeaseWaitEvent extends TimedEvent {}
