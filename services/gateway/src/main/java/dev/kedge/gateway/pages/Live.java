package dev.kedge.gateway.pages;

import dev.kedge.gateway.Refusal;
import dev.kedge.store.StoreException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Open pages, which are sent what changes in them. */
@ApplicationScoped
public class Live {
  /** Looks without news, after which something is said so that no proxy takes it for dead. */
  private static final int QUIET = 15;

  private final PagesConfig config;
  private final AtomicInteger open = new AtomicInteger();

  Live(PagesConfig config) {
    this.config = config;
  }

  /** All that there is to say to a browser that has seen how it ended. */
  Multi<OutboundSseEvent> ended(String end, Sse events) {
    return Multi.createFrom().item(end(end, events));
  }

  /** Browsers show it when they ask again. */
  private static OutboundSseEvent end(String end, Sse events) {
    return events.newEvent("end", end);
  }

  /**
   * What changes from now on, until nothing more will, the browser goes, or it has to ask again.
   *
   * @throws Refusal if too many are open
   */
  Multi<OutboundSseEvent> follow(LivePage page, Sse events) {
    Stream stream = new Stream(page, events, System.nanoTime() + config.recheck().toNanos());
    if (open.incrementAndGet() > config.live()) {
      open.decrementAndGet();
      throw Refusal.unavailable(
          "PAGES_MANY",
          "%d pages are kept up to date already: close some, or reload this one when you need it"
              .formatted(config.live()));
    }
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                Uni.createFrom()
                    .item(stream::look)
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .withDelay(config.refresh())
        .whilst(ignored -> !stream.ended)
        .onItem()
        .transformToIterable(looked -> looked)
        .onTermination()
        .invoke(() -> open.decrementAndGet());
  }

  private static final class Stream {
    private final LivePage page;
    private final Sse events;
    private final long until;
    private final Parts parts = new Parts();
    private int quiet;
    private volatile boolean ended;

    Stream(LivePage page, Sse events, long until) {
      this.page = page;
      this.events = events;
      this.until = until;
    }

    List<OutboundSseEvent> look() {
      List<OutboundSseEvent> told = tell();
      if (ended || System.nanoTime() - until < 0) {
        return told;
      }
      ended = true;
      List<OutboundSseEvent> last = new ArrayList<>(told);
      last.add(events.newEvent("again", "now"));
      return last;
    }

    private List<OutboundSseEvent> tell() {
      List<OutboundSseEvent> news = new ArrayList<>();
      try {
        parts.changed(page.look()).forEach(part -> news.add(events.newEvent(part)));
        page.end().ifPresent(end -> news.add(last(end)));
      } catch (StoreException.Unavailable outOfSight) {
        return quiet();
      } catch (Refusal gone) {
        news.add(last(""));
      }
      if (news.isEmpty()) {
        return quiet();
      }
      quiet = 0;
      return news;
    }

    private OutboundSseEvent last(String end) {
      ended = true;
      return end(end, events);
    }

    private List<OutboundSseEvent> quiet() {
      quiet++;
      return quiet % QUIET == 0
          ? List.of(events.newEventBuilder().comment("still here").build())
          : List.of();
    }
  }
}
