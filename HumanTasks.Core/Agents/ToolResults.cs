using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Agents;

/// <summary>The results of tool calls for the model, which report only what happened.</summary>
internal static class ToolResults
{
    private const int MaxProblems = 20;

    public static AgentPart.Result Answered(AgentPart.Call call, HumanTask task, HumanResponse response)
    {
        var result = Of(response.Rejects ? "rejected" : "answered", task);
        result["by"] = response.By ?? task.Asked.Names;
        result["verified"] = (response.Verified ?? Verification.Link).Word();
        result["at"] = Moment(response.At);
        if (response.Rejects)
        {
            result["reason"] = response.Reason;
        }
        else
        {
            result["values"] = response.GivenValues();
        }

        return new AgentPart.Result(call.Id, result.Plainly());
    }

    public static AgentPart.Result Expired(AgentPart.Call call, HumanTask task)
    {
        var result = Of("expired", task);
        result["at"] = Moment(task.Schedule.ExpiresAt);
        return new AgentPart.Result(call.Id, result.Plainly());
    }

    public static AgentPart.Result Cancelled(AgentPart.Call call, HumanTask task, string? reason)
    {
        var result = Of("cancelled", task);
        result["by"] = task.History.Timeline.LastOrDefault(happened => happened.Kind == TaskEventKind.Cancelled)?.By;
        result["reason"] = reason;
        return new AgentPart.Result(call.Id, result.Plainly());
    }

    public static AgentPart.Result Closed(AgentPart.Call call) => new(call.Id, """{"status":"closed"}""");

    public static AgentPart.Result Refused(AgentPart.Call call, Problems problems) => new(call.Id, new JsonObject
    {
        ["error"] = "Invalid arguments. Nothing changed. Fix them and call again.",
        ["problems"] = new JsonArray([.. problems.Take(MaxProblems).Select(problem => new JsonObject
        {
            ["pointer"] = problem.Pointer,
            ["message"] = problem.Message,
        })]),
    }.Plainly());

    public static AgentPart.Result Refused(AgentPart.Call call, string why) =>
        new(call.Id, new JsonObject { ["error"] = why }.Plainly());

    /// <summary>Returns the files of a response that the model may read.</summary>
    public static IEnumerable<AgentPart> FilesOf(HumanTask task, HumanResponse response) =>
        from field in task.Question.Form().Fields.OfType<Field.File>()
        where field.Readable
        from item in response.Values[field.Name] is JsonArray list ? list.ToArray() : [response.Values[field.Name]]
        let file = FileValue.TryRead(item)
        where file is not null
        select new AgentPart.Readable(task.Id, file);

    private static JsonObject Of(string status, HumanTask task)
    {
        var result = new JsonObject { ["status"] = status, ["round"] = task.Question.CurrentRound.Number };
        var since = task.Question.CurrentRound.OpenedAt;
        var handed = task.History.Timeline
            .Where(happened => happened.Kind == TaskEventKind.Reassigned && happened.At >= since)
            .Select(happened => new JsonObject { ["at"] = Moment(happened.At), ["to"] = happened.Detail, ["by"] = happened.By })
            .ToArray<JsonNode?>();
        if (handed.Length > 0)
        {
            result["reassigned"] = new JsonArray(handed);
        }

        return result;
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
