package dev.kedge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged platform's dashboard, used with a browser as people use it. */
class BrowserIT {
  private static final Path CHROMIUM =
      Path.of(Optional.ofNullable(System.getenv("KEDGE_CHROMIUM")).orElse("/usr/bin/chromium"));
  private static final double PATIENCE = 180_000;
  private static final String A_WHILE = "new Promise(done => setTimeout(done, 100))";

  @TempDir static Path folder;
  private static RunningKedge kedge;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void aPlatformWithABase() throws IOException {
    if (!Files.isExecutable(CHROMIUM)) {
      System.out.printf(
          "LEFT OUT: there is no Chromium at %s; install one, or set KEDGE_CHROMIUM%n", CHROMIUM);
    }
    assumeTrue(Files.isExecutable(CHROMIUM), "there is no Chromium at " + CHROMIUM);
    kedge = RunningKedge.start(folder.resolve("state"));
    dataset("tiny", Pictures.draw(folder.resolve("tiny"), 4, 1));
    dataset("tiny-test", Pictures.draw(folder.resolve("tiny-test"), 3, 2));
    dataset("tiny-art", Pictures.draw(folder.resolve("tiny-art"), 3, 4));
    dataset("tiny-spoilt", Pictures.spoil(Pictures.draw(folder.resolve("tiny-spoilt"), 4, 3), 4));
    kedge.kedge("launch", file("base.yaml"), "--title", "base", "--wait");
    kedge.kedge("promote", "base", "tiny-base@start");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (kedge != null) {
      kedge.close();
    }
  }

