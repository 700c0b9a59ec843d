using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Notices;

/// <summary>
/// Templates with which those who operate an environment replace our words: the first line is <c>Subject: …</c>, what comes
/// after it is Markdown. What a template does not know, and one that cannot be read, is refused when the host starts.
/// </summary>
/// <param name="find">A template's text by environment, kind and language; null where ours is used.</param>
public sealed class NoticeTemplates(Func<string, string, string, string?> find)
{
    /// <summary>What templates may name; what does not apply to a notice is empty.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "asks", "title", "link", "due", "until", "note", "reason", "by", "outcome", "assignee", "reference", "correlationId", "code", "minutes",
    ];

    private const string SubjectMark = "Subject:";

    /// <summary>None: all is said in our words.</summary>
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

    /// <summary>What is wrong with a template, in words; null when nothing is.</summary>
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
