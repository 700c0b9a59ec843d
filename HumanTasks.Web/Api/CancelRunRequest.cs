using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

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
