using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.RuleSets;

/// <summary>The content that every request to a person has.</summary>
public sealed record PersonRequest
{
    // stands in for an invalid form; the reader then returns no rule set
    private static readonly Form NoForm = new(default, new ValueTemplate.Members([]), [], null);

    public required Template Title { get; init; }

    /// <summary>The description, in Markdown.</summary>
    public Template? Description { get; init; }

    public required Form Form { get; init; }

    /// <summary>The parts of the context shown beside the form; null shows none.</summary>
    public IReadOnlyList<ShownPath>? Show { get; init; }

    /// <summary>The titles by language; null if one title serves all languages.</summary>
    public IReadOnlyDictionary<string, Template>? Titles { get; init; }

    /// <summary>The descriptions by language; null if one description serves all languages.</summary>
    public IReadOnlyDictionary<string, Template>? Descriptions { get; init; }

    /// <summary>The language for reviewers; null uses the language of their browser.</summary>
    public string? Language { get; init; }

    /// <summary>The IANA time zone in which the form asks for a date and time; null uses the environment's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Renders the title in its own language.</summary>
    public string TitleFor(Scope scope) => Title.RenderText(scope.In(LanguageOf(Titles, Title)));

    /// <summary>Renders the description in its own language.</summary>
    public string? DescriptionFor(Scope scope) => Description?.RenderMarkdown(scope.In(LanguageOf(Descriptions, Description)));

    private static string? LanguageOf(IReadOnlyDictionary<string, Template>? texts, Template one) =>
        texts?.FirstOrDefault(text => ReferenceEquals(text.Value, one)).Key;

    internal static PersonRequest Read(ActionReader action)
    {
        var members = action.Members;
        var language = ReadLanguage(action);
        var titles = ReadTexts(action, "title", 300);
        var descriptions = ReadTexts(action, "description", 20_000);
        var title = titles is not null ? One(titles, language)
            : members.Any("title") is null && action.UsualTitle is { } usual ? Template.Literal(usual)
            : action.Template("title", 300, required: true);
        var description = descriptions is not null ? One(descriptions, language)
            : members.Any("description") is null ? null
            : action.Template("description", 20_000, required: false);
        Form? form = null;
        if (members.Any("form") is { } element)
        {
            form = action.IsTrusted ? Form.Checked(element) : FormReader.Read(element, members.At("form"), action.Problems);
            if (!action.IsTrusted && form is not null)
            {
                FormWeight.Check(element, members.At("form"), action.Problems);
            }
        }
        else
        {
            members.Refuse("form", "'form' is required.");
        }

        action.Keep(members.At("title"), title.Paths);
        action.Keep(members.At("description"), description?.Paths ?? []);
        action.Keep(members.At("form"), action.IsTrusted ? [] : form?.Paths ?? []);
        return new PersonRequest
        {
            Title = title,
            Titles = titles,
            Description = description,
            Descriptions = descriptions,
            Language = language,
            Form = form ?? NoForm,
            Show = ShownPath.ReadAll(members),
            TimeZone = ReadTimeZone(action),
        };
    }

    private static string? ReadLanguage(ActionReader action)
    {
        var given = action.Members.Text("language", 35);
        if (given is not null && Languages.Of(given) is null)
        {
            action.Members.Refuse("language", $"'{given}' is not one of: {string.Join(", ", Languages.All)}.");
        }

        return Languages.Of(given);
    }

    /// <summary>Reads the texts by language; null if one text serves all languages.</summary>
    private static Dictionary<string, Template>? ReadTexts(ActionReader action, string member, int maxLength)
    {
        if (action.Members.Any(member) is not { ValueKind: System.Text.Json.JsonValueKind.Object })
        {
            return null;
        }

        Dictionary<string, Template> texts = new(StringComparer.Ordinal);
        foreach (var (language, text) in action.Members.LocalTexts(member, maxLength))
        {
            var pointer = $"{action.Members.At(member)}/{language}";
            texts[language] = action.Parse(text, pointer);
            action.Keep(pointer, texts[language].Paths);
        }

        return texts;
    }

    private static Template One(Dictionary<string, Template> texts, string? language) =>
        texts.GetValueOrDefault(language ?? Languages.Fallback) ?? texts.GetValueOrDefault(Languages.Fallback) ?? texts.Values.FirstOrDefault()
        ?? Template.Literal("");

    private static string? ReadTimeZone(ActionReader action)
    {
        var zone = action.Members.Text("timeZone", 100);
        if (zone is not null && !action.IsTrusted && !Moments.IsTimeZone(zone))
        {
            action.Members.Refuse("timeZone", $"'{zone}' is not an IANA time zone such as Europe/Berlin.");
        }

        return zone;
    }
}
