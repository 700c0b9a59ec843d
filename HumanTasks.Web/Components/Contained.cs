using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Components;

/// <summary>One entry of a page. If it cannot be shown, the page says so in its place and shows all others.</summary>
public sealed partial class Contained(ILogger<Contained> log) : ErrorBoundaryBase
{
    private const string Instead = "Couldn't show this entry.";

    /// <summary>The number of columns if the entry is a table row; otherwise 0.</summary>
    [Parameter]
    public int Columns { get; set; }

    protected override Task OnErrorAsync(Exception exception)
    {
        LogEntry(log, exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
        }
        else
        {
            builder.AddMarkupContent(1, Columns > 0
                ? string.Create(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{Columns}\">{Instead}</td></tr>")
                : $"<p class=\"quiet\">{Instead}</p>");
        }
    }

    [LoggerMessage(LogLevel.Error, "Couldn't show an entry of a page")]
    private static partial void LogEntry(ILogger log, Exception exception);
}
