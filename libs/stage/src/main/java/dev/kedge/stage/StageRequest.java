package dev.kedge.stage;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.util.regex.Pattern;

/** A run request whose parts are known to be sound. */
record StageRequest(StageId id, StageKind kind, StageSpec spec, String requester, String after) {
  private static final Pattern REQUESTER = Pattern.compile("\\S{1,500}");

  /**
   * Checks all that can be checked without the store.
   *
   * @throws StageException blaming the user
   */
  static StageRequest of(RunRequest request) {
    StageSpec spec = request.getSpec();
    if (spec.getStageCase() == StageSpec.StageCase.STAGE_NOT_SET) {
      throw StageException.user("EMPTY_SPEC", "the stage spec is empty: set one of its messages");
    }
    if (!REQUESTER.matcher(request.getRequester()).matches()) {
      throw StageException.user(
          "BAD_REQUESTER",
          "the requester '%s' is not a name of 1 to 500 characters without spaces"
              .formatted(request.getRequester()));
    }
    return new StageRequest(
        checkedId(request, StageKey.of(spec)),
        StageKey.kindOf(spec),
        spec,
        request.getRequester(),
        Cursors.require(request.getAfterCursor()));
  }

  private static StageId checkedId(RunRequest request, String computed) {
    if (!computed.equals(request.getKey())) {
      throw StageException.user(
          "KEY_MISMATCH",
          "the key '%s' is not that of the spec, which is %s: caller and service differ in their version of the contract"
              .formatted(request.getKey(), computed));
    }
    return new StageId(request.getProject(), computed);
  }
}
