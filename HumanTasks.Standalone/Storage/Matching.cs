using System.Globalization;
using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using Microsoft.Data.Sqlite;

namespace HumanTasks.Standalone.Storage;

/// <summary>Finds texts that contain another, ignoring letter case.</summary>
internal static class Matching
{
    /// <summary>
    /// Registers the functions <c>contains_text(whole, part)</c>, because LIKE ignores the case of ASCII letters only,
    /// <c>id_text(id)</c>, the text of an ID's bytes, <c>words_of(title, assignee, correlation_id)</c>, the words by
    /// which a task is found, and <c>created_at(body)</c> and <c>language_of(body)</c>, what only a task's body holds.
    /// </summary>
    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction("contains_text", (string? whole, string? part) => Contains(whole, part), isDeterministic: true);
        connection.CreateFunction("id_text", (byte[] id) => Ids.Encode(id), isDeterministic: true);
        connection.CreateFunction(
            "words_of",
            (string title, string? assignee, string correlation) => SearchIndex.WordsOf($"{title}\n{assignee}\n{correlation}"),
            isDeterministic: true);
        connection.CreateFunction(
            "created_at",
            (byte[] body) => TextIn(body, "createdAt"u8) is { } at && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var time) ? time.UtcTicks : (long?)null,
            isDeterministic: true);
        connection.CreateFunction("run_words", (string name) => NameWords.Of(name), isDeterministic: true);
        connection.CreateFunction("language_of", (byte[] body) => TextIn(body, "language"u8), isDeterministic: true);
    }

    /// <summary>
    /// Returns the LIKE pattern for texts that contain this one, with <c>\</c> as the escape character.
    /// </summary>
    public static string Pattern(string part) =>
        "%" + part
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal) + "%";

    /// <summary>
    /// Returns the text of a member of a body, without reading what follows it; null for none, also in a damaged body,
    /// which is reported where it is read.
    /// </summary>
    private static string? TextIn(byte[] body, ReadOnlySpan<byte> name)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals(name);
                reader.Read();
                if (isIt)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Contains(string? whole, string? part) =>
        whole is not null && part is not null && whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}
