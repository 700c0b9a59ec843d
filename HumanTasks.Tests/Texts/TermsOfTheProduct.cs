using System.Text.RegularExpressions;
using System.Xml.Linq;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Texts;

/// <summary>One thing has one term, in every English text for people: pages, emails, problems, logs, the command line and the docs.</summary>
public sealed partial class TermsOfTheProduct
{
    /// <summary>
    /// The terms that the product does not use, each with the one that it uses. Words that are also right in another sense, such as
    /// "request", "look" and "take", are left to readers.
    /// </summary>
    private static readonly (string Not, string Use)[] Terms =
    [
        ("who(ever)? is asked|person who is asked|whom it concerns", "assignee, candidate or reviewer"),
        ("what is asked", "task"),
        ("link is (dead|alive)|dead link", "expired, revoked or used up"),
        ("(was|is|were|are|be) mailed|mailed to", "sent by email"),
        ("time is over", "expired"),
        ("hand(s|ed|ing)? (it )?over|hand it on|pass(es|ed|ing)? it on to", "reassign or delegate"),
        ("gives? it back|given back|gave it back", "release"),
        ("whoever has the link", "anyone with the link"),
        ("imprint", "legal notice"),
        ("silence( counts)?", "default response"),
        ("whole case|what went on", "related runs"),
        ("with the chosen|do it", "Remind, Reassign, Cancel"),
        ("what happened, |what was done", "activity or log"),
        ("a single question", "ad-hoc task"),
        ("how that is known", "verified by"),
        ("once more", "retry, redeliver or resend"),
    ];

    private static readonly string[] Projects = ["Core", "Web", "Standalone", "Functions", "Mcp", "Mcp.Tools", "Client", "Client.DurableTask", "Testing"];

    /// <summary>Words that models say, which are matched and not shown.</summary>
    private const string OfModels = "SecretWords.";

    private static readonly Regex Wrong = new($@"\b(?:{string.Join('|', Terms.Select(term => term.Not))})\b", RegexOptions.IgnoreCase | RegexOptions.Compiled);

    public static TheoryData<string> Texts() => [.. Files()];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_uses_the_terms_of_the_product(string file) => Assert.Empty(WrongIn(ForPeople(file)));

    [Fact]
    public void A_term_that_the_product_does_not_use_is_found_with_the_one_that_it_uses() =>
        Assert.Equal(["Handed over: reassign or delegate"], WrongIn("Handed over to Kim"));

    private static IEnumerable<string> WrongIn(string text) => Wrong.Matches(text)
        .Select(match => $"{match.Value}: {Terms.First(term => Regex.IsMatch(match.Value, $"^(?:{term.Not})$", RegexOptions.IgnoreCase)).Use}");

    private static IEnumerable<string> Files()
    {
        var root = Repository.Root!;
        var code = Projects.Select(project => Path.Combine(root, $"HumanTasks.{project}"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || (file.EndsWith(".resx", StringComparison.Ordinal) && Path.GetFileName(file).Count(letter => letter == '.') == 1))
            .Where(file => !Path.GetFileName(file).StartsWith(OfModels, StringComparison.Ordinal));
        return Directory.EnumerateFiles(root, "*.md")
            .Where(file => Path.GetFileName(file) != "CHANGELOG.md") // says what was
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(code)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The values of a resource file, the literals and doc comments of code, and all of a document.</summary>
    private static string ForPeople(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root!, file));
        return Path.GetExtension(file) switch
        {
            ".resx" => string.Join('\n', XDocument.Parse(text).Descendants("value").Select(value => value.Value)),
            ".cs" => string.Join('\n', Said().Matches(text).Select(match => match.Value)),
            _ => text,
        };
    }

    [GeneratedRegex("""(?m)^\s*///.*$|"(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*\x22""")]
    private static partial Regex Said();
}
