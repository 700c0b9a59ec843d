using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Api;

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
