using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// The delivery of a response to a webhook. It is a separate run, whose context holds the content and the attempts. The
/// run ID is the message ID, the same for every delivery.
/// </summary>
/// <param name="Run">The run.</param>
public sealed record WebhookDelivery(Run Run)
{
    internal const string KeepErrors = "keepErrors";

    private const string Attempts = "attempts";
    private const int MaxNoted = 50;
    private const int Gone = 410;

    /// <summary>The pauses between attempts, about 24 hours in total.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(8),
    ];

    /// <summary>The destination, without parts that may be secret.</summary>
    public string Address => JsonValues.TryText(Run.Context["url"], out var url) && Uri.TryCreate(url, UriKind.Absolute, out var address)
        ? address.GetLeftPart(UriPartial.Path)
        : "";

    /// <summary>The SHA-256 of the body as sent, in lower-case hexadecimal.</summary>
    public string BodyHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Run.Context["payload"]?.ToJsonString() ?? "")));

    /// <summary>The delivered response; null for an outcome without one.</summary>
    public string? ResponseId =>
        JsonValues.TryText(Run.Context["responseId"] ?? Run.Context["payload"]?["responseId"], out var id) ? id : null;

    /// <summary>The attempts, each with its time and error; null for a success.</summary>
    public IReadOnlyList<(DateTimeOffset At, string? Problem)> Tries() => Run.Context[Attempts] is not JsonArray noted
        ? []
        : [.. noted.Select(item => (
            DateTimeOffset.Parse(item!["at"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            JsonValues.TryText(item["problem"], out var problem) ? problem : null))];

    internal static void Note(JsonObject context, DateTimeOffset at, string? problem)
    {
        if (context[Attempts] is not JsonArray noted)
        {
            context[Attempts] = noted = [];
        }

        if (noted.Count >= MaxNoted)
        {
            noted.RemoveAt(0);
        }

        JsonNode attempt = new JsonObject { ["at"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ["problem"] = problem };
        noted.Add(attempt);
    }

    /// <summary>
    /// Every server response may be transient, except that the webhook is gone or must not be called.
    /// </summary>
    internal static ActionOutcome.Failed Again(ActionOutcome.Failed failed, int attempts) =>
        failed is { MayPass: false, Status: null or Gone }
            ? failed
            : failed with { MayPass = true, After = Later(Pauses[Math.Min(attempts, Pauses.Length - 1)], failed.After), MostAttempts = Pauses.Length + 1 };

    private static TimeSpan Later(TimeSpan usual, TimeSpan? asked) => asked > usual ? asked.Value : usual;
}
