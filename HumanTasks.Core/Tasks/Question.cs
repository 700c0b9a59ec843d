using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Tasks;

/// <summary>What a task asks, as it was fixed when it was asked: the texts, the shown values and the forms of its rounds.</summary>
public sealed record Question
{
    public required string Title { get; init; }

    /// <summary>The title by language; null for one title in all languages.</summary>
    public IReadOnlyDictionary<string, string>? Titles { get; init; }

    /// <summary>Markdown with resolved templates.</summary>
    public string? Description { get; init; }

    /// <summary>The description by language; null for one description in all languages.</summary>
    public IReadOnlyDictionary<string, string>? Descriptions { get; init; }

    /// <summary>The language set by the author; null uses the reader's language.</summary>
    public string? Language { get; init; }

    /// <summary>The IANA time zone of date-time fields; UTC if null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The context values that the page shows, copied when the task was created.</summary>
    public JsonObject Context { get; init; } = [];

    /// <summary>The labels and formats of the shown context; by default they follow from keys and values.</summary>
    public IReadOnlyList<ShownPath>? Show { get; init; }

    /// <summary>
    /// The hosts that links and images in the description may use, if a model wrote it; null if the rule set's author
    /// wrote it.
    /// </summary>
    public IReadOnlyList<string>? LinkHosts { get; init; }

    /// <summary>
    /// The request of an external model; null if an author or an <c>agent</c> action created the task.
    /// </summary>
    public ModelQuestion? FromModel { get; init; }

    /// <summary>The rounds, at least one.</summary>
    public required IReadOnlyList<TaskRound> Rounds { get; init; }

    public TaskRound CurrentRound => Rounds[^1];

    /// <summary>Whether an agent created the task and may ask a follow-up after a response.</summary>
    public bool MayFollowUp => LinkHosts is not null && FromModel is null;

    /// <summary>Returns the title in a language.</summary>
    public string TitleIn(string language) => SpokenTitle(language).Text;

    /// <summary>Returns the title with the language that it is written in.</summary>
    public SpokenText SpokenTitle(string language) => Chosen(Titles, Title, language);

    /// <summary>Returns the description in a language.</summary>
    public string? DescriptionIn(string language) => SpokenDescription(language)?.Text;

    /// <summary>Returns the description with the language that it is written in.</summary>
    public SpokenText? SpokenDescription(string language) => Description is { } only ? Chosen(Descriptions, only, language) : null;

    /// <summary>The current form, in the language of the current request.</summary>
    public Form Form() => FormIn(Languages.Current);

    /// <summary>Returns the current form in a language.</summary>
    public Form FormIn(string language) => FormOf(CurrentRound, language);

    /// <summary>Returns the form of a round in a language, or the current form if the round doesn't exist.</summary>
    public Form FormOf(int? round, string language) =>
        FormOf(Rounds.FirstOrDefault(one => one.Number == round) ?? CurrentRound, language);

    private Form FormOf(TaskRound round, string language) => Forms.Form.Read(round.Form, TimeZone, language);

    /// <summary>Chooses the text in a language, else the text for all, which is in one of its own languages or the task's.</summary>
    private SpokenText Chosen(IReadOnlyDictionary<string, string>? texts, string only, string wanted) =>
        texts?.GetValueOrDefault(wanted) is { } text ? new SpokenText(text, wanted)
        : new SpokenText(only, texts?.FirstOrDefault(one => one.Value == only).Key ?? Language);
}
