namespace HumanTasks.Core.Links;

/// <summary>Makes links: always on the configured public base address, never on what a request says of itself.</summary>
public sealed class LinkBuilder(LinkTokens tokens, Func<Uri> publicBaseAddress)
{
    /// <summary>The public link of a human intervention.</summary>
    public string ReviewLink(string runId, string action, int generation = 0) => Link("review", new LinkClaim(runId, action, generation));

    /// <summary>The isolated link of a human task: it checks who opens it.</summary>
    public string TaskLink(string runId, string action, int generation = 0, int seat = 0) =>
        Link("task", new LinkClaim(runId, action, generation, seat));

    /// <summary>The link of a task that is alive; where several are asked, of the seat from which it is seen.</summary>
    public string LinkOf(Tasks.HumanTask task) => task.Kind == Tasks.TaskKind.HumanTask
        ? TaskLink(task.RunId, task.Action, task.Generation, task.Seat?.Number ?? 0)
        : ReviewLink(task.RunId, task.Action, task.Generation);

    private string Link(string page, LinkClaim claim) =>
        $"{publicBaseAddress().ToString().TrimEnd('/')}/{page}/{tokens.Sign(claim)}";
}
