using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to start a run.</summary>
/// <param name="Context">The run's context. Default empty.</param>
/// <param name="CorrelationId">1 to 128 printable ASCII characters. Default the run's ID.</param>
public sealed record StartRunRequest(JsonObject? Context, string? CorrelationId)
{
    public static readonly RequestBody<StartRunRequest> Body = new(
        new Shape("StartRunRequest", RequestMembers.ContextMember, RequestMembers.CorrelationIdMember),
        reader => new StartRunRequest(RequestMembers.Context(reader), RequestMembers.CorrelationId(reader)),
        IsOptional: true);
}

/// <summary>A request with a reason.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
public sealed record ReasonRequest(string? Reason)
{
    public static readonly RequestBody<ReasonRequest> Body = new(
        new Shape("ReasonRequest", RequestMembers.Reason),
        reader => new ReasonRequest(reader.Text(RequestMembers.Reason)),
        IsOptional: true);
}

/// <summary>A request to reject a task.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
/// <param name="By">Who declines, for a call with an API key; a member is known.</param>
public sealed record RejectRequest(string? Reason, string? By)
{
    public static readonly RequestBody<RejectRequest> Body = new(
        new Shape("RejectRequest", RequestMembers.Reason, RequestMembers.By),
        reader => new RejectRequest(reader.Text(RequestMembers.Reason), reader.Text(RequestMembers.By)),
        IsOptional: true);
}

/// <summary>A request to cancel a run.</summary>
/// <param name="Reason">The reason, at most 1000 characters.</param>
/// <param name="Tree">Whether to cancel everything that the run started or continued into as well.</param>
public sealed record CancelRunRequest(string? Reason, bool Tree)
{
    private static readonly FlagMember TreeMember = new("tree") { Says = "Whether to cancel all descendant runs as well." };

    public static readonly RequestBody<CancelRunRequest> Body = new(
        new Shape("CancelRunRequest", RequestMembers.Reason, TreeMember),
        reader => new CancelRunRequest(reader.Text(RequestMembers.Reason), reader.Flag(TreeMember) ?? false),
        IsOptional: true);
}

/// <summary>A request to cancel all runs with a correlation ID.</summary>
/// <param name="CorrelationId">The correlation ID.</param>
/// <param name="Reason">The reason, at most 1000 characters.</param>
public sealed record CancelRunsRequest(string CorrelationId, string? Reason)
{
    private static readonly TextMember Which = new("correlationId", RequestMembers.MaxCorrelationId) { Required = true, Says = "Every active run with this correlation ID is cancelled." };

    public static readonly RequestBody<CancelRunsRequest> Body = new(
        new Shape("CancelRunsRequest", Which, RequestMembers.Reason),
        reader => new CancelRunsRequest(reader.RequiredText(Which), reader.Text(RequestMembers.Reason)));
}

/// <summary>A request to reassign a task.</summary>
/// <param name="Assignee">An email address of at most 254 characters.</param>
/// <param name="From">The assignee to replace, for a task with several.</param>
public sealed record ReassignRequest(string Assignee, string? From)
{
    private static readonly TextMember FromMember = new("from", RequestMembers.MaxAssignee) { Says = "Which of several assignees is replaced." };

    public static readonly RequestBody<ReassignRequest> Body = new(
        new Shape("ReassignRequest", RequestMembers.NewAssignee, FromMember),
        reader => new ReassignRequest(RequestMembers.Assignee(reader, required: true)!, reader.Text(FromMember)));
}

/// <summary>A request to claim or release a task.</summary>
/// <param name="By">The candidate, for a call with an API key; a member is known.</param>
public sealed record ClaimRequest(string? By)
{
    public static readonly RequestBody<ClaimRequest> Body = new(
        new Shape("ClaimRequest", RequestMembers.By), reader => new ClaimRequest(reader.Text(RequestMembers.By)), IsOptional: true);
}

/// <summary>A request to delegate a task.</summary>
/// <param name="Assignee">An address that the action allows.</param>
/// <param name="Note">A note for the new assignee, at most 1000 characters.</param>
/// <param name="By">The assignee, for a call with an API key; a member is known.</param>
public sealed record DelegateRequest(string Assignee, string? Note, string? By)
{
    private static readonly TextMember NoteMember = new("note") { Says = "A note for the new assignee." };

    public static readonly RequestBody<DelegateRequest> Body = new(
        new Shape("DelegateRequest", RequestMembers.NewAssignee, NoteMember, RequestMembers.By),
        reader => new DelegateRequest(
            RequestMembers.Assignee(reader, required: true)!, reader.Text(NoteMember), reader.Text(RequestMembers.By)));
}

/// <summary>A request for a new link.</summary>
/// <param name="Assignee">The assignee whose link it is, for a task with several. Default all.</param>
public sealed record LinkRequest(string? Assignee)
{
    private static readonly TextMember Whose = new("assignee", RequestMembers.MaxAssignee) { Says = "Whose link, where several people are asked; everybody's without it." };

