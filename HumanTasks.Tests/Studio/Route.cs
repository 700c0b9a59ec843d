namespace HumanTasks.Tests.Studio;

/// <summary>A route that the web layer maps.</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Pattern">With its parameters in braces.</param>
public sealed record Route(string Method, string Pattern)
{
    public bool IsReading => Method is "GET" or "HEAD";

    public override string ToString() => $"{Method} {Pattern}";
}
