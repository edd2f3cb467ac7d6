import org.apache.commons.daemon.Daemon;
import org.apache.commons.daemon.DaemonContext;

public class Jsvc implements Daemon {
  public void init(DaemonContext context) {}
  public void start() {}
  public void stop() {}
  public void destroy() {}
}
