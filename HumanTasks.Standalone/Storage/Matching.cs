using SQLitePCL;

namespace HumanTasks.Standalone.Storage;

/// <summary>Whether a text contains another, letter case aside.</summary>
internal static class Matching
{
    /// <summary>Adds <c>contains_text(whole, part)</c>: LIKE knows the letter case of ASCII only.</summary>
    public static void Register(sqlite3 connection) =>
        _ = raw.sqlite3_create_function(connection, "contains_text", 2, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, Contains);

    /// <summary>The LIKE pattern for texts that contain this one, with <c>\</c> as the escape character.</summary>
    public static string Pattern(string part) =>
        "%" + part
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal) + "%";

    private static void Contains(sqlite3_context context, object? user, sqlite3_value[] values)
    {
        var whole = raw.sqlite3_value_text(values[0]).utf8_to_string();
        var part = raw.sqlite3_value_text(values[1]).utf8_to_string();
        var contains = whole is not null && part is not null && whole.Contains(part, StringComparison.OrdinalIgnoreCase);
        raw.sqlite3_result_int(context, contains ? 1 : 0);
    }
}
