namespace HumanTasks.Core.Links;

/// <summary>Builds links from the configured public base address, never from the host of a request.</summary>
public sealed class LinkBuilder(LinkTokens tokens, Func<Uri> publicBaseAddress)
{
    /// <summary>Returns the public link of a human intervention.</summary>
    public string ReviewLink(string runId, string action, int generation = 0) => Link("review", new LinkClaim(runId, action, generation));

    /// <summary>Returns the secure link of a human task, which asks for a code.</summary>
    public string TaskLink(string runId, string action, int generation = 0, int seat = 0) =>
        Link("task", new LinkClaim(runId, action, generation, seat));

    /// <summary>Returns the valid link of the person whose view it is.</summary>
    public string LinkOf(Tasks.TaskView view) => view.Kind == Tasks.TaskKind.HumanTask
        ? TaskLink(view.RunId, view.Action, view.Generation, view.SeatNumber)
        : ReviewLink(view.RunId, view.Action, view.Generation);

    private string Link(string page, LinkClaim claim) =>
        $"{publicBaseAddress().ToString().TrimEnd('/')}/{page}/{tokens.Sign(claim)}";
}
