package dev.kedge.stage;

/** That a caller cancels its call, perhaps before it is known what that is to cause. */
final class CallerCancellation implements Runnable {
  private boolean happened;
  private Runnable consequence = () -> {};

  @Override
  public synchronized void run() {
    happened = true;
    consequence.run();
  }

  synchronized void then(Runnable effect) {
    consequence = effect;
    if (happened) {
      effect.run();
    }
  }
}
