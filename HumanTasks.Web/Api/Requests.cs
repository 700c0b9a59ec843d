using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Api;

/// <summary>A request to start a run.</summary>
/// <param name="Context">The run's context. Default empty.</param>
/// <param name="CorrelationId">1 to 128 printable ASCII characters. Default the run's ID.</param>
public sealed record StartRunRequest(JsonObject? Context, string? CorrelationId)
{
    public static StartRunRequest Read(ObjectReader reader) =>
        new(RequestMembers.Context(reader), RequestMembers.CorrelationId(reader));
}

/// <summary>A request with a reason.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
public sealed record ReasonRequest(string? Reason)
{
    public static ReasonRequest Read(ObjectReader reader) => new(reader.Text("reason"));
}

/// <summary>A request to reject a task.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
/// <param name="By">Who declines, for a call with an API key; a member is known.</param>
public sealed record RejectRequest(string? Reason, string? By)
{
    public static RejectRequest Read(ObjectReader reader) => new(reader.Text("reason"), reader.Text("by", RequestMembers.MaxAssignee));
}

/// <summary>A request to cancel a run.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
/// <param name="Tree">Whether to cancel everything that the run started or continued into as well.</param>
public sealed record CancelRunRequest(string? Reason, bool Tree)
{
    public static CancelRunRequest Read(ObjectReader reader) => new(reader.Text("reason"), reader.Flag("tree") ?? false);
}

/// <summary>A request to cancel all runs with a correlation ID.</summary>
/// <param name="CorrelationId">The correlation ID.</param>
/// <param name="Reason">The reason, at most 1000 characters.</param>
public sealed record CancelRunsRequest(string CorrelationId, string? Reason)
{
    public static CancelRunsRequest Read(ObjectReader reader) =>
        new(reader.RequiredText("correlationId", RequestMembers.MaxCorrelationId), reader.Text("reason"));
}

/// <summary>A request to reassign a task.</summary>
/// <param name="Assignee">An email address of at most 254 characters.</param>
/// <param name="From">The assignee to replace, for a task with several.</param>
public sealed record ReassignRequest(string Assignee, string? From)
{
    public static ReassignRequest Read(ObjectReader reader) =>
        new(RequestMembers.Assignee(reader, required: true)!, reader.Text("from", RequestMembers.MaxAssignee));
}

/// <summary>A request to claim or release a task.</summary>
/// <param name="By">The candidate, for a call with an API key; a member is known.</param>
public sealed record ClaimRequest(string? By)
{
    public static ClaimRequest Read(ObjectReader reader) => new(reader.Text("by", RequestMembers.MaxAssignee));
}

/// <summary>A request to delegate a task.</summary>
/// <param name="Assignee">An address that the action allows.</param>
/// <param name="Note">A note for the new assignee, at most 1000 characters.</param>
/// <param name="By">The assignee, for a call with an API key; a member is known.</param>
public sealed record DelegateRequest(string Assignee, string? Note, string? By)
{
    public static DelegateRequest Read(ObjectReader reader) => new(
        RequestMembers.Assignee(reader, required: true)!, reader.Text("note"), reader.Text("by", RequestMembers.MaxAssignee));
}

/// <summary>A request for a new link.</summary>
/// <param name="Assignee">The assignee whose link it is, for a task with several. Default all.</param>
public sealed record LinkRequest(string? Assignee)
{
    public static LinkRequest Read(ObjectReader reader) => new(reader.Text("assignee", RequestMembers.MaxAssignee));
}

/// <summary>A request to add a comment.</summary>
/// <param name="Text">The comment, 1 to 4000 characters.</param>
public sealed record CommentRequest(string Text)
{
    public static CommentRequest Read(ObjectReader reader) =>
        new(reader.RequiredText("text", Core.Engine.TaskJournal.MaxComment));
}

/// <summary>A request for a bulk action.</summary>
/// <param name="Action"><c>cancel</c>, <c>reassign</c> or <c>remind</c>.</param>
/// <param name="Ids">The IDs of 1 to 200 tasks.</param>
/// <param name="Reason">The reason of a cancellation, at most 1000 characters.</param>
/// <param name="Assignee">The new assignee of a reassignment.</param>
public sealed record BulkRequest(string Action, IReadOnlyList<string> Ids, string? Reason, string? Assignee)
{
    public const string Cancel = "cancel";
    public const string Reassign = "reassign";
    public const string Remind = "remind";
    public const int MaxIds = 200;

