"""As clip_step.py, its products in bfloat16 under autocast, with 32-bit weights.

Takes the same arguments, and --bf16, which is what it does in any case.
"""

import sys

import clip_step
import torch


class UnderAutocast(clip_step.Classifier):
    def forward(self, pixels):
        with torch.autocast("cpu", torch.bfloat16):
            return super().forward(pixels).float()


if __name__ == "__main__":
    sys.argv = [each for each in sys.argv if each != "--bf16"]
    clip_step.Classifier = UnderAutocast
    clip_step.main()
