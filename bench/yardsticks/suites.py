"""What lm-evaluation-harness 0.4.13 makes of made-up records: golden data for the suites.

Writes services/evaluation/src/test/resources/dev/kedge/evaluation/harness.json:
`prompts`, what the harness's own task files ask about records that stand here in the layout of the
harness's data set and in the one in which the set was published; `instructions`, which of IFEval's
instructions made-up answers follow; `scores`, its results for the small OPT of the folder
`language` beside that file, on the JSON lines there.
Needs: torch, transformers, lm_eval, nltk, langdetect, immutabledict. No network.
"""

import json
import pathlib

TARGET = pathlib.Path("services/evaluation/src/test/resources/dev/kedge/evaluation")
LETTERS = {"label": ["A", "B", "C", "D", "E"]}

# Suite: the harness's task file, and records as the harness reads them and as they were published.
RECORDS = {
    "arc-easy": ("arc/arc_easy", [
        {"question": "What melts?", "choices": {"text": ["ice", " stone", "air"], "label": ["A", "B", "C"]}, "answerKey": "C"},
        {"question": "Q: é?", "choices": {"text": ["x", "y"], "label": ["1", "2"]}, "answerKey": "2"},
    ]),
    "arc-challenge": ("arc/arc_challenge", [
        {"question": "Which?", "choices": {"text": ["a", "b", "c", "d"], "label": ["A", "B", "C", "D"]}, "answerKey": "D"},
    ]),
    "boolq": ("super_glue/boolq/default", [
        ({"passage": "Cats purr. ", "question": "do cats purr", "label": 1, "idx": 0},
         {"passage": "Cats purr. ", "question": "do cats purr", "answer": True}),
        ({"passage": "P", "question": "is it", "label": 0, "idx": 1},
         {"passage": "P", "question": "is it", "answer": False}),
    ]),
    "commonsenseqa": ("commonsense_qa/default", [
        {"question": " Where is milk? ", "choices": {"text": ["a", "b", "c", "d", "e"], **LETTERS}, "answerKey": "D"},
    ]),
    "hellaswag": ("hellaswag/hellaswag", [
        {"ind": 1, "activity_label": "Cooking", "ctx_a": "A man cooks [title] Soup.", "ctx_b": "he THEN", "ctx": "",
         "endings": ["[step] eats.", "sleeps. ", "sits  down", "goes"], "label": "1"},
        {"ind": 2, "activity_label": "Home [header] and garden", "ctx_a": "Begin.", "ctx_b": "", "ctx": "",
         "endings": ["x", "y [substeps] z", "w", "v"], "label": "0"},
        {"ind": 3, "activity_label": "A", "ctx_a": "B  [step] C", "ctx_b": "", "ctx": "",
         "endings": ["[title] x", "y [step]", " z", "[step]  w [title] v."], "label": "2"},
    ]),
    "medmcqa": ("medmcqa/medmcqa", [
        {"question": "Which nerve?", "opa": "a1", "opb": "b1", "opc": "c1", "opd": "d1", "cop": 2},
    ]),
    "medqa": ("medqa/medqa", [
        ({"sent1": "A man of 40 has", "ending0": "a1", "ending1": "b1", "ending2": "c1", "ending3": "d1", "label": 1},
         {"question": "A man of 40 has", "options": {"A": "a1", "B": "b1", "C": "c1", "D": "d1"}, "answer_idx": "B"}),
    ]),
    "openbookqa": ("openbookqa/openbookqa", [
        {"question_stem": "The sun gives", "choices": {"text": ["heat", "rain"], "label": ["A", "B"]}, "answerKey": "B"},
    ]),
    "piqa": ("piqa/piqa", [
        {"goal": "Boil an egg", "sol1": "Use water.", "sol2": "Use sand.", "label": 1},
    ]),
    "pubmedqa": ("pubmedqa/pubmedqa", [
        ({"QUESTION": "Does it?", "CONTEXTS": ["First.", "Second."], "final_decision": "maybe"},
         {"question": "Does it?", "context": {"contexts": ["First.", "Second."]}, "final_decision": "maybe"}),
    ]),
    "winogrande": ("winogrande/default", [
        {"sentence": "Ann paid Eva because _ was poor.", "option1": "Ann", "option2": "Eva", "answer": "2"},
    ]),
}