    public static BulkRequest Read(ObjectReader reader)
    {
        if (reader.Any("action") is null)
        {
            reader.Refuse("action", "'action' is required.");
        }

        var action = reader.OneOf("action", "", Cancel, Reassign, Remind);
        var ids = reader.Texts("ids", MaxIds);
        if (ids.Count == 0)
        {
            reader.Refuse("ids", "'ids' must have at least one task ID.");
        }

        return new BulkRequest(
            action,
            ids,
            reader.Text("reason"),
            action == Reassign ? RequestMembers.Assignee(reader, required: true) : reader.Text("assignee", RequestMembers.MaxAssignee));
    }
}

/// <summary>A request to respond to a task.</summary>
/// <param name="Values">The values by field name.</param>
/// <param name="By">Who responds, at most 254 characters.</param>
public sealed record ResponseRequest(JsonObject Values, string? By)
{
    public static ResponseRequest Read(ObjectReader reader) => new(
        reader.RequiredObject("values") is { } values ? RequestMembers.Copy(values.Element) : [],
        reader.Text("by", 254));
}

/// <summary>Documents the body of <c>POST /api/interventions</c>. The action's own reader reads it.</summary>
public sealed record InterventionRequest(
    string? Title,
    string? Description,
    JsonObject Form,
    JsonObject? Context,
    JsonObject Continuation,
    double? LinkExpirationHours,
    int? MaxUses,
    string? LinkContextKey,
    IReadOnlyList<string>? Show,
    string? CorrelationId);

/// <summary>Documents the body of <c>POST /api/tasks</c>. The action's own reader reads it.</summary>
public sealed record TaskRequest(
    string Title,
    string? Description,
    JsonObject Form,
    string? Assignee,
    IReadOnlyList<string>? Assignees,
    IReadOnlyList<string>? Candidates,
    JsonNode? Need,
    bool? Veto,
    IReadOnlyList<string>? NotSameAs,
    IReadOnlyList<string>? DelegateTo,
    JsonObject? Context,
    double? DueInHours,
    double? ExpiresInHours,
    JsonNode? Remind,
    JsonNode? Escalate,
    JsonObject? WorkingHours,
    JsonObject? Default,
    IReadOnlyList<string>? NotifyOutcome,
    IReadOnlyList<string>? Channels,
    bool? TitleInSubject,
    string? Language,
    bool? AllowReject,
    bool? Notify,
    string? LinkContextKey,
    JsonObject? Continuation,
    IReadOnlyList<string>? Show,
    string? CorrelationId);

internal static class RequestMembers
{
    public const int MaxCorrelationId = 128;

    public const int MaxAssignee = PersonAddress.MaxLength;

    private const int MaxGiven = 1000; // before white space is trimmed

    public static string? Assignee(ObjectReader reader, bool required)
    {
        var before = reader.Problems.Count;
        var assignee = required ? reader.RequiredText("assignee", MaxGiven) : reader.Text("assignee", MaxGiven);
        if (assignee is not null && reader.Problems.Count == before && PersonAddress.Problem(assignee) is { } problem)
        {
            reader.Refuse("assignee", problem);
        }

        return assignee is null ? null : PersonAddress.Written(assignee);
    }

    public static JsonObject? Context(ObjectReader reader)
    {
        if (reader.Object("context") is not { } context)
        {
            return null;
        }

        DecimalRange.Check(context.Element, context.Pointer, context.Problems);
        return Copy(context.Element);
    }

    public static string? CorrelationId(ObjectReader reader)
    {
        var text = reader.Text("correlationId", MaxCorrelationId);
        if (text is not null && (text.Length == 0 || text.Any(character => character is < ' ' or > '~')))
        {
            reader.Refuse("correlationId", $"'correlationId' must have 1 to {MaxCorrelationId} printable ASCII characters.");
        }

        return text;
    }

    // a separate copy, because the request's document returns to its pool
    public static JsonObject Copy(JsonElement element) =>
        JsonSerializer.SerializeToNode(element, ValueJson.Default.JsonElement)!.DeepClone().AsObject();
}
