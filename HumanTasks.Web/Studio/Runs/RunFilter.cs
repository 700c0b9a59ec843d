using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Studio.Tasks;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>The filter of a list of runs, completely contained in its address.</summary>
public sealed record RunFilter
{
    public const int PageSize = 50;

    private const int MaxText = 200;

    /// <summary>The status; null for all.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>A text that a run's ID, its correlation ID or a word of its name begins with.</summary>
    public string? Text { get; init; }

    public string? RuleSet { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The name of one of <see cref="TimeFilter.Created"/>; null for all.</summary>
    public string? Created { get; init; }

    /// <summary>Whether to show runs that only deliver webhooks and notices for others.</summary>
    public bool Internal { get; init; }

    /// <summary>The page of the list.</summary>
    public QueuePlace Place { get; init; } = QueuePlace.First;

    public string StatusName => Status is { } status ? WireNames.Of(status) : "all";

    /// <summary>Whether more than the status is filtered.</summary>
    public bool IsNarrow => (Text ?? RuleSet ?? CorrelationId ?? Created) is not null;

    public static RunFilter Read(IQueryCollection query) => new()
    {
        Status = Workspace.Text(query["status"]) is { } status && WireNames.TryStatus(status, out RunStatus known) ? known : null,
        Text = Short(query, "q"),
        RuleSet = Short(query, "ruleSet"),
        CorrelationId = Short(query, "correlationId"),
        Created = TimeFilter.Find(TimeFilter.Created, Workspace.Text(query["created"]))?.Name,
        Internal = Workspace.Text(query["internal"]) == "true",
        Place = QueuePlace.Read(query),
    };

    public RunFilter At(QueuePlace place) => this with { Place = place };

    /// <summary>Returns the query of the runs of the caller's environment.</summary>
    public RunQuery ToQuery(HttpContext context, DateTimeOffset now)
    {
        var environment = context.User.EnvironmentId();
        var period = TimeFilter.Apply(new TaskQuery(environment, 1), TimeFilter.Created, Created, now);
        return new RunQuery(environment, PageSize, Place.Cursor, Status, RuleSet, CorrelationId)
        {
            Text = Text,
            CreatedFrom = period.CreatedFrom,
            CreatedBefore = period.CreatedBefore,
            WithoutInternal = !Internal && CorrelationId is null && !RunQuery.InternalRuleSets.Contains(RuleSet, StringComparer.Ordinal),
        };
    }

    /// <summary>Returns the address of this list, without default values.</summary>
    public string ToQueryString()
    {
        List<string> parts = [$"status={StatusName}"];
        Add("q", Text);
        Add("ruleSet", RuleSet);
        Add("correlationId", CorrelationId);
        Add("created", Created);
        Add("internal", Internal ? "true" : null);
        Place.AddTo(Add);
        return "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    private static string? Short(IQueryCollection query, string name) =>
        Workspace.Text(query[name])?.Trim() is { Length: > 0 and <= MaxText } text ? text : null;
}
