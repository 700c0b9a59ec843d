using System.Text;
using System.Text.Json;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>
/// Reads files to verify: the response of <c>GET /api/runs/{id}/receipts</c>, a receipt downloaded from a page, or
/// signed texts, one a line.
/// </summary>
internal static class GivenFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="OperatorException">The file contains nothing to verify.</exception>
    public static IReadOnlyList<GivenText> Texts(string path, string name)
    {
        var text = Read(path, name);
        return text.StartsWith('{') ? OfJson(text, Printable.Of(name)) : OfLines(text, Printable.Of(name));
    }

    /// <exception cref="OperatorException">The file does not exist or is not text.</exception>
    public static string Read(string path, string name)
    {
        try
        {
            using var reader = new StreamReader(path, Utf8);
            var text = reader.ReadToEnd().Trim();
            return text.Length > 0 ? text : throw new OperatorException($"The file {Printable.Of(name)} is empty.");
        }
        catch (DecoderFallbackException)
        {
            throw new OperatorException($"The file {Printable.Of(name)} is not text in UTF-8.");
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperatorException($"There is no file {Printable.Of(name)}.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The file {Printable.Of(name)} cannot be read.");
        }
    }

    private static GivenText[] OfLines(string text, string file) =>
    [
        .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select((line, index) => new GivenText(file, $"{file}, receipt {index + 1}", line)),
    ];

    private static List<GivenText> OfJson(string text, string file)
    {
        var (read, problem) = StrictJson.Read(Encoding.UTF8.GetBytes(text));
        if (read is not { } root)
        {
            throw new OperatorException($"The file {file} {problem}.");
        }

        if (root.TryGetProperty("keys", out _))
        {
            throw new OperatorException($"The file {file} holds keys, not receipts: keys count behind --jwks only.");
        }

        if (root.TryGetProperty("jws", out _))
        {
            return [Of(root, file, $"{file}, receipt 1")];
        }

        if (!root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw new OperatorException($"The file {file} holds no receipts.");
        }

        List<GivenText> texts = [.. items.EnumerateArray().Select((item, index) => Of(item, file, $"{file}, receipt {index + 1}"))];
        if (texts.Count == 0)
        {
            throw new OperatorException($"The list of receipts in {file} is empty.");
        }

        if (root.TryGetProperty("head", out var head) && head.ValueKind != JsonValueKind.Null)
        {
            var where = $"{file}, head";
            var jws = root.Text("head") ?? throw new OperatorException($"{where}: this is not text.");
            texts.Add(new GivenText(file, where, jws, IsEnd: true));
        }

        return texts;
    }

    private static GivenText Of(JsonElement item, string file, string where) =>
        item.ValueKind == JsonValueKind.Object && item.Text("jws") is { } jws
            ? new GivenText(file, where, jws, item, IsEnd: false)
            : throw new OperatorException($"{where}: this is not a receipt; it has no 'jws'.");
}
