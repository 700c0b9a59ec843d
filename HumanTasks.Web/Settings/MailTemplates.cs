using System.Collections.Concurrent;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Texts;

namespace HumanTasks.Web.Settings;

/// <summary>
/// The email templates: those of the configuration first, then those of the folder. A changed file is reloaded.
/// </summary>
internal sealed class MailTemplates(HumanTasksOptions options)
{
    private const string Extension = ".md";

    private readonly ConcurrentDictionary<string, (DateTime Modified, string Text)> read = new(StringComparer.Ordinal);

    /// <summary>Returns the template for an environment, a kind and a language, or null.</summary>
    public string? Find(string environment, string kind, string language)
    {
        var configured = options.Environments.FirstOrDefault(one => one.Id == environment)?.MailTemplates;
        if (configured is not null && configured.TryGetValue(kind, out var texts)
            && (texts.GetValueOrDefault(language) ?? texts.GetValueOrDefault(Languages.Fallback)) is { } text)
        {
            return text;
        }

        if (options.MailTemplates is not { Length: > 0 } folder)
        {
            return null;
        }

        string[] names =
        [
            Path.Combine(environment, $"{kind}.{language}{Extension}"),
            Path.Combine(environment, $"{kind}{Extension}"),
            $"{kind}.{language}{Extension}",
            $"{kind}{Extension}",
        ];
        return names.Select(name => Read(Path.Combine(folder, name))).FirstOrDefault(found => found is not null);
    }

    private string? Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        if (!read.TryGetValue(path, out var known) || known.Modified != file.LastWriteTimeUtc)
        {
            read[path] = known = (file.LastWriteTimeUtc, File.ReadAllText(path));
        }

        return known.Text;
    }

    private static string? ProblemOfLanguage(string language) => Languages.All.Contains(language, StringComparer.Ordinal)
        ? null
        : $"'{language}' is not one of: {string.Join(", ", Languages.All)}.";

    /// <summary>Returns the problems of all existing templates, each with its location.</summary>
    public static IEnumerable<string> Problems(HumanTasksOptions options)
    {
        for (var i = 0; i < options.Environments.Count; i++)
        {
            foreach (var (kind, texts) in options.Environments[i].MailTemplates)
            {
                var at = $"HumanTasks:Environments:{i}:MailTemplates:{kind}";
                if (!NoticeWriter.Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
                {
                    yield return $"{at} must be one of: {string.Join(", ", NoticeWriter.Kinds)}.";
                }

                foreach (var (language, text) in texts)
                {
                    if ((ProblemOfLanguage(language) ?? NoticeTemplates.ProblemOf(text)) is { } problem)
                    {
                        yield return $"{at}:{language}: {problem}";
                    }
                }
            }
        }

        if (options.MailTemplates is not { Length: > 0 } folder)
        {
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            yield return $"HumanTasks:MailTemplates: the folder {Path.GetFullPath(folder)} doesn't exist.";
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(folder, $"*{Extension}", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(path).Split('.');
            var problem = !NoticeWriter.Kinds.Contains(name[0]) ? $"'{name[0]}' must be one of: {string.Join(", ", NoticeWriter.Kinds)}."
                : (name.Length > 1 ? ProblemOfLanguage(string.Join('.', name[1..])) : null) ?? NoticeTemplates.ProblemOf(File.ReadAllText(path));
            if (problem is not null)
            {
                yield return $"HumanTasks:MailTemplates: {Path.GetRelativePath(folder, path)}: {problem}";
            }
        }
    }
}
