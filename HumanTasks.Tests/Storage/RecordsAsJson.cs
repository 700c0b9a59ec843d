using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

public sealed class RecordsAsJson
{
    [Fact]
    public void What_follows_from_a_record_is_not_written_with_it()
    {
        var task = JsonNode.Parse(Some.Json(Some.Task(Some.Run())))!.AsObject();
        var run = JsonNode.Parse(Some.Json(Some.Run()))!.AsObject();

        Assert.False(task.ContainsKey("currentRound"));
        Assert.False(task.ContainsKey("usesLeft"));
        Assert.False(run.ContainsKey("wakeAt"));
        Assert.Single(task["rounds"]!.AsArray());
    }

    [Fact]
    public void A_record_of_a_release_that_wrote_it_is_read_all_the_same()
    {
        var (run, task) = (Some.Run(), Some.Task(Some.Run()));
        var oldTask = JsonNode.Parse(Some.Json(task))!.AsObject();
        oldTask["usesLeft"] = 7;
        oldTask["currentRound"] = oldTask["rounds"]![0]!.DeepClone();
        var oldRun = JsonNode.Parse(Some.Json(run))!.AsObject();
        oldRun["wakeAt"] = "2020-01-01T00:00:00+00:00";

        Assert.Equal(Some.Json(task), Some.Json(JsonSerializer.Deserialize(oldTask.ToJsonString(), CoreJson.Default.HumanTask)));
        var read = JsonSerializer.Deserialize(oldRun.ToJsonString(), CoreJson.Default.Run)!;
        Assert.Equal(Some.Json(run), Some.Json(read));
        Assert.Equal(run.WakeAt, read.WakeAt);
        Assert.IsType<RunState.Running>(read.State);
    }
}
