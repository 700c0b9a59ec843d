using System.Text.RegularExpressions;
using HumanTasks.Core.Engine.Steps;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Texts;

namespace HumanTasks.Tests.Texts;

/// <summary>Everything that people read on pages comes from the text files, and everything in the text files is read somewhere.</summary>
public sealed partial class TextsOfTheStudio
{
    /// <summary>Names of products and commands, which are the same in every language, and classes of elements.</summary>
    private static readonly string[] Names = ["HumanTasks", "HumanTasks Studio", "Studio", "OpenID Connect", "App Service Authentication", "--sign-in ADDRESS"];

    private static readonly string[] OfTheStartPage = ["dotnet", "export HT_KEY", "/openapi", "samples/", "/health", "curl "];

    private static readonly string[] Composed = ["Event", "Status", "Log", "Step", "Notice"];

    private const string OfTheStudio = "HumanTasks.Web/Studio";

    /// <summary>Where there are pages.</summary>
    private static readonly string[] Everywhere =
        [OfTheStudio, "HumanTasks.Web/Review", "HumanTasks.Web/Components", "HumanTasks.Web/Outbox", "HumanTasks.Standalone/Pages"];

    private static readonly string[] Classes = ["why bad", "field wrong", "notice bad", "sheet with-aside", "sheet wide-form", "actions tall", "later needs-cookie", "options buttons", "delegate-hint delegate-error"];

    public static TheoryData<string> Pages() => [.. Files("*.razor", Everywhere)];

    public static TheoryData<string> Code() => [.. Files("*.cs")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_no_words_of_its_own(string file)
    {
        var source = Read(file);

        Assert.DoesNotContain(RazorText.Words(source).Except(Names), word => !OfTheStartPage.Any(start => word.StartsWith(start, StringComparison.Ordinal)));
        Assert.Empty(Sentences(RazorText.CodeOf(source)));
    }

    [Theory]
    [MemberData(nameof(Code))]
    public void Code_says_nothing_of_its_own_but_to_programs(string file) => Assert.Empty(Sentences(Read(file)));

    [Fact]
    public void Words_between_tags_in_attributes_and_in_expressions_are_found()
    {
        const string Source = """
            @using A.B
            <h1 title="Of a page" class="big one">@Title, in all</h1>
            @if (Count > 1) { <p>@(Count == 1 ? "one more" : Get("Many")) <b>Bold</b></p> }
            @code { string X => "said here"; }
            """;

        Assert.Equal(["Of a page", ", in all", "Bold"], RazorText.Words(Source));
        Assert.Equal(["said here", "one more"], Sentences(RazorText.CodeOf(Source)));
    }

    [Fact]
    public void Every_text_that_is_asked_for_is_there_and_none_is_left_over()
    {
        var sources = Files("*.razor", "HumanTasks.Web", "HumanTasks.Standalone").Concat(Files("*.cs", "HumanTasks.Web", "HumanTasks.Standalone")).Select(Read).ToArray();
        foreach (var (texts, type) in new[] { (StudioTexts.Resources, "StudioTexts"), (StudioAdminTexts.Resources, "StudioAdminTexts") })
        {
            var names = NamesOf(texts);
            var asked = sources.SelectMany(source => Regex.Matches(source, $@"\b{type}\.(?:Get|Count|Around)\(""(\w+)""\s*[,)]").Select(match => match.Groups[1].Value));
            Assert.Empty(asked.Except(names));

            var all = string.Join('\n', sources);
            Assert.DoesNotContain(names, name => !IsComposed(name) && !all.Contains($"\"{name}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Everything_that_happens_to_a_task_has_a_text() =>
        Assert.Empty(Enum.GetNames<TaskEventKind>().Select(kind => $"Event{kind}").Except(NamesOf(StudioTexts.Resources)));

    [Fact]
    public void Everything_that_happens_in_a_run_every_state_of_an_action_and_every_notice_has_a_text() => Assert.Empty(
        Enum.GetNames<RunEvent>().Select(name => $"Log{name}")
            .Concat(((StepState[])[StepState.Coming, StepState.Skipped, StepState.NotReached]).Select(state => $"Step{state}"))
            .Concat(Enum.GetNames<NoticeKind>().Select(name => $"Notice{name}"))
            .Except(NamesOf(StudioAdminTexts.Resources)));

    private static bool IsComposed(string name) => Composed.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static string[] NamesOf(TextResources texts) =>
        [.. texts.All(Languages.Fallback)!.Cast<System.Collections.DictionaryEntry>().Select(entry => ((string)entry.Key).Split('.')[0]).Distinct()];

    /// <summary>Literals of several words, outside of what only programs read.</summary>
    private static IEnumerable<string> Sentences(string code) => code.Split('\n')
        .Where(line => !ForPrograms().IsMatch(line))
        .SelectMany(line => Literal().Matches(line).Select(match => match.Groups[1].Value))
        .Where(text => Sentence().IsMatch(text))
        .Except(Names)
        .Except(Classes);

    private static IEnumerable<string> Files(string pattern, params string[] folders) => (folders is [] ? [OfTheStudio] : folders)
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root!, folder), pattern, SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root!, file))
        .Order(StringComparer.Ordinal);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root!, file));

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^[^/<{]*\p{L}{2,} \p{L}{2,}|^\p{Lu}\p{Ll}+[.!?]$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"WithSummary\(|\bSays = |ApiProblem\.|""wrong-code""|""code-expired""|Core\.Reading\.Problem\(|^\s*(///|//|"")|throw new")]
    private static partial Regex ForPrograms();
}