# Instruction, its arguments, and answers of which some follow it and some do not.
INSTRUCTIONS = [
    ("keywords:existence", {"keywords": ["apple", "pea[rs]"]}, ["An Apple and a pear.", "An apple.", "pes apple"]),
    ("keywords:frequency", {"keyword": "so", "frequency": 2, "relation": "at least"}, ["So it is, so.", "soso", "so"]),
    ("keywords:frequency", {"keyword": "so", "frequency": 2, "relation": "less than"}, ["So it is, so.", "no"]),
    ("keywords:forbidden_words", {"forbidden_words": ["bad", "é"]}, ["A badge.", "A BAD one.", "caf é", "café"]),
    ("keywords:letter_frequency", {"letter": "O", "let_frequency": 2, "let_relation": "at least"}, ["oO", "o", "foo"]),
    ("keywords:letter_frequency", {"letter": "o", "let_frequency": 2, "let_relation": "less than"}, ["oO", "o"]),
    ("length_constraints:number_words", {"num_words": 3, "relation": "at least"}, ["one two-three", "one, two", "ä ö ü", "it's it"]),
    ("length_constraints:number_words", {"num_words": 3, "relation": "less than"}, ["one two three", "one two"]),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, ["a\n***\nb", "***\na\n***\nb\n***", "a\n***\n\n***\nb", "a", "a *** b"]),
    ("length_constraints:nth_paragraph_first_word", {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "Then"},
     ["One.\n\nThen, two.", "One.\n\n'then two", "One.\n\n\"Then's two", "One.\n\nTwo.", "One.\n\n\n\nThen", "Then", "\n\nThen x\n\ny"]),
    ("detectable_content:number_placeholders", {"num_placeholders": 2}, ["[a] and [b c]", "[a", "[a] b]", "[a\nb] [c] [d]"]),
    ("detectable_content:postscript", {"postscript_marker": "P.S."}, ["Yes.\nP.S. more", "yes p. s. no", "none", "P.S"]),
    ("detectable_content:postscript", {"postscript_marker": "P.P.S"}, ["P.P.S more", "p. p. s", "P.S. more"]),
    ("detectable_format:number_bullet_lists", {"num_bullets": 2}, ["* a\n* b", "- a\n  - b", "* a\n** b\n- c", "** a **\n* b", "*a\n-"]),
    ("detectable_format:constrained_response", {}, ["My answer is yes.", "I think: My answer is no. So.", "my answer is yes."]),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 2}, ["*a* and *b*", "**a**", "** **", "*a*", "**a** *b*", "* *a* *"]),
    ("detectable_format:multiple_sections", {"section_spliter": "SECTION", "num_sections": 2},
     ["SECTION 1\na\nSECTION 2\nb", "SECTION1 a SECTION2", "Section 1 Section 2", "SECTION 1"]),
    ("detectable_format:json_format", {}, ["{\"a\": 1}", "```json\n[1, NaN]\n```", "```\n{}\n```", "{a: 1}", "1 2", "\"x\"", "{'a': 1}", "```JSON {}"]),
    ("detectable_format:title", {}, ["<<A title>>", "x <<<a>>> y", "<< >>", "<<a\n>>", "<a>"]),
    ("combination:two_responses", {}, ["a\n******\nb", "a******a", "a******b******c", "******a******b******", "a************b", "a"]),
    ("combination:repeat_prompt", {"prompt_to_repeat": "Say IT again. "}, [" say it again. Yes", "Yes. Say it again."]),
    ("startend:end_checker", {"end_phrase": "The End. "}, ["So. the end.", "\"So. The end.\"", "The end. No", "the end"]),
    ("startend:quotation", {}, ["\"a\"", " \"a\" ", "\"", "a\"", "\"a\" b"]),
    ("punctuation:no_comma", {}, ["a b", "a, b"]),
]
LOOSE = ["Sure:\n\"quoted\"", "\"quoted\"\nBye", "Sure:\n\"quoted\"\nBye", "*\"quoted\"*", "no"]


