package dev.kedge.models.language;

import static dev.kedge.models.language.LanguageModel.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/** Where the tokens of a pass stand, and so what each of them sees. */
sealed interface Layout {
  /**
   * Places in their sequences, {@code [1 or rows, tokens]}.
   *
   * @param none a tensor without elements
   */
  Tensor places(Scope scope, Tensor none);

  /**
   * What tokens see, {@code [1 or rows, 1, tokens, all tokens so far]}; without elements where that
   * is all that stands before them.
   *
   * @param none a tensor without elements
   * @param places as above
   * @param window how far back a token sees, itself included; 0 without bound
   */
  Tensor seen(Scope scope, Tensor none, Tensor places, int window);

  /** Sequences that all begin at their first token. */
  record Aligned(int tokens) implements Layout {
    @Override
    public Tensor places(Scope scope, Tensor none) {
      return KERNELS.tensor(scope, "places", none, 0, tokens);
    }

    @Override
    public Tensor seen(Scope scope, Tensor none, Tensor places, int window) {
      return window == 0 || tokens <= window
          ? none
          : KERNELS.tensor(scope, "visible", tokens, tokens, none, window);
    }
  }

  /**
   * Sequences that end together.
   *
   * @param starts each one's first token, {@code [sequences]}; what stands before is padding
   * @param first how many tokens earlier passes have seen
   */
  record Following(Tensor starts, int first, int tokens) implements Layout {
    @Override
    public Tensor places(Scope scope, Tensor none) {
      return KERNELS.tensor(scope, "places", starts, first, tokens);
    }

    @Override
    public Tensor seen(Scope scope, Tensor none, Tensor places, int window) {
      return KERNELS.tensor(scope, "visible", tokens, first + tokens, starts, window);
    }
  }

  /**
   * Rows that hold what several sequences share, and then what each has alone.
   *
   * @param places in the sequences, {@code [rows, tokens]}
   * @param branches which sequence has a token alone, from 1; 0 for what is shared; {@code [rows,
   *     tokens]}
   */
  record Branching(Tensor places, Tensor branches) implements Layout {
    @Override
    public Tensor places(Scope scope, Tensor none) {
      return places;
    }

    @Override
    public Tensor seen(Scope scope, Tensor none, Tensor at, int window) {
      return KERNELS.tensor(scope, "branch_visible", branches, at, window);
    }
  }
}
