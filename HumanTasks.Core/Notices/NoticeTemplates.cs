using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Notices;

/// <summary>
/// Templates with which operators of an environment replace the built-in texts. The first line is <c>Subject: …</c>,
/// the rest is Markdown. A template that is invalid or uses unknown names prevents the host from starting.
/// </summary>
/// <param name="find">Returns a template by environment, kind and language; null uses the built-in text.</param>
public sealed class NoticeTemplates(Func<string, string, string, string?> find)
{
    /// <summary>The names that templates may use. Names that do not apply to a notice are empty.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "asks", "title", "link", "due", "until", "note", "reason", "by", "outcome", "assignee", "reference", "correlationId", "code", "minutes",
    ];

    private const string SubjectMark = "Subject:";

    /// <summary>No templates: all texts are built-in.</summary>
    public static NoticeTemplates None { get; } = new((_, _, _) => null);

    internal (string Subject, string Markdown)? Write(
        string environment, string kind, string language, JsonObject values)
    {
        if (find(environment, kind, language) is not { } text || Parse(text) is not ({ } subject, { } body, _))
        {
            return null;
        }

        var scope = new Scope(values) { Locale = Locale.Usual.In(language) };
        return (subject.RenderText(scope), body.RenderMarkdown(scope));
    }

    /// <summary>Returns what is wrong with a template; null if it is valid.</summary>
    public static string? ProblemOf(string text) => Parse(text).Problem;

    private static (Template? Subject, Template? Body, string? Problem) Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF', '\r', '\n').ReplaceLineEndings("\n").Split('\n', 2);
        if (!lines[0].StartsWith(SubjectMark, StringComparison.OrdinalIgnoreCase) || lines[0][SubjectMark.Length..].Trim().Length == 0)
        {
            return (null, null, $"The first line must start with '{SubjectMark}'.");
        }

        if (Template.TryParse(lines[0][SubjectMark.Length..].Trim(), out var problem) is not { } subject
            || Template.TryParse(lines.Length > 1 ? lines[1].Trim('\n') : "", out problem) is not { } body)
        {
            return (null, null, problem);
        }

        var unknown = subject.Paths.Concat(body.Paths).Select(path => path.Text).FirstOrDefault(path => !Names.Contains(path));
        return (subject, body, unknown is null ? null : $"'{{{{{unknown}}}}}' is not one of: {string.Join(", ", Names)}.");
    }
}
