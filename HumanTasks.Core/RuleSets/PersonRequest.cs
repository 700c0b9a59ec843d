using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.RuleSets;

/// <summary>The content that every request to a person has.</summary>
public sealed record PersonRequest
{
    // stands in for an invalid form; the reader then returns no rule set
    private static readonly Form NoForm = new(default, new ValueTemplate.Members([]), [], null);

    private static readonly TextMember TitleMember = new("title", 300) { Required = true, Localized = true };
    private static readonly TextMember UsualTitleMember = new("title", 300) { Localized = true, Says = "\"Your response is needed\" without it." };
    private static readonly TextMember DescriptionMember = new("description", 20_000) { Localized = true, Says = "Markdown." };
    private static readonly ObjectMember FormMember = new("form", FormShape.Shape) { Required = true };
    private static readonly TextMember LanguageMember = new("language", 35) { Says = $"Of pages and emails: {string.Join(", ", Languages.All)}." };
    private static readonly TextMember TimeZoneMember = new("timeZone", 100) { Says = "An IANA time zone such as Europe/Berlin; the environment's without it." };

    /// <summary>What every request to a person may have.</summary>
    internal static IReadOnlyList<Member> MembersOf(bool needsTitle) =>
        [needsTitle ? TitleMember : UsualTitleMember, DescriptionMember, FormMember, ShownPath.ShowMember, LanguageMember, TimeZoneMember];

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
        var titles = ReadTexts(action, TitleMember);
        var descriptions = ReadTexts(action, DescriptionMember);
        var title = titles is not null ? One(titles, language)
            : members.Any(TitleMember) is null && action.UsualTitle is { } usual ? Template.Literal(usual)
            : action.Template(TitleMember);
        var description = descriptions is not null ? One(descriptions, language)
            : members.Any(DescriptionMember) is null ? null
            : action.Template(DescriptionMember);
        Form? form = null;
        if (members.Any(FormMember) is { } element)
        {
            form = action.IsTrusted ? Form.Checked(element) : FormReader.Read(element, members.At(FormMember), action.Problems);
            if (!action.IsTrusted && form is not null)
            {
                FormWeight.Check(element, members.At(FormMember), action.Problems);
            }
        }
        else
        {
            members.Refuse(FormMember, "'form' is required.");
        }

        action.Keep(members.At(TitleMember), title.Paths);
        action.Keep(members.At(DescriptionMember), description?.Paths ?? []);
        action.Keep(members.At(FormMember), action.IsTrusted ? [] : form?.Paths ?? []);
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
        var given = action.Members.Text(LanguageMember);
        if (given is not null && Languages.Of(given) is null)
        {
            action.Members.Refuse(LanguageMember, $"'{given}' is not one of: {string.Join(", ", Languages.All)}.");
        }

        return Languages.Of(given);
    }

    /// <summary>Reads the texts by language; null if one text serves all languages.</summary>
    private static Dictionary<string, Template>? ReadTexts(ActionReader action, TextMember member)
    {
        if (action.Members.Any(member) is not { ValueKind: System.Text.Json.JsonValueKind.Object })
        {
            return null;
        }

        Dictionary<string, Template> texts = new(StringComparer.Ordinal);
        foreach (var (language, text) in action.Members.LocalTexts(member.Name, member.MaxLength))
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
        var zone = action.Members.Text(TimeZoneMember);
        if (zone is not null && !action.IsTrusted && !Moments.IsTimeZone(zone))
        {
            action.Members.Refuse(TimeZoneMember, $"'{zone}' is not an IANA time zone such as Europe/Berlin.");
        }

        return zone;
    }
}
