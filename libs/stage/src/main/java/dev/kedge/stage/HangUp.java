package dev.kedge.stage;

/** A caller that breaks off, perhaps before it is known what that is to cause. */
final class HangUp implements Runnable {
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
