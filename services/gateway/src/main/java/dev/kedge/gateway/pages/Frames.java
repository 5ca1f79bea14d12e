package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What stands around every page. */
@ApplicationScoped
public class Frames {
  private final Projects projects;
  private final Visit visit;

  Frames(Projects projects, Visit visit) {
    this.projects = projects;
    this.visit = visit;
  }

  /** Ids of the projects that the visitor may look into. */
  List<String> projects() {
    try {
      return visit.visible(projects.names());
    } catch (RuntimeException e) {
      throw Failures.toStatus(e);
    }
  }

  Frame of(String project, String section) {
    return new Frame(project, section, projects(), visit.visitor());
  }

  /**
   * What is needed to find one's way.
   *
   * @param project where the page belongs; empty for an error that belongs nowhere
   * @param section {@code experiments}, {@code queue}, {@code models} or {@code datasets}
   * @param projects others to go to
   * @param visitor who has signed in; empty where nobody is asked who they are
   */
  public record Frame(String project, String section, List<String> projects, String visitor) {
    /** Of a page that belongs to no project. */
    static final Frame NONE = new Frame("", "", List.of(), "");

    /** Where the links of this project begin. */
    public String root() {
      return "/projects/" + project;
    }

    /** Whether there is another project. */
    public boolean several() {
      return projects.size() > 1;
    }
  }
}
