"""Brings texts to Kedge, trains a small language model on them, follows it and prints the report.

  python launch.py TRAIN.txt TEST.txt        docs/clients.md says what it needs

KEDGE_SERVER names the gateway, localhost:9090 by default.
"""

import os
import sys
import time
import uuid

import grpc
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2, status_pb2
from kedge.v1 import experiment_spec_pb2, experiments_pb2, experiments_pb2_grpc, registry_pb2, registry_pb2_grpc

PROJECT = "projects/default"
PIECE = 1 << 20
SPEC = {
    "newModel": {"language": {"family": "GPT2", "width": 32, "layers": 1, "heads": 2,
                              "contextLength": 32, "vocabularySize": 300}},
    "task": {"languageModelling": {"sources": ["datasets/client-train"]}},
    "training": {"epochs": 1, "batchSize": 8, "learningRate": [1e-3], "schedule": "CONSTANT"},
    "methods": [{"id": "from-texts", "full": {}}],
    "evaluations": [{"id": "texts", "dataset": "datasets/client-test", "role": "SPECIALITY", "language": {}}],
}


def upload(registry, path):
    """The file's bytes, in pieces; the answer has their digest."""

    def pieces():
        yield registry_pb2.UploadBlobRequest(parent=PROJECT)
        with open(path, "rb") as file:
            while data := file.read(PIECE):
                yield registry_pb2.UploadBlobRequest(data=data)

    kept = registry.UploadBlob(pieces())
    return registry_pb2.File(path=os.path.basename(path), digest=kept.digest, size=kept.size)


def bring(registry, operations, name, path):
    """A data set of one file of plain text. Checking takes a while: it is an operation."""
    operation = registry.ImportDataset(
        registry_pb2.ImportDatasetRequest(
            parent=PROJECT, dataset_id=name, format="TEXT", files=[upload(registry, path)]
        )
    )
    while not operation.done:
        time.sleep(0.2)
        operation = operations.GetOperation(operations_pb2.GetOperationRequest(name=operation.name))
    if operation.HasField("error"):
        raise SystemExit(f"{path}: {operation.error.message}")


def follow(experiments, name):
    """Until it needs nobody's time any more. Each answer has a cursor to go on from after a broken connection."""
    state = experiments_pb2.Experiment.State
    for news in experiments.WatchExperiment(experiments_pb2.WatchExperimentRequest(name=name)):
        if news.WhichOneof("event") == "experiment":
            now = news.experiment
            done = sum(stage.state == experiments_pb2.Stage.SUCCEEDED for stage in now.stages)
            print(f"{state.Name(now.state)}: {done} of {len(now.stages)} stages")
            if now.state in (state.SUCCEEDED, state.ATTENTION, state.CANCELLED, state.PAUSED):
                return now
    raise SystemExit("the gateway ended the stream")


def main(train, test):
    with grpc.insecure_channel(os.environ.get("KEDGE_SERVER", "localhost:9090")) as channel:
        registry = registry_pb2_grpc.RegistryServiceStub(channel)
        operations = operations_pb2_grpc.OperationsStub(channel)
        experiments = experiments_pb2_grpc.ExperimentServiceStub(channel)
        bring(registry, operations, "client-train", train)
        bring(registry, operations, "client-test", test)
        launched = experiments.LaunchExperiment(
            experiments_pb2.LaunchExperimentRequest(
                parent=PROJECT,
                display_name="from Python",
                request_id=str(uuid.uuid4()),
                spec=json_format.ParseDict(SPEC, experiment_spec_pb2.ExperimentSpec()),
            )
        )
        ended = follow(experiments, launched.name)
        if ended.state != experiments_pb2.Experiment.State.SUCCEEDED:
            raise SystemExit(f"{ended.name} did not succeed: kedge get {ended.display_name!r} says why")
        answer = experiments.GetReport(experiments_pb2.GetReportRequest(name=launched.name))
        for point in answer.report.points:
            cost = point.speciality
            print(f"{point.label}: {cost.value:.3f} ({cost.low:.3f} to {cost.high:.3f}) {answer.report.speciality_scale.unit}")


def details(error):
    """What the gateway says of a refusal: a reason for programs, and what is wrong with which field."""
    trailer = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
    for detail in status_pb2.Status.FromString(trailer).details:
        for kind in (error_details_pb2.ErrorInfo, error_details_pb2.BadRequest):
            if detail.Is(kind.DESCRIPTOR):
                yield kind.FromString(detail.value)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        print(f"{error.code().name}: {error.details()}", *details(error), sep="\n", file=sys.stderr)
        raise SystemExit(1)
