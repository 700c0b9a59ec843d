using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace HumanTasks.Web.Configuration;

/// <summary>
/// Removes links, sign-in links and API keys from exported logs. Our own log messages contain none; this is for
/// libraries and the framework.
/// </summary>
internal sealed partial class LogsWithoutTokens : BaseProcessor<LogRecord>
{
    private const string Removed = "$1…";

    public override void OnEnd(LogRecord data)
    {
        data.FormattedMessage = Redact(data.FormattedMessage);
        data.Body = Redact(data.Body);
        if (data.Attributes is { } attributes)
        {
            data.Attributes =
            [
                .. attributes.Select(attribute => KeyValuePair.Create(
                    attribute.Key,
                    attribute.Value is string or Uri or Microsoft.AspNetCore.Http.PathString
                        ? Redact(attribute.Value.ToString())
                        : attribute.Value)),
            ];
        }
    }

    internal static string? Redact(string? text) =>
        text is null ? null : Key().Replace(Link().Replace(text, Removed), Removed);

    [GeneratedRegex(@"((?:/|%2f)+(?:review|task|start|studio(?:/|%2f)+sign-in(?:/|%2f)+link)(?:/|%2f)+)[^/?#\s""'<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(ht_)[A-Za-z0-9_-]{8,}")]
    private static partial Regex Key();
}
