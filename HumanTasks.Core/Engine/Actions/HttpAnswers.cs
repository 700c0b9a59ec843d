using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Masking;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>Reads the bodies of answers, with configured secrets hidden.</summary>
internal static class HttpAnswers
{
    /// <summary>The maximum size of a response, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>How much of a failed answer is read to find secrets in it, in bytes.</summary>
    private const int MaxErrorRead = 16 * 1024;

    /// <summary>
    /// Returns the beginning of a failed answer's body. Secrets are hidden before it is cut, so that none is cut in two.
    /// </summary>
    public static async Task<string?> ErrorAsync(
        TurnDraft draft, HttpContent content, IEnumerable<string> secrets, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[MaxErrorRead];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return ErrorBeginning.Of(Encoding.UTF8.GetString(buffer, 0, read), SecretMask.OfConfigured(secrets), draft.Secrets.Mask);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null; // the status is known, and is the failure
        }
    }

    /// <summary>Hides configured secrets in a response, because a server may return what it received.</summary>
    public static JsonNode? WithoutSecrets(JsonNode? body, byte[] bytes, IEnumerable<string> secrets)
    {
        if (body is JsonObject { Count: 2 } raw && raw.ContainsKey("base64")
            && secrets.Any(secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0))
        {
            raw["base64"] = Secrets.Hidden;
        }

        return SecretMask.OfConfigured(secrets).Value(body);
    }

    /// <summary>Returns the bytes of a body; null if it is larger than <see cref="MaxBytes"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > MaxBytes)
            {
                return null;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return bytes.ToArray();
    }
}
