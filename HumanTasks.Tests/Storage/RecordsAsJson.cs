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
        var task = JsonNode.Parse(Sample.Json(Sample.Task(Sample.Run())))!.AsObject();
        var run = JsonNode.Parse(Sample.Json(Sample.Run()))!.AsObject();

        Assert.False(task.ContainsKey("currentRound"));
        Assert.False(task.ContainsKey("usesLeft"));
        Assert.False(run.ContainsKey("wakeAt"));
        Assert.Single(task["rounds"]!.AsArray());
    }

    [Fact]
    public void A_record_of_a_release_that_wrote_it_is_read_all_the_same()
    {
        var (run, task) = (Sample.Run(), Sample.Task(Sample.Run()));
        var oldTask = JsonNode.Parse(Sample.Json(task))!.AsObject();
        oldTask["usesLeft"] = 7;
        oldTask["currentRound"] = oldTask["rounds"]![0]!.DeepClone();
        var oldRun = JsonNode.Parse(Sample.Json(run))!.AsObject();
        oldRun["wakeAt"] = "2020-01-01T00:00:00+00:00";

        Assert.Equal(Sample.Json(task), Sample.Json(JsonSerializer.Deserialize(oldTask.ToJsonString(), CoreJson.Default.StoredTask)!.Read()));
        var read = JsonSerializer.Deserialize(oldRun.ToJsonString(), CoreJson.Default.Run)!;
        Assert.Equal(Sample.Json(run), Sample.Json(read));
        Assert.Equal(run.WakeAt, read.WakeAt);
        Assert.IsType<RunState.Running>(read.State);
    }
}