def prompts():
    import datasets
    import lm_eval
    from lm_eval.api.task import ConfigurableTask
    from lm_eval.tasks._yaml_loader import load_yaml

    folder = pathlib.Path(lm_eval.__file__).parent / "tasks"
    asked = []
    for suite, (file, records) in RECORDS.items():
        pairs = [r if isinstance(r, tuple) else (r, r) for r in records]
        docs = datasets.Dataset.from_list([theirs for theirs, _ in pairs])
        config = load_yaml(folder / (file + ".yaml"))
        config.pop("include", None)
        for key in ("tag", "dataset_path", "dataset_name", "dataset_kwargs"):
            config.pop(key, None)
        splits = {s: docs for s in ("train", "validation", "test")}
        config["custom_dataset"] = lambda splits=splits, **_: splits
        config["metadata"] = {}
        task = ConfigurableTask(config=config)
        task.build_all_requests(rank=0, world_size=1)
        for doc, (_, ours) in enumerate(pairs):
            requests = [i.args for i in task.instances if i.doc_id == doc]
            target = task.doc_to_target(task.instances[[i.doc_id for i in task.instances].index(doc)].doc)
            if task.multiple_input:
                target = task.doc_to_text(task.instances[0].doc)
            if isinstance(target, str):
                target = [r[1].strip() for r in requests].index(target)
            asked.append({"suite": suite, "record": ours, "requests": [list(r) for r in requests], "right": int(target)})
    return asked


def ifeval():
    """The harness's module without the downloads that it begins with."""
    import nltk

    nltk.download = lambda *_, **__: True
    nltk.data.find = lambda *_, **__: True
    from lm_eval.tasks.ifeval import utils

    def followed(ids, kwargs, answer):
        example = utils.InputExample(key=0, instruction_id_list=ids, prompt="p", kwargs=kwargs)
        return {
            "strict": utils.test_instruction_following_strict(example, answer).follow_instruction_list,
            "loose": utils.test_instruction_following_loose(example, answer).follow_instruction_list,
        }

    found = []
    for name, arguments, answers in INSTRUCTIONS:
        for answer in answers + ["", " \n"]:
            found.append({"ids": [name], "kwargs": [arguments], "answer": answer} | followed([name], [arguments], answer))
    both = ["startend:quotation", "punctuation:no_comma"]
    for answer in LOOSE:
        found.append({"ids": both, "kwargs": [{}, {}], "answer": answer} | followed(both, [{}, {}], answer))
    return found


def scores():
    import datasets
    import lm_eval
    from lm_eval.api.task import ConfigurableTask
    from lm_eval.models.huggingface import HFLM

    folder = TARGET / "language"

    def task(name, file, metrics, **config):
        lines = [json.loads(line) for line in (folder / file).read_text(encoding="utf-8").splitlines()]
        return ConfigurableTask(config={
            "task": name,
            "custom_dataset": lambda **_: {"test": datasets.Dataset.from_list(lines)},
            "test_split": "test",
            "metric_list": [m if isinstance(m, dict) else {"metric": m} for m in metrics],
        } | config)

    writing = {"until": ["\n", "."], "max_gen_toks": 6, "do_sample": False}
    same = {"metric": "exact_match", "ignore_case": True, "ignore_punctuation": True}
    tasks = [
        task("choices", "multiple_choice.jsonl", ["acc", "acc_norm", "acc_bytes"], output_type="multiple_choice",
             doc_to_text="Question: {{question}}\nAnswer:", doc_to_choice="choices", doc_to_target="gold"),
        task("texts", "rolling.jsonl", ["word_perplexity", "byte_perplexity", "bits_per_byte"],
             output_type="loglikelihood_rolling", doc_to_text="", doc_to_target="text"),
        task("written", "generation.jsonl", [same], output_type="generate_until",
             doc_to_text="prompt", doc_to_target="target", generation_kwargs=writing),
    ]
    model = HFLM(pretrained=str(folder), device="cpu", dtype="float32", batch_size=1)
    found = lm_eval.simple_evaluate(model=model, tasks=tasks, bootstrap_iters=0, log_samples=True)
    results = {name: {k: v for k, v in values.items() if isinstance(v, float)} for name, values in found["results"].items()}
    written = [s["filtered_resps"][0] for s in sorted(found["samples"]["written"], key=lambda s: s["doc_id"])]
    unasked = [[-model.loglikelihood([request("", " " + c)], disable_tqdm=True)[0][0] for c in s["doc"]["choices"]]
               for s in sorted(found["samples"]["choices"], key=lambda s: s["doc_id"])]
    return {"results": results, "written": written, "unasked": unasked}


def request(context, continuation):
    from lm_eval.api.instance import Instance

    return Instance("loglikelihood", {}, (context, continuation), 0)


def main():
    golden = {"prompts": prompts(), "instructions": ifeval(), "scores": scores()}
    text = json.dumps(golden, ensure_ascii=True, indent=1)
    (TARGET / "harness.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
