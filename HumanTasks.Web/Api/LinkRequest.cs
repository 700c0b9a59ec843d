using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request for a new link.</summary>
/// <param name="Assignee">The assignee whose link it is, for a task with several. Default all.</param>
public sealed record LinkRequest(string? Assignee)
{
    private static readonly TextMember Whose = new("assignee", RequestMembers.MaxAssignee) { Says = "Whose link, where several people are asked; everybody's without it." };

    public static readonly RequestBody<LinkRequest> Body = new(
        new Shape("LinkRequest", Whose), reader => new LinkRequest(reader.Text(Whose)), IsOptional: true);
}
