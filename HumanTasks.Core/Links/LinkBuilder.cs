namespace HumanTasks.Core.Links;

/// <summary>Makes links: always on the configured public base address, never on what a request says of itself.</summary>
public sealed class LinkBuilder(LinkTokens tokens, Func<Uri> publicBaseAddress)
{
    public string ReviewLink(string runId, string action, int generation = 0) =>
        $"{publicBaseAddress().ToString().TrimEnd('/')}/review/{tokens.Sign(new LinkClaim(runId, action, generation))}";
}