  @BeforeEach
  void open() {
    context = browser.newContext();
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void close() {
    context.close();
    assertThat(complaints).as("what the browser complained about").isEmpty();
  }

  @Test
  void anExperimentIsFollowedFromTheListToItsReport() throws IOException {
    page.navigate(kedge.dashboard());
    kedge.kedge("launch", file("tuning.yaml"), "--title", "followed");
    // The list is as it was opened, and the new one comes into it.
    Locator link = page.getByRole(AriaRole.LINK, name("followed"));
    link.click();
    assertThat(page.locator("h1")).hasText("followed");
    page.evaluate("window.sameDocument = true");
    assertThat(page.locator("#summary .state"))
        .containsText("succeeded", new ContainsTextOptions().setTimeout(PATIENCE));
    assertThat(page.evaluate("window.sameDocument")).as("came without a reload").isEqualTo(true);
    assertThat(page.locator("#graph .node.succeeded").count()).isGreaterThan(5);

    page.getByRole(AriaRole.LINK, name("Report: what was gained and lost")).click();
    assertThat(page.locator("h1")).hasText("followed");
    assertThat(page.locator("svg.wide .frontier").count()).isEqualTo(1);
    assertThat(page.locator("table").first().isVisible()).isTrue();

    Locator mark = page.locator("svg.wide a").last();
    String told = mark.getAttribute("aria-label");
    Locator tip = mark.locator(".tip p");
    assertThat(tip).isHidden();
    mark.hover();
    assertThat(tip).containsText("candidate");
    assertThat(tip).isVisible();
    page.mouse().move(0, 0);
    assertThat(tip).isHidden();
    mark.focus();
    assertThat(tip).isVisible();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.HEADING, name("How it was made"))).isVisible();
    assertThat(told).startsWith(page.locator("h1").textContent() + ": speciality ");
    page.getByRole(AriaRole.LINK, name("datasets/tiny")).click();
    assertThat(page.locator("h1")).hasText("tiny");
    assertThat(page.locator(".gallery img").count()).isGreaterThan(3);
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('.gallery img')].every(one => one.naturalWidth > 0)"))
        .isEqualTo(true);
  }

  @Test
  void thePageOfWhatIsOverComesToLifeWhenItGoesOn() throws IOException {
    List<String> asked = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    kedge.kedge("launch", file("spoilt.yaml"), "--title", "ended");
    page.navigate(kedge.dashboard());
    page.getByRole(AriaRole.LINK, name("ended")).click();
    page.locator("article.parked").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
    kedge.kedge("cancel", "ended");
    assertThat(page.locator("#summary .state"))
        .containsText("cancelled", new ContainsTextOptions().setTimeout(PATIENCE));
    assertThat(page.locator("#connection")).hasText("");
    page.evaluate("window.sameDocument = true");

    kedge.kedge("retry", "ended", "prepare-tiny-spoilt", "--set", "max_quarantined_fraction=0.9");
    assertThat(page.locator("#summary .state"))
        .containsText("succeeded", new ContainsTextOptions().setTimeout(PATIENCE));
    assertThat(page.evaluate("window.sameDocument")).as("came without a reload").isEqualTo(true);
    assertThat(asked)
        .as("it is asked whether that has changed")
        .anyMatch(url -> url.contains("/live?seen=2"));
  }

  @Test
  void whatCameWhileSomebodyWroteIsForgottenOnceItIsNotSoAnyMore() {
    page.navigate(kedge.dashboard());
    String form = "put('main', '<input id=\"written\">')";
    page.evaluate(form);
    page.locator("#written").focus();
    page.evaluate("put('main', 'meanwhile')");
    page.evaluate(form);
    page.locator("#written").blur();
    page.evaluate(A_WHILE);
    assertThat(page.locator("#main")).not().containsText("meanwhile");
  }

  @Test
  void aFingersFirstTapOnAMarkTellsItAndTheSecondLeadsToItsPoint() {
    try (BrowserContext touched =
        browser.newContext(new Browser.NewContextOptions().setHasTouch(true))) {
      Page plane = touched.newPage();
      plane.navigate(kedge.dashboard());
      plane.evaluate(
          """
          put('main', `<svg viewBox="0 0 300 200"><a class="mark" href="#point">
            <circle class="reach" cx="100" cy="100" r="12"/>
            <foreignObject class="tip" width="99" height="50"><p>Told</p></foreignObject>
          </a></svg>`)
          """);
      plane.locator(".reach").tap();
      assertThat(plane.getByText("Told")).isVisible();
      assertThat(plane.evaluate("location.hash")).isEqualTo("");
      plane.locator(".reach").tap();
      assertThat(plane.evaluate("location.hash")).isEqualTo("#point");
    }
  }

  @Test
  void aLinkThatSomebodyHasWalkedToStaysSoWhenItsPlaceChanges() {
    page.navigate(kedge.dashboard());
    page.evaluate("put('main', '<a id=\"walked\" href=\"/a\">before</a>')");
    page.locator("#walked").focus();
    page.evaluate("put('main', '<p>new</p><a id=\"walked\" href=\"/a\">after</a>')");
    assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("after");
  }

  @Test
  void whatSomebodyHasWrittenIsSentThoughItsPlaceHasChangedMeanwhile() {
    page.navigate(kedge.dashboard());
    page.evaluate(
        """
        put('main', '<form><input id="written" value="1"><button id="send">Send</button></form>');
        document.addEventListener('submit', event => {
          event.preventDefault();
          window.sent = document.getElementById('written').value;
        });
        """);
    page.locator("#written").fill("2");
    page.evaluate("put('main', 'meanwhile')");
    BoundingBox button = page.locator("#send").boundingBox();
    page.mouse().move(button.x + button.width / 2, button.y + button.height / 2);
    page.mouse().down();
    page.evaluate(A_WHILE);
    page.mouse().up();
    assertThat(page.evaluate("window.sent")).isEqualTo("2");

    page.locator("#send").blur();
    page.evaluate(A_WHILE);
    assertThat(page.locator("#written")).hasValue("2");
    page.locator("#written").fill("1");
    page.locator("#written").blur();
    assertThat(page.locator("#main")).hasText("meanwhile");
  }

  @Test
  void aButtonThatIsBeingPressedStaysThoughItsPlaceChanges() {
    page.navigate(kedge.dashboard());
    page.evaluate(
        """
        put('main', '<button id="press">Press</button>');
        document.addEventListener('click', () => window.pressed = true);
        """);
    BoundingBox button = page.locator("#press").boundingBox();
    page.mouse().move(button.x + button.width / 2, button.y + button.height / 2);
    page.mouse().down();
    page.evaluate("put('main', 'meanwhile')");
    page.mouse().up();
    assertThat(page.evaluate("window.pressed")).isEqualTo(true);
    page.locator("#press").blur();
    assertThat(page.locator("#main")).hasText("meanwhile");
  }

  @Test
  void aPageThatWasRefusedNewsAsksAgain() {
    page.clock().install();
    page.route(
        Pattern.compile("/live(\\?.*)?$"),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
        new Page.RouteOptions().setTimes(2));
    page.navigate(kedge.dashboard());
    until("pause === 40000");
    assertThat(page.locator("#connection")).hasText("not live");
    page.clock().fastForward(21_000);
    until("pause === 80000");
    page.clock().fastForward(41_000);
    assertThat(page.locator("#connection")).hasText("live");
    complaints.removeIf(complaint -> complaint.contains("503"));
  }

  @Test
  void aPageThatIsToldToAskAgainDoesSoAtOnce() {
    page.navigate(kedge.dashboard());
    assertThat(page.locator("#connection")).hasText("live");
    page.evaluate("window.before = source; source.dispatchEvent(new MessageEvent('again'))");
    assertThat(page.evaluate("source !== before && before.readyState === EventSource.CLOSED"))
        .isEqualTo(true);
    until("source.readyState === EventSource.OPEN");
    assertThat(page.locator("#connection")).hasText("live");
  }

  @Test
  void aStagesPageHasTheFormsOnceItIsParkedAndNoneOnceSomebodyElseHasRetriedIt()
      throws IOException {
    kedge.kedge("launch", file("spoilt.yaml"), "--title", "stage-followed");
    page.navigate(kedge.dashboard());
    String experiment = page.getByRole(AriaRole.LINK, name("stage-followed")).getAttribute("href");
    page.navigate(kedge.dashboard() + experiment + "/stages/prepare-tiny-spoilt");
    page.evaluate("window.sameDocument = true");
    page.getByText("Retry with changed parameters …")
        .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));

    kedge.kedge(
        "retry", "stage-followed", "prepare-tiny-spoilt", "--set", "max_quarantined_fraction=0.8");
    assertThat(page.locator("#standing .state"))
        .containsText("succeeded", new ContainsTextOptions().setTimeout(PATIENCE));
    assertThat(page.locator("#mending form")).hasCount(0);
    assertThat(page.locator("#facts")).containsText("sha256:");
    assertThat(page.evaluate("window.sameDocument")).as("came without a reload").isEqualTo(true);
  }

  @Test
  void aParkedStageIsRetriedWithAChangedParameterAndGoesOn() throws IOException {
    kedge.kedge("launch", file("spoilt.yaml"), "--title", "spoilt");
    page.navigate(kedge.dashboard());
    page.getByRole(AriaRole.LINK, name("spoilt")).click();
    Locator parked = page.locator("article.parked");
    parked.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
    assertThat(parked).containsText("max_quarantined_fraction");
    assertThat(parked).containsText("and with it what needs it: ");

    parked.getByText("Retry with changed parameters …").click();
    parked.getByLabel("max_quarantined_fraction").fill("0.9");
    parked.getByText("Retry with these").click();
    assertThat(page.locator("#operations"))
        .containsText("max_quarantined_fraction", new ContainsTextOptions().setTimeout(PATIENCE));
    assertThat(page.locator("#summary .state"))
        .containsText("succeeded", new ContainsTextOptions().setTimeout(PATIENCE));
    assertThat(page.locator("article.parked").count()).isZero();
  }

  @Test
  void everyPageFitsAPhoneInTheDarkAndIsWalkedByKeyboard() throws IOException {
    kedge.kedge("launch", file("tuning.yaml"), "--title", "walked", "--wait");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.setViewportSize(360, 740);
    for (String path : pagesOf("walked")) {
      page.navigate(kedge.dashboard() + path);
      assertThat(page.evaluate("document.scrollingElement.scrollWidth"))
          .as("pixels of " + path)
          .isEqualTo(360);
      assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(18, 23, 29)");
      assertThat(page.getByRole(AriaRole.MAIN).count()).as("landmarks of " + path).isEqualTo(1);
      assertThat(page.locator("h1").count()).as("titles of " + path).isEqualTo(1);
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("To the content");
    }
    complainNotOfTheMissingPage();
  }

  @Test
  void nothingThatAxeCallsSeriousStandsInAnybodysWay() throws IOException {
    kedge.kedge("launch", file("tuning.yaml"), "--title", "judged", "--wait");
    kedge.kedge("launch", file("spoilt.yaml"), "--title", "judged-parked");
    kedge.kedge("launch", file("slow.yaml"), "--title", "judged-running");
    List<String> pages = new ArrayList<>(pagesOf("judged"));
    String parked = pagesOf("judged-parked").get(1);
    pages.addAll(List.of(parked, parked + "/stages/prepare-tiny-spoilt"));
    page.navigate(kedge.dashboard() + parked);
    page.locator("article.parked").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
    String running = pagesOf("judged-running").get(1);
    pages.addAll(List.of(running, running + "/stages/train-full"));
    page.navigate(kedge.dashboard() + running + "/stages/train-full");
    page.locator("#standing .running").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
      for (int width : new int[] {360, 1200}) {
        page.setViewportSize(width, 740);
        for (String path : pages) {
          page.navigate(kedge.dashboard() + path);
          assertThat(serious()).as("%s, %d pixels, %s", path, width, colours).isEmpty();
        }
      }
    }
    kedge.kedge("cancel", "judged-running");
    complainNotOfTheMissingPage();
  }

  private List<String> serious() {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
            .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
            .toList();
  }

  /** A page of every kind; the last one is not there. */
  private List<String> pagesOf(String title) {
    page.navigate(kedge.dashboard());
    String experiment = page.getByRole(AriaRole.LINK, name(title)).getAttribute("href");
    String project = experiment.replaceFirst("/experiments/.*", "");
    String id = experiment.replaceFirst(".*/", "");
    String base =
        page.getByRole(AriaRole.LINK, name("base")).getAttribute("href").replaceFirst(".*/", "");
    return List.of(
        project + "/experiments",
        experiment,
        experiment + "/stages",
        experiment + "/stages/train-full",
        experiment + "/report",
        experiment + "/points?label=full",
        project + "/models",
        project + "/models/tiny-base",
        project + "/datasets",
        project + "/datasets/tiny",
        project + "/queue?look=true",
        project + "/compare?experiment=%s&experiment=%s".formatted(base, id),
        project + "/experiments/none");
  }

  private void complainNotOfTheMissingPage() {
    complaints.removeIf(complaint -> complaint.contains("404"));
  }

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static void dataset(String name, Path source) {
    kedge.kedge("dataset", "import", name, source.toString());
  }

  private static String file(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = BrowserIT.class.getResourceAsStream("/" + name)) {
      Files.write(file, in.readAllBytes());
    }
    return file.toString();
  }

  /** Asked from here: the page's own rules forbid what Playwright's wait would do in it. */
  private void until(String condition) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(condition)));
  }
}
