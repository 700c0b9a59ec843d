using HumanTasks.Core;
using Microsoft.Data.Sqlite;

namespace HumanTasks.Standalone.Storage;

/// <summary>Finds texts that contain another, ignoring letter case.</summary>
internal static class Matching
{
    /// <summary>
    /// Registers the functions <c>contains_text(whole, part)</c>, because LIKE ignores the case of ASCII letters only,
    /// <c>id_text(id)</c>, the text of an ID's bytes, and <c>words_of(title, assignee, correlation_id)</c>, the words
    /// by which a task is found.
    /// </summary>
    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction("contains_text", (string? whole, string? part) => Contains(whole, part), isDeterministic: true);
        connection.CreateFunction("id_text", (byte[] id) => Ids.Encode(id), isDeterministic: true);
        connection.CreateFunction(
            "words_of",
            (string title, string? assignee, string correlation) => SearchIndex.WordsOf($"{title}\n{assignee}\n{correlation}"),
            isDeterministic: true);
    }

    /// <summary>
    /// Returns the LIKE pattern for texts that contain this one, with <c>\</c> as the escape character.
    /// </summary>
    public static string Pattern(string part) =>
        "%" + part
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal) + "%";

    private static bool Contains(string? whole, string? part) =>
        whole is not null && part is not null && whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}
