using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Standalone.Mail;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// Loads the samples and starts the demonstration run, once. Safe to repeat after an interrupted start.
/// </summary>
internal sealed partial class FirstStart(
    IRuleSetStore store,
    RuleSetCatalog ruleSets,
    RunOperations operations,
    EnvironmentCatalog environments,
    MailSettings mail,
    TimeProvider time,
    ILogger<FirstStart> logger)
{
    /// <summary>The rule set of the demonstration.</summary>
    public const string Demonstration = "invoice-approval";

    /// <summary>The correlation ID of the demonstration and of the run that continues it.</summary>
    public const string CorrelationId = "demonstration";

    private static readonly string SamplesFolder = Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>Returns the review link of the demonstration run, or null when there are no samples.</summary>
    public async Task<string?> RunAsync(string demonstrationRunId, CancellationToken cancellationToken)
    {
        var environment = environments.All.First();
        foreach (var file in Directory.EnumerateFiles(SamplesFolder, "*.json").Order(StringComparer.Ordinal))
        {
            await LoadAsync(file, environment, cancellationToken);
        }

        if (await ruleSets.FindAsync(environment.Id, Demonstration, null, cancellationToken) is not { } ruleSet)
        {
            return null;
        }

        var request = new StartRequest(demonstrationRunId, environment, ruleSet, Context(), CorrelationId) { By = "first start" };
        return await operations.StartAsync(request, cancellationToken) is StartVerdict.Started started
            ? operations.LinksOf(started.Run, ruleSet).Values.FirstOrDefault()
            : null;
    }

    private async Task LoadAsync(string file, RunEnvironment environment, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
        var problems = new Problems();
        if (RuleSetReader.Read(document.RootElement, problems, environment.Limits) is null)
        {
            LogSkipped(Path.GetFileName(file), problems[0].Pointer, problems[0].Message); // invalid in this environment's configuration
            return;
        }

        await store.SaveRuleSetAsync(
            environment.Id,
            Path.GetFileNameWithoutExtension(file),
            JsonSerializer.SerializeToUtf8Bytes(document.RootElement, Core.Reading.ValueJson.Default.JsonElement),
            time.GetUtcNow(),
            "first start",
            cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Skipped sample {Sample}: it is not valid in this environment: {Pointer} {Problem}")]
    private partial void LogSkipped(string sample, string pointer, string problem);

    // email only where it can be delivered
    private JsonObject Context()
    {
        var context = new JsonObject
        {
            ["invoice"] = new JsonObject
            {
                ["number"] = "R-2026-117",
                ["supplier"] = "Meyer & Söhne",
                ["amount"] = 1200.50m,
                ["dueDate"] = "2026-12-15",
            },
        };
        if (mail.DeliversLocally)
        {
            context["approver"] = "approver@example.com";
        }

        return context;
    }
}