    public static readonly RequestBody<LinkRequest> Body = new(
        new Shape("LinkRequest", Whose), reader => new LinkRequest(reader.Text(Whose)), IsOptional: true);
}

/// <summary>A request to add a comment.</summary>
/// <param name="Text">The comment, 1 to 4000 characters.</param>
public sealed record CommentRequest(string Text)
{
    private static readonly TextMember TextOf = new("text", Core.Engine.TaskJournal.MaxComment) { Required = true };

    public static readonly RequestBody<CommentRequest> Body = new(
        new Shape("CommentRequest", TextOf), reader => new CommentRequest(reader.RequiredText(TextOf)));
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

    /// <summary>The numbers of reminders that the caller knew of, by the ID of the task; null for a caller who doesn't say.</summary>
    public IReadOnlyDictionary<string, int>? Known { get; init; }

    private static readonly WordMember ActionMember = new("action", Cancel, Reassign, Remind) { Required = true };
    private static readonly TextsMember IdsMember = new("ids", MaxIds) { Required = true, MinCount = 1, Says = "The IDs of the tasks." };
    private static readonly TextMember To = new("assignee", RequestMembers.MaxGiven) { Says = "The new assignee's email address. Required when 'action' is 'reassign'." };

    public static readonly RequestBody<BulkRequest> Body = new(new Shape("BulkRequest", ActionMember, IdsMember, RequestMembers.Reason, To), Read);

    private static BulkRequest Read(ObjectReader reader)
    {
        if (reader.Any(ActionMember) is null)
        {
            reader.Refuse(ActionMember, "'action' is required.");
        }

        var action = reader.Any(ActionMember) is null ? "" : reader.OneOf(ActionMember);
        var ids = reader.Texts(IdsMember);
        if (ids.Count == 0)
        {
            reader.Refuse(IdsMember, "'ids' must have at least one task ID.");
        }

        return new BulkRequest(
            action,
            ids,
            reader.Text(RequestMembers.Reason),
            action == Reassign ? RequestMembers.Assignee(reader, required: true) : reader.Text(To.Name, RequestMembers.MaxAssignee));
    }
}

/// <summary>A request to respond to a task.</summary>
/// <param name="Values">The values by field name.</param>
/// <param name="By">Who responds, at most 254 characters.</param>
public sealed record ResponseRequest(JsonObject Values, string? By)
{
    private static readonly ObjectMember ValuesMember = new("values") { Required = true, Says = "Field name to value, as GET /api/tasks/{id}/schema describes them." };

    public static readonly RequestBody<ResponseRequest> Body = new(
        new Shape("ResponseRequest", ValuesMember, RequestMembers.By),
        reader => new ResponseRequest(
            reader.Object(ValuesMember) is { } values ? RequestMembers.Copy(values.Element) : [], reader.Text(RequestMembers.By)));
}

internal static class RequestMembers
{
    public const int MaxCorrelationId = 128;

    public const int MaxAssignee = PersonAddress.MaxLength;

    public const int MaxGiven = 1000; // before white space is trimmed

    public static readonly TextMember Reason = new("reason") { Says = "Why, in words for people." };

    public static readonly TextMember By = new("by", MaxAssignee) { Says = "Who acts, for a call with an API key. A signed-in member is known." };

    public static readonly TextMember NewAssignee = new("assignee", MaxGiven) { Required = true, Says = "An email address." };

    public static readonly ObjectMember ContextMember = new("context") { Says = "The run's context: any JSON object. Empty without it." };

    public static readonly TextMember CorrelationIdMember = new("correlationId", MaxCorrelationId)
    {
        Pattern = "^[ -~]{1,128}$",
        Says = "1 to 128 printable ASCII characters. The run's ID without it.",
    };

    public static string? Assignee(ObjectReader reader, bool required)
    {
        var before = reader.Problems.Count;
        var assignee = required ? reader.RequiredText(NewAssignee) : reader.Text(NewAssignee.Name, MaxGiven);
        if (assignee is not null && reader.Problems.Count == before && PersonAddress.Problem(assignee) is { } problem)
        {
            reader.Refuse(NewAssignee, problem);
        }

        return assignee is null ? null : PersonAddress.Written(assignee);
    }

    public static JsonObject? Context(ObjectReader reader)
    {
        if (reader.Object(ContextMember) is not { } context)
        {
            return null;
        }

        DecimalRange.Check(context.Element, context.Pointer, context.Problems);
        return Copy(context.Element);
    }

    public static string? CorrelationId(ObjectReader reader)
    {
        var text = reader.Text(CorrelationIdMember);
        if (text is not null && (text.Length == 0 || text.Any(character => character is < ' ' or > '~')))
        {
            reader.Refuse(CorrelationIdMember, $"'correlationId' must have 1 to {MaxCorrelationId} printable ASCII characters.");
        }

        return text;
    }

    // a separate copy, because the request's document returns to its pool
    public static JsonObject Copy(JsonElement element) =>
        JsonSerializer.SerializeToNode(element, ValueJson.Default.JsonElement)!.DeepClone().AsObject();
}
