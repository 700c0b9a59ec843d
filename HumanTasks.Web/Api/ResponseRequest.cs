using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

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
